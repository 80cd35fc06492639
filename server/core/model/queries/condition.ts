import type { Value } from '../../syntax/typescript/facts';
import type { Field, Model } from '../schemas/schema';

/** What a `where` asks of the rows of one model. */
export type Condition =
  /** Every part holds; without parts it is true of every row. */
  | { readonly kind: 'all'; readonly parts: readonly Condition[] }
  /** At least one part holds (`OR`). */
  | { readonly kind: 'any'; readonly parts: readonly Condition[] }
  /** The code picks one of these when it runs: `admin ? {} : { ownerId }`. */
  | { readonly kind: 'either'; readonly options: readonly Condition[] }
  | { readonly kind: 'not'; readonly part: Condition }
  | { readonly kind: 'field'; readonly field: Field; readonly test: FieldTest }
  /** `model` is the one that the relation leads to, and that `part` is about. */
  | {
      readonly kind: 'relation';
      readonly field: Field;
      readonly quantifier: Quantifier;
      readonly model: Model;
      readonly part: Condition;
    }
  /** May be left out when the code runs: set in a branch, in a conditional spread, or maybe `undefined`. */
  | { readonly kind: 'optional'; readonly part: Condition }
  /** The code does not show it: a parameter, a call's result, a computed key. */
  | { readonly kind: 'hidden' };

export type Quantifier = 'is' | 'isNot' | 'some' | 'every' | 'none';

/** What a condition asks of one field that is no relation. */
export type FieldTest =
  | { readonly operator: 'equals'; readonly value: Value; readonly insensitive: boolean }
  | { readonly operator: 'in'; readonly value: Value }
  /** At least one bound is there. */
  | { readonly operator: 'range'; readonly lower?: Bound; readonly upper?: Bound }
  /** It must be NULL: `deletedAt: null`. */
  | { readonly operator: 'null' }
  /** `startsWith` alone can use an index. */
  | {
      readonly operator: 'prefix' | 'contains' | 'suffix' | 'search';
      readonly value: Value;
      readonly insensitive: boolean;
    }
  /** `not` and `notIn`. */
  | { readonly operator: 'not'; readonly value: Value }
  /** A scalar list's `has`, `hasSome`, `hasEvery`. */
  | { readonly operator: 'has'; readonly value: Value }
  /** A JSON path, a composite type, `isEmpty` …: asks something that says nothing about order or equality. */
  | { readonly operator: 'other' };

export interface Bound {
  readonly value: Value;
  /** `gte` and `lte` include their value. */
  readonly inclusive: boolean;
}

/** True of every row. */
export const NO_CONDITION: Condition = { kind: 'all', parts: [] };

/** The parts of a condition that all hold together, with those of nested `AND`s; itself where it is no `all`. */
export function conjuncts(condition: Condition): readonly Condition[] {
  return condition.kind === 'all' ? condition.parts.flatMap(conjuncts) : [condition];
}
