import { duration, memory, signedPercent } from './figures';
import { isWholeCheck, lastAlike } from './lastAlike';
import type { TypeCheckRun } from './run';
import { resultOf } from './runWords';

const BARS = '▁▂▃▄▅▆▇█';
/** How many runs a sparkline shows. */
const LAST_RUNS = 8;

/**
 * Returns a run in a few words for a row: `3.1 s · 412 MB · −62%`, the change being that of the time against the last of
 * the earlier runs (oldest first) that began alike; a run that did not come to its end says so first, and why it failed
 * instead of what it took.
 */
export function runSummary(run: TypeCheckRun, earlier: readonly TypeCheckRun[]): string {
  if (run.outcome === 'failed' && run.problem !== undefined) return `failed: ${run.problem.replace(/\s+/g, ' ')}`;
  const before = lastAlike(run, earlier);
  const change = before && signedPercent(before.wallMs, run.wallMs);
  const parts = [
    ...(run.outcome === 'clean' ? [] : [resultOf(run)]),
    duration(run.wallMs),
    ...(run.peakBytes === undefined ? [] : [memory(run.peakBytes)]),
    ...(change === undefined ? [] : [change]),
    ...(run.isTraced ? ['traced'] : []),
  ];
  return parts.join(' · ');
}

/**
 * Returns the times of the last eight whole checks as text, `▇▂▁▃`: the tallest is the longest of them. Empty for fewer
 * than two: one bar says nothing.
 */
export function sparkline(runs: readonly TypeCheckRun[]): string {
  const times = runs
    .filter(isWholeCheck)
    .slice(-LAST_RUNS)
    .map(({ wallMs }) => wallMs);
  if (times.length < 2) return '';
  const longest = Math.max(...times, 1);
  return times.map((time) => BARS[Math.round((time / longest) * (BARS.length - 1))]).join('');
}
