import { duration, factor, memory, percentChange, quantity, signed, signedPercent } from './figures';
import { isWholeCheck } from './lastAlike';
import type { TypeCheckRun } from './run';
import { buildCacheOf, resultOf, startOf } from './runWords';

/** One line of a comparison, in the reader's words; what is not known is absent. */
export interface ComparisonRow {
  readonly label: string;
  readonly before?: string;
  readonly after?: string;
  /** `−4.9 s, −62% (2.6× as fast)`; only where the two figures mean the same. */
  readonly change?: string;
  /** For changes beyond the noise of a measurement. */
  readonly verdict?: 'better' | 'worse';
}

interface Figure {
  readonly label: string;
  readonly of: (run: TypeCheckRun) => number | undefined;
  readonly format: (value: number) => string;
  /** Whether a run's figure is that of a whole check. */
  readonly counts?: (run: TypeCheckRun) => boolean;
  /** What a smaller and a larger figure is called, where one of them is better. */
  readonly less?: string;
  readonly more?: string;
}

/** Runs of the same code differ by so many percent. */
const NOISE_PERCENT = 5;

/** Where memory ran out, it was at least as much. */
const memoryCounts = (run: TypeCheckRun) => isWholeCheck(run) || (run.outcome === 'out-of-memory' && !run.isTraced);

/** The figures whose change is worth telling, of a table and of JSON. */
export const FIGURES = {
  wallMs: {
    label: 'Time',
    of: (run) => run.wallMs,
    format: duration,
    counts: isWholeCheck,
    less: 'as fast',
    more: 'as long',
  },
  peakBytes: {
    label: 'Peak memory',
    of: (run) => run.peakBytes,
    format: memory,
    counts: memoryCounts,
    less: 'less',
    more: 'as much',
  },
  checkMs: {
    label: 'Check time',
    of: (run) => run.program.checkMs,
    format: duration,
    counts: isWholeCheck,
    less: 'as fast',
    more: 'as long',
  },
  files: { label: 'Files', of: (run) => run.program.files, format: quantity },
  lines: { label: 'Lines', of: (run) => run.program.lines, format: quantity },
} satisfies Readonly<Record<string, Figure>>;

type Words = (run: TypeCheckRun) => string | undefined;

/** Returns the lines of a table, without those that say nothing of either run. */
export function comparisonRows(before: TypeCheckRun | undefined, after: TypeCheckRun): ComparisonRow[] {
  const figure = (kind: Figure) => figureRow(kind, before, after);
  const words = (label: string, of: Words) => row(label, before && of(before), of(after));
  const { wallMs, peakBytes, checkMs, files, lines } = FIGURES;
  return [
    figure(wallMs),
    figure(peakBytes),
    words('Result', resultOf),
    words('Build cache', buildCacheOf),
    figure(files),
    figure(lines),
    figure(checkMs),
    words('TypeScript', (run) => run.compilerVersion),
    words('Heap', ({ settings: { heapMb } }) => (heapMb === undefined ? undefined : heap(heapMb))),
    words('Checkers', ({ settings }) => settings.checkers?.toString()),
    words('skipLibCheck', ({ settings }) => onOff(settings.skipLibCheck)),
    words('Started (UTC)', startOf),
  ].filter((line) => line.before !== undefined || line.after !== undefined);
}

/** Whether a figure of the two runs may be set against each other; with both. */
export function comparable(
  { of, counts = () => true }: Figure,
  before: TypeCheckRun,
  after: TypeCheckRun,
): { readonly was: number; readonly is: number } | undefined {
  const [was, is] = [of(before), of(after)];
  return was !== undefined && is !== undefined && counts(before) && counts(after) ? { was, is } : undefined;
}

function figureRow(figure: Figure, before: TypeCheckRun | undefined, after: TypeCheckRun): ComparisonRow {
  const written = (run: TypeCheckRun) => {
    const value = figure.of(run);
    return value === undefined ? undefined : figure.format(value);
  };
  const plain = row(figure.label, before && written(before), written(after));
  const both = before && comparable(figure, before, after);
  if (!both) return plain;
  const { was, is } = both;
  const percent = signedPercent(was, is);
  const times = figure.less && factor(was, is);
  const word = is < was ? figure.less : figure.more;
  const change = [signed(is - was, figure.format), ...(percent && is !== was ? [percent] : [])].join(', ');
  const judged = figure.less !== undefined && Math.abs(percentChange(was, is) ?? 0) >= NOISE_PERCENT;
  return {
    ...plain,
    change: times ? `${change} (${times} ${word})` : change,
    ...(judged && { verdict: is < was ? 'better' : 'worse' }),
  };
}

/** As `--max-old-space-size` takes it. */
function heap(mib: number): string {
  return `${quantity(mib)} MB`;
}

function onOff(value: boolean | undefined): string | undefined {
  if (value === undefined) return undefined;
  return value ? 'on' : 'off';
}

function row(label: string, before: string | undefined, after: string | undefined): ComparisonRow {
  return { label, ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
}
