import ts from 'typescript';
import type { ListUseFact } from './facts';
import { isPresenceTest, lengthUseOf } from './listUseLength';
import { type ListPlaces, readListPlaces } from './listUsePlaces';
import { memberName, unwrap } from './nodes';
import type { CallNode, Tables } from './tables';

/** Reads what is done with the list that a `findMany` gives; undefined where a part of it can't be seen, or is no question. */
export function readListUse(call: CallNode, tables: Tables): ListUseFact | undefined {
  if (!ts.isCallExpression(call) || memberName(unwrap(call.expression)) !== 'findMany') return undefined;
  const places = readListPlaces(call, tables);
  return places && readCount(places);
}

function readCount({ uses, length }: ListPlaces): ListUseFact | undefined {
  if (length) return { kind: 'counted', asks: 'number' };
  let asks: 'number' | 'existence' | undefined;
  for (const rows of uses) {
    const use = lengthUseOf(rows);
    if (!use && !isPresenceTest(rows)) return undefined;
    if (use) asks = use.asks === 'number' || asks === 'number' ? 'number' : 'existence';
  }
  return asks && { kind: 'counted', asks };
}
