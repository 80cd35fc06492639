import type { DocumentFacts, MigrationFacts, MigrationStatement } from '../syntax/documentFacts';
import type { AttributeFact } from '../syntax/prisma/facts';
import { mappedName, namedArgument, stringValue } from './attributes';
import { folderOf, isWithin } from './paths';
import type { Index, Model, Schema } from './schema';

type LiveIndex = Extract<MigrationStatement, { kind: 'create-index' }> & { readonly file: string };
/** A dropped one stays: that it was there, and is no more, is what counts. */
type MadeForeignKey = Extract<MigrationStatement, { kind: 'create-foreign-key' }> & { readonly dropped?: true };
type Made = LiveIndex | MadeForeignKey;
/** By table. */
type MadeByTable = Map<string, readonly Made[]>;

/**
 * Returns the schema as its migrations left the database: the indexes that live only there are added to
 * its models, last, and the foreign keys that were dropped for good are noted. Its migrations are those of the `migrations` folder beside it, or one folder up where no other
 * schema (of `schemaFolders`) is at home.
 */
export function addMigrations(
  schema: Schema,
  documents: ReadonlyMap<string, DocumentFacts>,
  schemaFolders: ReadonlySet<string>,
): Schema {
  const made = replay(migrationsOf(schema.folder, documents, schemaFolders));
  if (made.size === 0) return schema;
  const models = new Map<string, Model>();
  for (const model of schema.models.values()) {
    const table = mappedName(model.fact.attributes, model.name);
    models.set(model.name, withMigrated(model, table, made.get(table) ?? []));
  }
  return { ...schema, models };
}

function migrationsOf(
  folder: string,
  documents: ReadonlyMap<string, DocumentFacts>,
  schemaFolders: ReadonlySet<string>,
): [string, MigrationFacts][] {
  const above = folderOf(folder);
  const homes = folder === '' || schemaFolders.has(above) ? [folder] : [folder, above];
  for (const home of homes) {
    const migrations = home === '' ? 'migrations' : `${home}/migrations`;
    const found: [string, MigrationFacts][] = [];
    for (const [file, facts] of documents) {
      if (facts.kind === 'migration' && isWithin(migrations, file)) found.push([file, facts]);
    }
    if (found.length > 0) return found.sort(([a], [b]) => (a < b ? -1 : 1));
  }
  return [];
}

/** What stands after all migrations, by table, oldest first. */
function replay(migrations: readonly (readonly [string, MigrationFacts])[]): MadeByTable {
  const made: MadeByTable = new Map();
  for (const [file, { statements }] of migrations) {
    for (const statement of statements) perform(statement, made, file);
  }
  return made;
}

function perform(statement: MigrationStatement, made: MadeByTable, file: string): void {
  switch (statement.kind) {
    case 'create-index':
      made.set(statement.table, [...(made.get(statement.table) ?? []), { ...statement, file }]);
      return;
    case 'create-foreign-key':
      made.set(statement.table, [...(made.get(statement.table) ?? []), statement]);
      return;
    case 'drop-index':
      // PostgreSQL does not say whose index it is: names are the schema's there.
      for (const table of statement.table === undefined ? made.keys() : [statement.table]) {
        change(made, table, (all) => all.flatMap((one) => (one.name === statement.name ? dropped(one) : one)));
      }
      return;
    case 'rename-index':
      for (const table of made.keys()) {
        const renamed = (one: Made) => (one.name === statement.name ? { ...one, name: statement.to } : one);
        change(made, table, (all) => all.map(renamed));
      }
      return;
    case 'drop-table':
      made.delete(statement.table);
      return;
    case 'rename-table':
      made.set(statement.to, made.get(statement.table) ?? []);
      made.delete(statement.table);
      return;
    case 'drop-column':
      change(made, statement.table, (all) => all.filter(({ columns }) => !columns.includes(statement.column)));
      return;
    case 'rename-column': {
      const renamed = (column: string) => (column === statement.column ? statement.to : column);
      change(made, statement.table, (all) => all.map((one) => ({ ...one, columns: one.columns.map(renamed) })));
    }
  }
}

function dropped(one: Made): Made[] {
  return one.kind === 'create-foreign-key' ? [{ ...one, dropped: true }] : [];
}

function change(made: MadeByTable, table: string, to: (all: readonly Made[]) => Made[]): void {
  const all = made.get(table);
  if (all) made.set(table, to(all));
}

/** Those that the schema says too (by database name, or the same columns in the same order) are not added again. */
function withMigrated(model: Model, table: string, made: readonly Made[]): Model {
  if (made.length === 0) return model;
  const attributes = [...model.fact.attributes, ...model.fact.fields.flatMap((field) => field.attributes)];
  const ranges = new Map(attributes.map((attribute) => [attribute.range, attribute]));
  const declaredNames = new Set(
    model.indexes.flatMap((own) => databaseNames(model, table, own, own.attribute && ranges.get(own.attribute))),
  );
  const declaredColumns = new Set(model.indexes.map(columnsKey));
  const columns = new Map(
    [...model.fields.values()].map(({ name, fact }) => [mappedName(fact.attributes, name), name]),
  );
  const added = made
    .filter((one) => one.kind === 'create-index')
    .filter(({ name }) => !declaredNames.has(name))
    .map((index) => toIndex(index, columns))
    .filter((index) => index.partial || !declaredColumns.has(columnsKey(index)));
  const droppedForeignKeys = droppedForGood(made).map((names) => names.map((name) => columns.get(name) ?? name));
  return { ...model, indexes: [...model.indexes, ...added], droppedForeignKeys };
}

/** The columns of the foreign keys of which none, of whatever name, is left. */
function droppedForGood(made: readonly Made[]): (readonly string[])[] {
  const keys = made.filter((one) => one.kind === 'create-foreign-key');
  const standing = new Set(keys.filter((key) => !key.dropped).map((key) => key.columns.join()));
  return keys.filter((key) => key.dropped && !standing.has(key.columns.join())).map((key) => key.columns);
}

function columnsKey({ type = '', fields }: Index): string {
  return `${type} ${fields.map(({ name }) => name).join()}`;
}

function toIndex(live: LiveIndex, fieldOfColumn: ReadonlyMap<string, string>): Index {
  return {
    kind: live.unique ? 'unique' : 'index',
    fields: live.columns.map((column) => ({ name: fieldOfColumn.get(column) ?? column, sort: 'Asc' })),
    ...(live.method !== 'btree' && { type: live.method.charAt(0).toUpperCase() + live.method.slice(1) }),
    partial: live.partial,
    place: { file: live.file, range: { start: live.start, end: live.end } },
  };
}

/** The names the index may have in the database: as given, else as Prisma makes them up. */
function databaseNames(model: Model, table: string, own: Index, attribute: AttributeFact | undefined): string[] {
  const given = stringValue(namedArgument(attribute?.arguments ?? [], 'map'));
  if (given !== undefined) return [given];
  if (own.kind === 'id') return [`${table}_pkey`, 'PRIMARY'];
  const columns = own.fields.map(({ name }) => mappedName(model.fields.get(name)?.fact.attributes ?? [], name));
  const stem = [table, ...columns].join('_');
  return [`${stem}_key`, `${stem}_idx`];
}
