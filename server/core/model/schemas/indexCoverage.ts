import type { Index, Model } from './schema';

/**
 * True if the model has a key that these fields, all given by equality, make complete: at most one
 * row can match.
 */
export function isUniqueKey(model: Model, fields: Iterable<string>): boolean {
  const given = new Set(fields);
  return model.indexes.some((index) => isKey(index) && index.fields.every((field) => given.has(field.name)));
}

/** True if the field alone is the model's id or unique. */
export function isUniqueField(model: Model, field: string): boolean {
  return isUniqueKey(model, [field]);
}

/** True if the field comes first or last in a key or unique constraint of the model. */
export function leadsOrEndsUniqueKey(model: Model, field: string): boolean {
  return model.indexes.some(
    (index) => isKey(index) && (index.fields[0]?.name === field || index.fields.at(-1)?.name === field),
  );
}

/** The names of the fields of the model's `@id` or `@@id`; where it has none, of its first unique key. */
export function primaryKey(model: Model): readonly string[] {
  const key = model.indexes.find((index) => index.kind === 'id') ?? model.indexes.find(isKey);
  return key?.fields.map((field) => field.name) ?? [];
}

/** True if an index answers equality on all these fields: they are its leading columns in any order, or a unique key is among them. */
export function coversEquality(model: Model, fields: readonly string[]): boolean {
  return leadingIndex(model, fields) !== undefined || isUniqueKey(model, fields);
}

/**
 * Returns the first index whose leading columns are exactly these fields, in any order; undefined if
 * there is none. A partial index counts (the schema can't say what it leaves out), a hash index only
 * with exactly these columns, and no index that answers no equality (`Gin`, `Brin`, full text).
 */
export function leadingIndex(model: Model, fields: readonly string[]): Index | undefined {
  const given = new Set(fields);
  return model.indexes.find((index) => {
    if (given.size === 0 || !answersEquality(index) || index.fields.length < given.size) return false;
    if (index.type === 'Hash' && index.fields.length !== given.size) return false;
    return index.fields.slice(0, given.size).every((field) => given.has(field.name));
  });
}

/** True if the index can find the rows with one value of its first column. */
export function answersEquality(index: Index): boolean {
  return index.kind !== 'fulltext' && (isBtree(index) || index.type === 'Hash');
}

/** True if the index keeps its columns in order, so that any of its leading columns is of use alone. */
export function isBtree(index: Index): boolean {
  return index.kind !== 'fulltext' && (index.type === undefined || index.type === 'BTree' || index.type === 'Btree');
}

/** True if no two rows have the same values in the index's columns. */
export function isKey(index: Index): boolean {
  return (index.kind === 'id' || index.kind === 'unique') && !index.partial;
}

/**
 * Returns the first index of the schema that a new one on these fields would make redundant, so that it
 * is better extended: it has some of them and nothing else. Undefined if there is none.
 */
export function extendableIndex({ indexes }: Pick<Model, 'indexes'>, fields: readonly string[]): Index | undefined {
  return indexes.find((index) => {
    if (index.kind !== 'index' || !index.attribute || index.partial || !isBtree(index)) return false;
    return index.fields.every(({ name, ops, length }) => fields.includes(name) && !ops && length === undefined);
  });
}
