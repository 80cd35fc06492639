import type { Condition } from './condition';
import type { Query } from './query';
import { type QueryShape, readQueryShape } from './queryShape';

/** A page is counted to see how full it is; and of distinct rows there are fewer than `count` counts. */
const CHANGES_COUNT = ['take', 'skip', 'cursor', 'distinct'];

/** What is asked of rows, and which rows. */
export interface CountedRows {
  readonly asks: 'number' | 'existence';
  readonly where: Condition;
}

/** Returns what is asked of a `findMany` whose rows are only counted, where `count` answers it; else undefined. */
export function countedRows(
  query: Query,
  shape: QueryShape | undefined = readQueryShape(query),
): CountedRows | undefined {
  const { list } = query.call;
  if (query.operation !== 'findMany' || list?.kind !== 'counted' || !shape?.complete) return undefined;
  return CHANGES_COUNT.some((option) => shape.options.has(option))
    ? undefined
    : { asks: list.asks, where: shape.where };
}
