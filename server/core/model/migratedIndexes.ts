import type { DocumentFacts, MigrationFacts, MigrationStatement } from '../syntax/documentFacts';
import type { AttributeFact } from '../syntax/prisma/facts';
import { mappedName, namedArgument, stringValue } from './attributes';
import { folderOf, isWithin } from './paths';
import type { Index, Model, Schema } from './schema';

type Created = Extract<MigrationStatement, { kind: 'create-index' }>;
type LiveIndex = Created & { readonly file: string };
/** By table. */
type LiveIndexes = Map<string, readonly LiveIndex[]>;

/**
 * Returns the schema with the indexes that live only in its migrations added to its models, last.
 * Its migrations are those of the `migrations` folder beside it, or one folder up where no other
 * schema (of `schemaFolders`) is at home.
 */
export function addMigratedIndexes(
  schema: Schema,
  documents: ReadonlyMap<string, DocumentFacts>,
  schemaFolders: ReadonlySet<string>,
): Schema {
  const live = liveIndexes(migrationsOf(schema.folder, documents, schemaFolders));
  if (live.size === 0) return schema;
  const models = new Map<string, Model>();
  for (const model of schema.models.values()) {
    const table = mappedName(model.fact.attributes, model.name);
    models.set(model.name, withMigrated(model, table, live.get(table) ?? []));
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

/** The indexes that stand after all migrations, by table, oldest first. */
function liveIndexes(migrations: readonly (readonly [string, MigrationFacts])[]): LiveIndexes {
  const live: LiveIndexes = new Map();
  for (const [file, { statements }] of migrations) {
    for (const statement of statements) perform(statement, live, file);
  }
  return live;
}

function perform(statement: MigrationStatement, live: LiveIndexes, file: string): void {
  switch (statement.kind) {
    case 'create-index':
      live.set(statement.table, [...(live.get(statement.table) ?? []), { ...statement, file }]);
      return;
    case 'drop-index':
      // PostgreSQL does not say whose index it is: names are the schema's there.
      for (const table of statement.table === undefined ? live.keys() : [statement.table]) {
        change(live, table, (indexes) => indexes.filter((index) => index.name !== statement.name));
      }
      return;
    case 'rename-index':
      for (const table of live.keys()) {
        const renamed = (index: LiveIndex) =>
          index.name === statement.name ? { ...index, name: statement.to } : index;
        change(live, table, (indexes) => indexes.map(renamed));
      }
      return;
    case 'drop-table':
      live.delete(statement.table);
      return;
    case 'rename-table':
      live.set(statement.to, live.get(statement.table) ?? []);
      live.delete(statement.table);
      return;
    case 'drop-column':
      change(live, statement.table, (indexes) => indexes.filter(({ columns }) => !columns.includes(statement.column)));
      return;
    case 'rename-column': {
      const renamed = (column: string) => (column === statement.column ? statement.to : column);
      change(live, statement.table, (indexes) =>
        indexes.map((index) => ({ ...index, columns: index.columns.map(renamed) })),
      );
    }
  }
}

function change(live: LiveIndexes, table: string, to: (indexes: readonly LiveIndex[]) => LiveIndex[]): void {
  const indexes = live.get(table);
  if (indexes) live.set(table, to(indexes));
}

/** Those that the schema says too (by database name, or the same columns in the same order) are not added again. */
function withMigrated(model: Model, table: string, live: readonly LiveIndex[]): Model {
  if (live.length === 0) return model;
  const attributes = [...model.fact.attributes, ...model.fact.fields.flatMap((field) => field.attributes)];
  const ranges = new Map(attributes.map((attribute) => [attribute.range, attribute]));
  const declaredNames = new Set(
    model.indexes.flatMap((own) => databaseNames(model, table, own, own.attribute && ranges.get(own.attribute))),
  );
  const declaredColumns = new Set(model.indexes.map(columnsKey));
  const columns = new Map(
    [...model.fields.values()].map(({ name, fact }) => [mappedName(fact.attributes, name), name]),
  );
  const added = live
    .filter(({ name }) => !declaredNames.has(name))
    .map((index) => toIndex(index, columns))
    .filter((index) => index.partial || !declaredColumns.has(columnsKey(index)));
  return { ...model, indexes: [...model.indexes, ...added] };
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
