import { findAttribute, positionalArgument } from './attributes';
import { coversEquality, isKey } from './indexCoverage';
import type { Field, Model, Schema } from './schema';

/** Defaults that make a value that no other row has. */
const GENERATORS: ReadonlySet<string> = new Set(['uuid', 'cuid', 'ulid', 'nanoid', 'autoincrement', 'auto']);

/** A relation of a model that holds its key in the model's own columns. */
export interface ForeignKey {
  /** The relation's field. */
  readonly relation: Field;
  /** The columns' fields, in the relation's order; never empty. */
  readonly scalars: readonly [Field, ...Field[]];
  /** The parent: the model that the key points at. */
  readonly parent: string;
  /** What deleting the parent does to the rows: as written, else Prisma's default. */
  readonly onDelete: string;
}

/** Returns the foreign keys of a model, each set of columns once; half-written relations are left out. */
export function foreignKeysOf(model: Model): ForeignKey[] {
  const keys = new Map<string, ForeignKey>();
  for (const field of model.fields.values()) {
    const { relation } = field;
    if (!relation || relation.references.length !== relation.fields.length) continue;
    const scalars = relation.fields.map((name) => model.fields.get(name)).filter((scalar) => scalar !== undefined);
    const [first, ...more] = scalars;
    const columns = relation.fields.join();
    if (!first || scalars.length < relation.fields.length || keys.has(columns)) continue;
    const byDefault = scalars.some(({ fact }) => fact.optional) ? 'SetNull' : 'Restrict';
    const onDelete = relation.onDelete ?? byDefault;
    keys.set(columns, { relation: field, scalars: [first, ...more], parent: relation.model, onDelete });
  }
  return [...keys.values()];
}

/** True if an index finds the rows by the whole key, or by a part of it that already tells the parent's rows apart. */
export function isCovered(schema: Schema, model: Model, key: ForeignKey): boolean {
  const columns = key.scalars.map(({ name }) => name);
  if (coversEquality(model, columns)) return true;
  const references = key.relation.relation?.references ?? [];
  const parent = schema.models.get(key.parent);
  return tellingApart(parent, references).some((part) => {
    const mapped = part.map((name) => columns[references.indexOf(name)]).filter((name) => name !== undefined);
    return mapped.length === part.length && coversEquality(model, mapped);
  });
}

/** The sets of fields that tell a model's rows apart: its unique keys, and those of `fields` that are made up for each row. */
function tellingApart(model: Model | undefined, fields: readonly string[]): string[][] {
  if (!model) return [];
  const keys = model.indexes.filter(isKey).map((index) => index.fields.map(({ name }) => name));
  return [...keys, ...fields.filter((name) => isGenerated(model.fields.get(name))).map((name) => [name])];
}

function isGenerated(field: Field | undefined): boolean {
  const value = positionalArgument(findAttribute(field?.fact.attributes ?? [], 'default')?.arguments ?? []);
  return value?.kind === 'name' && GENERATORS.has(value.value);
}

/** True where the database makes an index for every foreign key by itself: InnoDB does. */
export function indexesForeignKeysItself(schema: Schema): boolean {
  return schema.provider === 'mysql' && schema.relationMode === 'foreignKeys';
}

/**
 * True if something looks the rows up when a row of the parent is deleted or its key is changed: the database,
 * unless migrations took its constraint away; Prisma's client where it stands in for the database.
 */
export function isEnforced(schema: Schema, model: Model, key: ForeignKey): boolean {
  if (schema.relationMode === 'prisma') return true;
  const columns = key.scalars.map(({ name }) => name);
  return !model.droppedForeignKeys?.some(
    (dropped) => dropped.length === columns.length && dropped.every((name) => columns.includes(name)),
  );
}
