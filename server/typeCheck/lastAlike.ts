import type { TypeCheckRun } from './run';
import { ended } from './runWords';

/** Whether a run's figures are those of a whole check: it came to its end, and wrote no trace, which takes longer. */
export function isWholeCheck(run: TypeCheckRun): boolean {
  return ended(run) && !run.isTraced;
}

/**
 * Returns the run whose figures a run's own are set against: the last of the earlier whole checks (oldest first) that
 * began as it did, cold, warm or after edits. Undefined where there is none, or the run itself is no whole check.
 */
export function lastAlike(run: TypeCheckRun, earlier: readonly TypeCheckRun[]): TypeCheckRun | undefined {
  if (!isWholeCheck(run)) return undefined;
  return earlier.findLast((each) => isWholeCheck(each) && each.start === run.start);
}
