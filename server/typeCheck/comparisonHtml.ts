import type { Comparison } from './comparison';
import { type Chart, chartOf, memoryChart, timeChart } from './comparisonChart';
import type { ComparisonRow } from './comparisonRows';
import { comparisonStyle } from './comparisonStyle';
import { bothCells, oneCells } from './comparisonText';
import { escapeHtml } from './escapeHtml';
import { RUN_COLUMNS, runCells } from './runTable';

/** How many rows, from the top, people come for. */
const LEADING_ROWS = 2;

const STARTS = [
  ['cold', 'cold: nothing from an earlier run'],
  ['warm', 'warm: no change since the run before'],
  ['edited', 'edited: after some files had changed'],
  ['cut', 'did not come to its end (memory!: out of memory)'],
] as const;

/**
 * Returns the body of a page with the table of the two runs, charts of all runs, and their table. It is themed by the
 * editor's variables, and holds one style element, no script and no address: a content policy of
 * `default-src 'none'; style-src 'unsafe-inline'` serves it.
 */
export function comparisonHtml(comparison: Comparison): string {
  const { project, before, after, warnings, runs } = comparison;
  const chart = chartOf(runs, before, after);
  return [
    `<style>${comparisonStyle}</style>`,
    '<main class="type-check">',
    `<h1>Type check of ${escapeHtml(project)}</h1>`,
    comparisonTable(comparison),
    ...(warnings.length > 0 ? [notes(warnings)] : []),
    ...(runs.length > 1 ? [charts(chart), runTable(comparison)] : []),
    '</main>',
    '',
  ].join('\n');
}

function comparisonTable({ before, rows }: Comparison): string {
  const heads = before ? ['', 'Before', 'After', 'Change'] : ['', 'Run'];
  const caption = before
    ? 'One run before and one after. Memory is the most that the compiler’s processes held together.'
    : 'The only run so far: there is nothing to compare it with. Memory is the most that the compiler’s processes held together.';
  const body = rows.map((row, index) => comparisonRow(row, before !== undefined, index < LEADING_ROWS));
  return table(caption, heads, body);
}

function comparisonRow(row: ComparisonRow, both: boolean, leads: boolean): string {
  const [label = '', ...cells] = both ? bothCells(row) : oneCells(row);
  const written = cells.map((cell, index) => {
    const verdict = index === 2 && row.verdict ? ` class="${row.verdict}"` : '';
    return `<td${verdict}>${escapeHtml(cell)}</td>`;
  });
  return `<tr${leads ? ' class="lead"' : ''}><th scope="row">${escapeHtml(label)}</th>${written.join('')}</tr>`;
}

function notes(warnings: readonly string[]): string {
  const items = warnings.map((warning) => `<li>${escapeHtml(warning)}</li>`);
  return `<section class="notes" aria-label="What to mind"><ul>${items.join('')}</ul></section>`;
}

function charts(chart: Chart): string {
  const states = new Set(
    chart.runs.map(({ run }) => (run.outcome === 'clean' || run.outcome === 'errors' ? run.start : 'cut')),
  );
  const legend = STARTS.filter(([state]) => states.has(state)).map(
    ([state, words]) => `<li><span class="swatch ${state}" aria-hidden="true"></span>${words}</li>`,
  );
  const marks = chart.marks.map(({ text }) => `<li>${escapeHtml(text)}</li>`);
  const figure = (title: string, svg: string) =>
    svg && `<h3>${title}</h3>\n<div class="scroll" role="group" aria-label="${title}" tabindex="0">${svg}</div>`;
  return [
    '<h2>Runs, oldest first</h2>',
    `<ul class="legend" aria-label="Colours of the bars">${legend.join('')}</ul>`,
    figure('Time', timeChart(chart)),
    figure('Peak memory', memoryChart(chart)),
    ...(marks.length > 0 ? [`<h3>Changes marked in the charts</h3>\n<ol class="marks">${marks.join('')}</ol>`] : []),
  ].join('\n');
}

function runTable({ runs }: Comparison): string {
  const body = runCells(runs).map(([started = '', ...cells]) => {
    const written = cells.map((cell) => `<td>${escapeHtml(cell)}</td>`);
    return `<tr><th scope="row">${escapeHtml(started)}</th>${written.join('')}</tr>`;
  });
  const traced = runs.some(({ isTraced }) => isTraced) ? ' Traced runs take longer: the charts leave them out.' : '';
  const caption = `The figures of the charts, oldest first.${traced}`;
  return `<h2>All runs that are kept</h2>\n<div class="scroll" role="group" aria-label="All runs" tabindex="0">${table(caption, RUN_COLUMNS, body)}</div>`;
}

function table(caption: string, heads: readonly string[], body: readonly string[]): string {
  const cells = heads.map((head) => (head === '' ? '<td></td>' : `<th scope="col">${escapeHtml(head)}</th>`));
  return `<table><caption>${caption}</caption><thead><tr>${cells.join('')}</tr></thead><tbody>${body.join('')}</tbody></table>`;
}
