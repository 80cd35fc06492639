import type { DocumentFacts, MigrationFacts, MigrationStatement } from '../syntax/documentFacts';
import { mappedName, namedArgument, stringValue } from './attributes';
import { folderOf, isWithin } from './paths';
import type { Index, Model, Schema } from './schema';

type Created = Extract<MigrationStatement, { kind: 'create-index' }>;
type LiveIndex = Created & { readonly file: string };

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
  if (live.length === 0) return schema;
  const models = new Map<string, Model>();
  for (const model of schema.models.values()) {
    const table = mappedName(model.fact.attributes, model.name);
    const added = live.filter((index) => index.table === table).map((index) => toIndex(index, model));
    const missing = added.filter(({ index, name }) => !isDeclared(model, table, name, index));
    models.set(model.name, { ...model, indexes: [...model.indexes, ...missing.map(({ index }) => index)] });
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

/** The indexes that stand after all migrations, oldest first. */
function liveIndexes(migrations: readonly (readonly [string, MigrationFacts])[]): LiveIndex[] {
  let live: LiveIndex[] = [];
  for (const [file, { statements }] of migrations) {
    for (const statement of statements) live = after(live, statement, file);
  }
  return live;
}

function after(live: LiveIndex[], statement: MigrationStatement, file: string): LiveIndex[] {
  switch (statement.kind) {
    case 'create-index':
      live.push({ ...statement, file });
      return live;
    case 'drop-index': {
      const { name, table } = statement;
      return live.filter((index) => index.name !== name || (table !== undefined && index.table !== table));
    }
    case 'drop-table':
      return live.filter((index) => index.table !== statement.table);
    case 'drop-column':
      return live.filter((index) => index.table !== statement.table || !index.columns.includes(statement.column));
    case 'rename-table':
      return live.map((index) => (index.table === statement.table ? { ...index, table: statement.to } : index));
    case 'rename-index':
      return live.map((index) => (index.name === statement.name ? { ...index, name: statement.to } : index));
    case 'rename-column': {
      const { table, column, to } = statement;
      const renamed = (columns: readonly string[]) => columns.map((one) => (one === column ? to : one));
      return live.map((index) => (index.table === table ? { ...index, columns: renamed(index.columns) } : index));
    }
  }
}

function toIndex(live: LiveIndex, model: Model): { index: Index; name: string } {
  const fieldNames = new Map(
    [...model.fields.values()].map((field) => [mappedName(field.fact.attributes, field.name), field.name]),
  );
  return {
    name: live.name,
    index: {
      kind: live.unique ? 'unique' : 'index',
      fields: live.columns.map((column) => ({ name: fieldNames.get(column) ?? column, sort: 'Asc' })),
      ...(live.method !== 'btree' && { type: live.method.charAt(0).toUpperCase() + live.method.slice(1) }),
      partial: live.partial,
      place: { file: live.file, range: { start: live.start, end: live.end } },
    },
  };
}

/** The schema says it too: by its database name, or the same columns in the same order. */
function isDeclared(model: Model, table: string, name: string, index: Index): boolean {
  const columns = index.fields.map((field) => field.name).join();
  return model.indexes.some(
    (own) =>
      databaseNames(model, table, own).includes(name) ||
      (!index.partial && own.type === index.type && own.fields.map((field) => field.name).join() === columns),
  );
}

function databaseNames(model: Model, table: string, own: Index): string[] {
  const attributes = [...model.fact.attributes, ...model.fact.fields.flatMap((field) => field.attributes)];
  const attribute = attributes.find(({ range }) => range === own.attribute);
  const given = stringValue(namedArgument(attribute?.arguments ?? [], 'map'));
  if (given !== undefined) return [given];
  const columns = own.fields.map(({ name }) => mappedName(model.fields.get(name)?.fact.attributes ?? [], name));
  const stem = [table, ...columns].join('_');
  return own.kind === 'id' ? [`${table}_pkey`, 'PRIMARY'] : [`${stem}_key`, `${stem}_idx`];
}
