import { duration, memory, signedPercent } from './figures';
import type { TypeCheckRun } from './run';
import { ended, resultOf } from './runWords';

const BARS = '▁▂▃▄▅▆▇█';
/** How many runs a sparkline shows. */
const LAST_RUNS = 8;

/**
 * Returns a run in a few words for a row: `3.1 s · 412 MB · −62%`, the change being that of the time against the run
 * before; a run that did not come to its end says so first.
 */
export function runSummary(run: TypeCheckRun, previous?: TypeCheckRun): string {
  const comparable = previous && ended(run) && ended(previous);
  const change = comparable ? signedPercent(previous.wallMs, run.wallMs) : undefined;
  const parts = [
    ...(run.outcome === 'clean' ? [] : [resultOf(run)]),
    duration(run.wallMs),
    ...(run.peakBytes === undefined ? [] : [memory(run.peakBytes)]),
    ...(change === undefined ? [] : [change]),
  ];
  return parts.join(' · ');
}

/**
 * Returns the times of the last eight whole checks as text, `▇▂▁▃`: the tallest is the longest of them. Empty for fewer
 * than two: one bar says nothing.
 */
export function sparkline(runs: readonly TypeCheckRun[]): string {
  const times = runs
    .filter(ended)
    .slice(-LAST_RUNS)
    .map(({ wallMs }) => wallMs);
  if (times.length < 2) return '';
  const longest = Math.max(...times, 1);
  return times.map((time) => BARS[Math.round((time / longest) * (BARS.length - 1))]).join('');
}
