import { escapeHtml } from './escapeHtml';
import { duration, memory } from './figures';
import type { TypeCheckRun } from './run';
import { changesBetween, ended, resultOf, startOf } from './runWords';

/** A run in a chart. */
export interface ChartedRun {
  readonly run: TypeCheckRun;
  /** What the comparison calls it. */
  readonly role?: 'before' | 'after';
  /** The number of the mark in front of it: something changed that moves the figures. */
  readonly mark?: number;
}

export interface ChartMark {
  readonly number: number;
  /** What changed, and when. */
  readonly text: string;
}

export interface Chart {
  readonly runs: readonly ChartedRun[];
  readonly marks: readonly ChartMark[];
}

/** As many as have room for their words beside each other. */
const MOST_BARS = 18;

const WIDTH = 860;
const PLOT = { top: 34, height: 130 };
const HEIGHT = PLOT.top + PLOT.height + 52;
const WIDEST_SLOT = 84;
/** Of a slot. */
const BAR = 0.56;
const LINE = 15;

/**
 * Returns the runs that the charts show: the last ones, without those that wrote a trace, for it takes longer; and the two
 * that are compared in any case.
 */
export function chartOf(runs: readonly TypeCheckRun[], before: TypeCheckRun | undefined, after: TypeCheckRun): Chart {
  const last = new Set(runs.filter(({ isTraced }) => !isTraced).slice(-MOST_BARS));
  const shown = runs.filter((run) => last.has(run) || run === before || run === after);
  const marks: ChartMark[] = [];
  const charted = shown.map((run, index): ChartedRun => {
    const role = run === before ? 'before' : run === after ? 'after' : undefined;
    const previous = shown[index - 1];
    const changes = previous ? changesBetween(previous, run) : [];
    if (changes.length > 0) marks.push({ number: marks.length + 1, text: `${startOf(run)}: ${changes.join(', ')}` });
    return { run, ...(role && { role }), ...(changes.length > 0 && { mark: marks.length }) };
  });
  return { runs: charted, marks };
}

/** Returns the chart of the runs' time, as SVG. */
export function timeChart(chart: Chart): string {
  return barChart('time', 'Time', chart, ({ wallMs }) => wallMs, duration);
}

/** Returns the chart of the runs' peak memory, as SVG; empty where none was measured. */
export function memoryChart(chart: Chart): string {
  if (chart.runs.every(({ run }) => run.peakBytes === undefined)) return '';
  return barChart('memory', 'Peak memory', chart, ({ peakBytes }) => peakBytes, memory);
}

type Measure = (run: TypeCheckRun) => number | undefined;
type Format = (value: number) => string;

function barChart(id: string, title: string, { runs }: Chart, measure: Measure, format: Format): string {
  const slot = Math.min(WIDEST_SLOT, WIDTH / Math.max(runs.length, 1));
  const largest = Math.max(...runs.map(({ run }) => measure(run) ?? 0), 1);
  const groups = runs.map((charted, index) => barOf(charted, index * slot, slot, largest, measure, format));
  const floor = PLOT.top + PLOT.height;
  const width = Math.ceil(runs.length * slot);
  const described = runs.map(({ run, role }) => inWords(run, role, measure(run), format)).join('; ');
  return [
    `<svg class="chart" viewBox="0 0 ${width} ${HEIGHT}" width="${width}" height="${HEIGHT}" role="img" aria-labelledby="${id}-title ${id}-text">`,
    `<title id="${id}-title">${escapeHtml(title)} of each run, oldest first</title>`,
    `<desc id="${id}-text">${escapeHtml(described)}.</desc>`,
    `<line class="floor" x1="0" y1="${floor}" x2="${width}" y2="${floor}"/>`,
    ...groups,
    '</svg>',
  ].join('\n');
}

function barOf(
  { run, role, mark }: ChartedRun,
  left: number,
  slot: number,
  largest: number,
  measure: Measure,
  format: Format,
): string {
  const value = measure(run);
  const middle = round(left + slot / 2);
  const height = value === undefined ? 0 : Math.max((value / largest) * PLOT.height, 2);
  const floor = PLOT.top + PLOT.height;
  const top = round(floor - height);
  const width = round(slot * BAR);
  const words = [run.start, ...(run.outcome === 'clean' ? [] : [shortResult(run)]), ...(role ? [role] : [])];
  const text = (y: number, of: string, name: string) =>
    `<text class="${name}" x="${middle}" y="${y}">${escapeHtml(of)}</text>`;
  return [
    `<g><title>${escapeHtml(inWords(run, role, value, format))}</title>`,
    ...(mark === undefined ? [] : [markOf(mark, round(left))]),
    `<rect class="bar ${escapeHtml(barState(run))}" x="${round(middle - width / 2)}" y="${top}" width="${width}" height="${round(height)}"/>`,
    text(top - 5, value === undefined ? '–' : format(value), 'value'),
    ...words.map((word, line) => text(floor + LINE * (line + 1), word, word === role ? 'role' : 'word')),
    '</g>',
  ].join('');
}

/** The line between two runs, with its number on top. */
function markOf(number: number, x: number): string {
  const centre = Math.max(x, 9);
  return [
    `<line class="mark" x1="${centre}" y1="18" x2="${centre}" y2="${PLOT.top + PLOT.height}"/>`,
    `<circle class="mark" cx="${centre}" cy="9" r="8"/><text class="number" x="${centre}" y="13">${number}</text>`,
  ].join('');
}

/** Bars have the colour of how the run began, or of that it did not come to its end. */
function barState(run: TypeCheckRun): string {
  return ended(run) ? run.start : 'cut';
}

/** Short enough for the width of a bar. */
function shortResult({ outcome }: TypeCheckRun): string {
  return outcome === 'out-of-memory' ? 'memory!' : outcome;
}

function inWords(run: TypeCheckRun, role: string | undefined, value: number | undefined, format: Format): string {
  const figure = value === undefined ? 'not measured' : format(value);
  return `${startOf(run)}${role ? ` (${role})` : ''}: ${run.start}, ${figure}, ${resultOf(run)}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
