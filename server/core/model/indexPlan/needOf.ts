import { primaryKey } from '../schemas/indexCoverage';
import type { Schema } from '../schemas/schema';
import { tableSize } from '../schemas/tableSize';
import { type Access, selectiveOf } from './access';
import { isLeaf, isMoment, isSetUpByHand, isStream, isVolatile, pointsElsewhere } from './columns';

/** What an access needs of an index: to find few rows, to have them in order, to find a stretch. */
export type Need = 'rows' | 'order' | 'stretch';

/**
 * Returns what an access needs of an index; undefined where none would be of clear use. With `evenOfFew`,
 * also what the first of a few rows would gain from an order that others need.
 */
export function needOf(access: Access, schema: Schema, evenOfFew = false): Need | undefined {
  const { model, sort, filtered, hidden } = access;
  const size = tableSize(model, schema);
  if (size === 'handful' || size === 'short') return undefined;
  const inOrder = isWorthAnOrder(access) && (evenOfFew ? access.limit !== undefined : choosesFromMany(access));
  const [selective, ...more] = selectiveOf(access);
  if (selective) {
    const many = more.length === 0 && size === 'any' && pointsElsewhere(selective.name, model);
    return inOrder && many ? 'order' : hidden ? undefined : 'rows';
  }
  if (hidden || filtered) return undefined;
  const shares = access.equals.filter(({ usual, single }) => single && !usual);
  if (access.range !== undefined) return isNarrow(access, access.range) ? 'stretch' : undefined;
  if (shares.length > 0) return inOrder && sort.some(({ name }) => isMoment(name, model)) ? 'order' : undefined;
  // An index on a moment alone: worth it where rows pile up.
  return inOrder && isStream(model) && isMoment(sort[0]?.name, model) ? 'order' : undefined;
}

/** False for the order of the key, in which rows are at hand anyway, and for one that costs more than it gives. */
function isWorthAnOrder({ sort: [first], model, filtered, equals }: Access): boolean {
  if (!first || filtered || !equals.every(({ single }) => single)) return false;
  return !primaryKey(model).includes(first.name) && !isVolatile(first.name, model) && !isSetUpByHand(model);
}

/** True for the first of many rows: of one parent's few, an index in their order would save nothing. */
function choosesFromMany({ limit, model }: Access): boolean {
  if (limit === 'page') return true;
  return limit !== undefined && isStream(model);
}

/** True where somebody waits for the rows of a stretch, and they are few: of one share of the table, or of what piles up. */
function isNarrow({ query, model, equals }: Access, range: string): boolean {
  if (query.effect !== 'read' || isVolatile(range, model)) return false;
  if (equals.some(({ single, usual, none }) => single && !usual && !none)) return true;
  return isStream(model) || (isLeaf(model) && !isSetUpByHand(model));
}
