import type { CallFact } from '../../syntax/typescript/facts';
import { tableSize } from '../schemas/tableSize';
import type { Query } from './query';
import { readQueryShape } from './queryShape';
import { boundOf } from './rowBound';

/**
 * Returns the call that counts what a query lists, where pages of the list can lie deep: a table that grows, not
 * only one parent's rows of it, with its total beside it in the same function. Undefined for any other list.
 */
export function totalOfDeepPages(query: Query): CallFact | undefined {
  const { call, facts, model, schema } = query;
  const shape = readQueryShape(query);
  if (!model || !shape || tableSize(model, schema) !== 'any' || boundOf(shape.where, model).kind !== 'none') {
    return undefined;
  }
  const asked = modelAsked(call);
  return facts.calls.find(
    (other) =>
      other.name === 'count' && other.function === call.function && asked !== undefined && modelAsked(other) === asked,
  );
}

/** `order` in `prisma.order.findMany`; undefined where it has no such name. */
function modelAsked({ target }: CallFact): string | undefined {
  const owner = target.kind === 'member' ? target.object : undefined;
  return owner?.kind === 'member' ? owner.name : undefined;
}
