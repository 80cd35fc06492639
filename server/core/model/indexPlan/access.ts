import type { Query } from '../queries/query';
import type { Model } from '../schemas/schema';

/** One way in which a query asks the database for rows of one table: what an index could help with. */
export interface Access {
  readonly query: Query;
  readonly model: Model;
  /** The columns that are given by equality, whichever way the code takes. */
  readonly equals: readonly Equality[];
  /** The columns that the rows are sorted by, up to the first that no index of the table can hold. */
  readonly sort: readonly SortColumn[];
  /** The column of which a stretch is wanted that leaves most of a growing table out. */
  readonly range?: string;
  /** Where it stops, if it does; how says if whoever wrote it expects many rows to choose from. */
  readonly limit?: Limit;
  /** It gives back as many rows as there happen to be. */
  readonly unbounded: boolean;
  /** It asks something more that an index on the columns above does not answer. */
  readonly filtered: boolean;
  /** It may ask something more that the code does not show. */
  readonly hidden: boolean;
}

/** `page`: one after another, hundreds, or as many as somebody asks for; `list`: the first few dozen; `few`: one, or up to five. */
export type Limit = 'page' | 'list' | 'few';

export interface Equality {
  readonly name: string;
  /** One value, not a list: only then do the index's next columns keep their order. */
  readonly single: boolean;
  /** One value is a share of the table that grows with it: a boolean, an enum, a status. */
  readonly coarse: boolean;
  /** The code itself says which value: it is never left out. */
  readonly fixed: boolean;
  /** It must be `null`: whether few rows or nearly all are so, the code does not show. */
  readonly none: boolean;
  /** It is `null` in nearly every row: a mark that a row is deleted. */
  readonly usual: boolean;
}

export interface SortColumn {
  readonly name: string;
  /** `Asc` also where the code does not show it. */
  readonly sort: 'Asc' | 'Desc';
}

/** The equalities that leave few rows. */
export function selectiveOf({ equals }: Access): readonly Equality[] {
  return equals.filter(({ coarse }) => !coarse);
}
