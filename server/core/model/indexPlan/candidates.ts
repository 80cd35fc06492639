import { type Access, type Equality, type SortColumn, selectiveOf } from './access';
import type { Need } from './needOf';
import type { PlannedIndex } from './servedBy';

/** An index that would serve an access: a new one, or more columns behind one there is. */
export interface Candidate {
  readonly columns: readonly SortColumn[];
  readonly extended?: PlannedIndex;
}

const MAX_EQUALITIES = 3;
const MAX_BEFORE_ORDER = 2;
const MAX_SORTED = 2;

/**
 * Returns the indexes that would serve an access, equality first (the most shared first), then the
 * order or a stretch. `shared` tells how many accesses of the model give a column by equality.
 */
export function candidatesFor(
  access: Access,
  need: Need,
  indexes: readonly PlannedIndex[],
  shared: (column: string) => number,
): readonly Candidate[] {
  const extended = need === 'rows' ? undefined : extendableFor(access, indexes);
  // What can't be seen may be served by what else there is; only an index in use can be bettered.
  if (access.hidden && !extended) return [];
  const own = extended?.columns ?? [];
  const most = need === 'rows' ? MAX_EQUALITIES : MAX_BEFORE_ORDER;
  const more = worthAColumn(access, need)
    .sort((a, b) => Number(a.coarse) - Number(b.coarse) || shared(b.name) - shared(a.name))
    .map(({ name }) => name)
    .filter((name) => !own.includes(name))
    .slice(0, Math.max(0, most - own.length));
  const tail = tailOf(access, need);
  const withTail = (columns: readonly string[]): Candidate => ({
    columns: [...columns.map((name) => ({ name, sort: 'Asc' as const })), ...tail],
    ...(extended ? { extended } : {}),
  });
  const fewest = need === 'rows' ? [] : [withTail(own.length > 0 ? own : namesOf(selectiveOf(access)))];
  return [withTail([...own, ...more]), ...fewest].filter(({ columns }) => columns.length > own.length);
}

/**
 * The equalities that narrow what the index is read for. Beside one that leaves few rows, a share of the
 * table is worth a column only where it is sure to be asked for: left out, it would hide the order.
 */
function worthAColumn(access: Access, need: Need): Equality[] {
  const selective = selectiveOf(access);
  if (need === 'rows') return [...selective];
  return access.equals.filter(
    ({ single, usual, none, coarse, fixed }) =>
      single && !usual && !(none && need === 'stretch') && (!coarse || fixed || selective.length === 0),
  );
}

/** The best index that more columns would make serve the access. */
function extendableFor(access: Access, indexes: readonly PlannedIndex[]): PlannedIndex | undefined {
  const given = new Set(namesOf(access.equals.filter(({ single }) => single)));
  const selective = new Set(namesOf(selectiveOf(access)));
  return indexes
    .filter(({ extendable, columns }) => extendable && columns.every((name) => given.has(name)))
    .filter(({ columns }) => selective.size === 0 || columns.some((name) => selective.has(name)))
    .sort((a, b) => b.columns.length - a.columns.length)[0];
}

/** What stands behind the equalities. Where directions differ, each is as it is asked for; else an index is read either way. */
function tailOf({ sort, range }: Access, need: Need): readonly SortColumn[] {
  if (need === 'rows') return [];
  if (need === 'stretch') return range === undefined ? [] : [{ name: range, sort: 'Asc' }];
  const columns = sort.slice(0, MAX_SORTED);
  const isMixed = columns.some((column) => column.sort !== columns[0]?.sort);
  return isMixed ? columns : columns.map(({ name }) => ({ name, sort: 'Asc' }));
}

function namesOf(equalities: readonly Equality[]): string[] {
  return equalities.map(({ name }) => name);
}
