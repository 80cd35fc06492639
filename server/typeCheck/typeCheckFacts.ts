import type { LastTypeCheck, TypeCheckFacts } from '../core/syntax/documentFacts';
import type { TypeCheckRun } from './run';

/**
 * Returns how the last type checks of a folder's projects ended, as facts for its rules; `runsOf` gives the runs (oldest
 * first) of a configuration. Undefined where none was ever run. One that was stopped says nothing.
 */
export function typeCheckFacts(
  configurations: readonly string[],
  runsOf: (file: string) => readonly TypeCheckRun[],
): TypeCheckFacts | undefined {
  const lastRuns = configurations.flatMap((file): [string, LastTypeCheck][] => {
    const last = runsOf(file).findLast(({ outcome }) => outcome !== 'stopped' && outcome !== 'failed');
    if (!last) return [];
    const { compilerVersion, outcome, settings } = last;
    const heap = settings.heapMb === undefined ? {} : { heapMb: settings.heapMb };
    return [[file, { outOfMemory: outcome === 'out-of-memory', compilerVersion, ...heap }]];
  });
  return lastRuns.length === 0 ? undefined : { kind: 'type-check', lastRuns: Object.fromEntries(lastRuns) };
}
