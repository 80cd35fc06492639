import type { Range } from '../../text/range';
import type { Value } from './facts';

/**
 * Awaits of one block, one after another, with nothing between them but declarations without effects,
 * of calls that may turn out to be reads. The awaits may need each other: `needs` says how.
 */
export interface AwaitRunFact {
  readonly function: number;
  /** From the first awaiting statement to the last. */
  readonly range: Range;
  readonly steps: readonly AwaitStepFact[];
  /** The declarations between the first and the last await, in order. */
  readonly declarations: readonly AwaitDeclarationFact[];
  /** It runs once per round of a loop, through inline callbacks. */
  readonly inLoop: boolean;
}

/** One awaiting statement, or one awaiting declaration of a statement with several. */
export interface AwaitStepFact {
  readonly statement: Range;
  /** The declaration within its statement; absent where it is none. */
  readonly declarator?: Range;
  /** What takes the result; absent for a bare `await f()`. */
  readonly binding?: AwaitBindingFact;
  /** The awaited expression, without `await`; of `found ? await f() : []` the whole. */
  readonly expression: Range;
  /** The `await`s within such a conditional expression, with the blank behind each. */
  readonly awaits?: readonly Range[];
  /** The types of the casts around `await`, from the inside out. */
  readonly casts: readonly Range[];
  /** The calls it starts: one, or those of a literal `Promise.all` or `$transaction` list. */
  readonly starts: readonly StartedCallFact[];
  /** The elements of a literal `Promise.all([…])` that is awaited, and the names each is given. */
  readonly members?: readonly { readonly expression: Range; readonly target?: Range }[];
  /** The steps before it, by index, whose results it uses or which it must not overtake; transitively. */
  readonly needs: readonly number[];
}

/** `assignment` is `x = await f()`; the others are the keyword of the declaration. */
export interface AwaitBindingFact {
  readonly kind: 'const' | 'let' | 'var' | 'assignment';
  /** The name, pattern or assigned place. */
  readonly target: Range;
  readonly type?: Range;
}

/** A call whose promise an await waits for. */
export interface StartedCallFact {
  /** What is awaited, where it is none of `calls`. */
  readonly value?: Value;
  /** Its index in `calls`, also through `.then`, `.catch` and fluent relations. */
  readonly call?: number;
  /** A raw query whose text stands here and only reads. */
  readonly selects?: true;
  /** A function of this file that does nothing but these calls (indexes in `calls`) and compute. */
  readonly reaches?: readonly number[];
  /** `response.json()` and its kind: the rest of a network answer. */
  readonly readsBody?: true;
}

/** A declaration without effects between two awaits; also `date.setHours(0)` of a date declared in the same block. */
export interface AwaitDeclarationFact {
  readonly statement: Range;
  readonly keyword?: 'const' | 'let' | 'var';
  readonly declarator?: Range;
  /** As {@link AwaitStepFact.needs}. */
  readonly needs: readonly number[];
}
