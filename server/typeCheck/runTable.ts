import { duration, memory } from './figures';
import type { TypeCheckRun } from './run';
import { buildCacheOf, changesBetween, resultOf, startOf } from './runWords';

export const RUN_COLUMNS = [
  'Started (UTC)',
  'Build cache',
  'Time',
  'Peak memory',
  'Result',
  'Changed before it',
] as const;

/** The lines of a table of runs (oldest first), a cell for each of {@link RUN_COLUMNS}. */
export function runCells(runs: readonly TypeCheckRun[]): readonly (readonly string[])[] {
  return runs.map((run, index) => {
    const previous = runs[index - 1];
    return [
      startOf(run),
      buildCacheOf(run),
      duration(run.wallMs),
      run.peakBytes === undefined ? '–' : memory(run.peakBytes),
      run.isTraced ? `${resultOf(run)}, traced` : resultOf(run),
      previous ? changesBetween(previous, run).join(', ') : '',
    ];
  });
}
