/** A find, and the two writes of which one runs: what an upsert would do at once. */
export interface EitherWriteFact {
  /** What runs where a row was found, and where none was: indexes in `calls`. */
  readonly found: number;
  readonly missing: number;
  /** What the find's `where` asks for. */
  readonly keys: readonly KeyFieldFact[];
  /** The update names the row by fields of the one that was found (`where: { id: existing.id }`): their paths in `where`. */
  readonly foundByRow?: readonly (readonly string[])[];
  /** The update's `where` asks for the same as the find's. */
  readonly foundByKeys?: true;
}

/** A property of a find's `where`. */
export interface KeyFieldFact {
  /** `['email']`; of a compound key `['orgId_slug', 'orgId']`. */
  readonly path: readonly string[];
  /** A literal: the same in every run. */
  readonly fixed?: true;
  /** The properties of the create's `data` that are given the same value. */
  readonly made: readonly (readonly string[])[];
}
