import type { Range } from '../../text/range';
import type { Value } from './facts';

/** A function that a GraphQL server calls to answer a field. */
export interface ResolverFact {
  /** The GraphQL type that has the field; absent where the file does not name it. */
  readonly type?: string;
  readonly field: string;
  /** A field of Query, Mutation or Subscription: called by a request, not for each object of a list. */
  readonly root: boolean;
  /** The function; what stands for it where it is written elsewhere. */
  readonly function: Value;
  /** How the function gets the object whose field it answers: as that parameter, or as `this`. Absent where it does not. */
  readonly parent?: number | 'this';
  /**
   * The calls in it that are given something of the parent, by the offsets where their callees end.
   * Absent where the function is written elsewhere.
   */
  readonly byParent?: readonly number[];
  /** It gives back what the object already holds, where it holds it: `if (user.posts) return user.posts`. */
  readonly preloaded?: true;
  /** It goes on for one parent only, that of the viewer: `if (viewer.id !== user.id) return []`. */
  readonly forOne?: true;
  /** What names the field: `@ResolveField()`'s method, `posts` of `posts: t.field(…)`. */
  readonly at: Range;
}

/** Resolvers that are written elsewhere and put into a schema here. */
export interface ResolverMapFact {
  /** The type whose fields the object's keys are; absent where its keys are types. */
  readonly type?: string;
  readonly value: Value;
}
