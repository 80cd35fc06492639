import { duration, memory, quantity, signedPercent } from '../typeCheck/figures';
import { lastAlike } from '../typeCheck/lastAlike';
import type { TypeCheckRun } from '../typeCheck/run';
import { resultOf } from '../typeCheck/runWords';

const startWords = { cold: 'cold', warm: 'warm', edited: 'after edits' } as const;

/**
 * Returns a run in one line: `clean in 3.1 s (−62%), peak 412 MB (+1%), 1,204 files, warm, TypeScript 6.0.3`; what changed
 * is said against the last of the earlier runs (oldest first) that began as it did, warm or cold.
 */
export function summaryOf(run: TypeCheckRun, earlier: readonly TypeCheckRun[]): string {
  const before = lastAlike(run, earlier);
  const change = (was: number | undefined, is: number): string => {
    const percent = was === undefined ? undefined : signedPercent(was, is);
    return percent === undefined ? '' : ` (${percent})`;
  };
  const { peakBytes, program, problem } = run;
  const parts = [
    `${resultOf(run)} in ${duration(run.wallMs)}${change(before?.wallMs, run.wallMs)}`,
    ...(peakBytes === undefined ? [] : [`peak ${memory(peakBytes)}${change(before?.peakBytes, peakBytes)}`]),
    ...(program.files === undefined ? [] : [`${quantity(program.files)} files`]),
    run.isTraced ? 'traced' : startWords[run.start],
    `TypeScript ${run.compilerVersion}`,
  ];
  return `${parts.join(', ')}${problem === undefined ? '' : `: ${problem}`}`;
}
