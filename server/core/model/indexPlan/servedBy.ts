import { foreignKeysOf, indexesForeignKeysItself, isCovered } from '../schemas/foreignKeys';
import { answersEquality, extendableIndex, isKey } from '../schemas/indexCoverage';
import type { Index, Model, Schema } from '../schemas/schema';
import { type Access, selectiveOf } from './access';
import type { Need } from './needOf';

/** An index as the planner sees it: one there is, one that is sure to come, or one that it thinks about. */
export interface PlannedIndex {
  readonly columns: readonly string[];
  /** No two rows are alike in its columns. */
  readonly unique: boolean;
  /** More columns may be put behind its own. */
  readonly extendable: boolean;
  /** It answers equality on all its columns, and nothing else. */
  readonly hash: boolean;
  /** The one of the schema; absent for one that is not written there. */
  readonly index?: Index;
  /** The index that a foreign key lacks: another rule asks for it. */
  readonly lacking?: true;
}

/**
 * Returns the indexes that a model has, and those of its foreign keys: where the database makes them
 * itself, they are there; where they are lacking, `unindexed-foreign-key` asks for them.
 */
export function indexesOf(model: Model, schema: Schema): readonly PlannedIndex[] {
  const known = kept.get(model);
  if (known) return known;
  const indexes = readIndexes(model, schema);
  kept.set(model, indexes);
  return indexes;
}

const kept = new WeakMap<Model, readonly PlannedIndex[]>();

function readIndexes(model: Model, schema: Schema): readonly PlannedIndex[] {
  const lacking = foreignKeysOf(model)
    .filter((key) => !isCovered(schema, model, key))
    .map(({ scalars }) => scalars.map(({ name }) => name));
  const made = indexesForeignKeysItself(schema);
  // What the fix of a lacking one extends is spoken for.
  const spokenFor = new Set(made ? [] : lacking.map((columns) => extendableIndex(model, columns)));
  const own = model.indexes.filter(answersEquality).map(
    (index): PlannedIndex => ({
      columns: index.fields.map(({ name }) => name),
      unique: isKey(index),
      extendable:
        !spokenFor.has(index) &&
        extendableIndex(
          { indexes: [index] },
          index.fields.map(({ name }) => name),
        ) !== undefined,
      hash: index.type === 'Hash',
      index,
    }),
  );
  const ofKeys = lacking.map(
    (columns): PlannedIndex => ({
      columns,
      unique: false,
      extendable: made || (columns.length === 1 && !extendableIndex(model, columns)),
      hash: false,
      ...(made ? {} : { lacking: true }),
    }),
  );
  return [...own, ...ofKeys];
}

/** True if one of the indexes serves the need well enough that another would be hard to argue for. */
export function isServed(access: Access, need: Need, indexes: readonly PlannedIndex[]): boolean {
  return indexes.some((index) => serves(index, access, need));
}

function serves(index: PlannedIndex, access: Access, need: Need): boolean {
  const given = new Set(access.equals.map(({ name }) => name));
  const end = index.columns.findIndex((name) => !given.has(name));
  const walked = end < 0 ? index.columns : index.columns.slice(0, end);
  const next = end < 0 ? undefined : index.columns[end];
  if (index.hash && next !== undefined) return false;
  if (index.unique && next === undefined) return true;
  const selective = selectiveOf(access);
  if (selective.length > 0) {
    if (!walked.some((name) => selective.some((equality) => equality.name === name))) return false;
    return need === 'rows' || next !== undefined || !index.extendable;
  }
  if (walked.length === 0) {
    return (
      next !== undefined && (next === access.range || (access.limit !== undefined && next === access.sort[0]?.name))
    );
  }
  if (next !== undefined || !index.extendable) return true;
  // By a share of the table and no further: bad enough only where all of it is given back.
  return need === 'stretch' && !access.unbounded;
}

/** True if an index gives what the access asks for as it asks for it: not just rows enough to be content with. */
export function fits(index: PlannedIndex, { equals, sort, range }: Access, need: Need): boolean {
  const given = new Set(equals.map(({ name }) => name));
  const next = index.columns.find((name) => !given.has(name));
  switch (need) {
    case 'rows':
      return true;
    case 'order':
      return next === sort[0]?.name;
    case 'stretch':
      return next === range;
  }
}
