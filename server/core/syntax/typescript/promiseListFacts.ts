import type { Range } from '../../text/range';

/** `Promise.all(…)` or `Promise.allSettled(…)`: promises that are made before any is waited for. */
export interface PromiseListFact {
  /** `Promise.all`. */
  readonly callee: Range;
  readonly range: Range;
  readonly method: 'all' | 'allSettled';
  readonly function: number;
  /** The elements of a list that is written there; else what gives the list, alone. */
  readonly members: readonly Range[];
}
