import type { DocumentFacts, MigrationFacts, MigrationStatement } from '../../syntax/documentFacts';
import type { AttributeFact } from '../../syntax/prisma/facts';
import { folderOf, isWithin } from '../modules/paths';
import { mappedName, namedArgument, stringValue } from './attributes';
import { constraintName } from './constraintName';
import type { Index, Migrations, Model, Schema } from './schema';

type LiveIndex = Extract<MigrationStatement, { kind: 'create-index' }> & { readonly file: string };
/** A dropped one stays: that it was there, and is no more, is what counts. */
type MadeForeignKey = Extract<MigrationStatement, { kind: 'create-foreign-key' }> & { readonly dropped?: true };
type Made = LiveIndex | MadeForeignKey | MadeColumn;
interface MadeColumn {
  readonly kind: 'column';
  readonly columns: readonly string[];
  readonly name?: undefined;
}
/** By table. */
type MadeByTable = Map<string, readonly Made[]>;

/**
 * Returns the schema as its migrations left the database: the indexes that live only there are added to
 * its models, last, and what else the tables have or lost is noted. Its migrations are those of the
 * `migrations` folder beside it, or one folder up where no other schema (of `schemaFolders`) is at home.
 */
export function addMigrations(
  schema: Schema,
  documents: ReadonlyMap<string, DocumentFacts>,
  schemaFolders: ReadonlySet<string>,
): Schema {
  const found = migrationsOf(schema.folder, documents, schemaFolders);
  if (!found) return schema;
  const made = replay(found.files);
  const models = new Map<string, Model>();
  for (const model of schema.models.values()) {
    const table = mappedName(model.fact.attributes, model.name);
    models.set(model.name, withMigrated(model, schema.provider, table, made.get(table) ?? []));
  }
  return { ...schema, models, migrations: { folder: found.folder, last: found.last } };
}

function migrationsOf(
  folder: string,
  documents: ReadonlyMap<string, DocumentFacts>,
  schemaFolders: ReadonlySet<string>,
): (Migrations & { readonly files: readonly (readonly [string, MigrationFacts])[] }) | undefined {
  const above = folderOf(folder);
  const homes = folder === '' || schemaFolders.has(above) ? [folder] : [folder, above];
  for (const home of homes) {
    const folder = home === '' ? 'migrations' : `${home}/migrations`;
    const files: [string, MigrationFacts][] = [];
    for (const [file, facts] of documents) {
      if (facts.kind === 'migration' && isWithin(folder, file)) files.push([file, facts]);
    }
    const last = files.sort(([a], [b]) => (a < b ? -1 : 1)).at(-1)?.[0];
    if (last !== undefined) return { folder, files, last };
  }
  return undefined;
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
    case 'create-columns':
      made.set(statement.table, [...(made.get(statement.table) ?? []), ...statement.columns.map(madeColumn)]);
      return;
    case 'drop-index':
      // PostgreSQL does not say whose index it is: names are the schema's there.
      for (const table of statement.table === undefined ? made.keys() : [statement.table]) {
        change(made, table, (all) => all.flatMap((one) => (one.name === statement.name ? dropped(one) : one)));
      }
      return;
    case 'rename-index':
      for (const table of made.keys()) {
        const renamed = (one: Made) =>
          one.kind !== 'column' && one.name === statement.name ? { ...one, name: statement.to } : one;
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

function madeColumn(column: string): MadeColumn {
  return { kind: 'column', columns: [column] };
}

function dropped(one: Made): Made[] {
  return one.kind === 'create-foreign-key' ? [{ ...one, dropped: true as const }] : [];
}

function change(made: MadeByTable, table: string, to: (all: readonly Made[]) => Made[]): void {
  const all = made.get(table);
  if (all) made.set(table, to(all));
}

/** Those that the schema says too (by database name, or the same columns in the same order) are not added again. */
function withMigrated(model: Model, provider: string | undefined, table: string, made: readonly Made[]): Model {
  if (made.length === 0) return model;
  const attributes = [...model.fact.attributes, ...model.fact.fields.flatMap((field) => field.attributes)];
  const ranges = new Map(attributes.map((attribute) => [attribute.range, attribute]));
  const declaredNames = new Set(
    model.indexes.flatMap((own) =>
      databaseNames(model, provider, table, own, own.attribute && ranges.get(own.attribute)),
    ),
  );
  const declaredColumns = new Set(model.indexes.map(columnsKey));
  const columns = new Map(
    [...model.fields.values()].map(({ name, fact }) => [mappedName(fact.attributes, name), name]),
  );
  const live = made.filter((one) => one.kind === 'create-index');
  const added = live
    .filter(({ name }) => !declaredNames.has(name))
    .map((index) => toIndex(index, columns))
    .filter((index) => index.partial || !declaredColumns.has(columnsKey(index)));
  const droppedForeignKeys = droppedForGood(made).map((names) => names.map((name) => columns.get(name) ?? name));
  return {
    ...model,
    indexes: [...model.indexes, ...added],
    droppedForeignKeys,
    table: {
      columns: new Set(made.flatMap((one) => (one.kind === 'column' ? one.columns : []))),
      indexes: new Set(live.map(({ name }) => name)),
    },
  };
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
function databaseNames(
  model: Model,
  provider: string | undefined,
  table: string,
  own: Index,
  attribute: AttributeFact | undefined,
): string[] {
  const given = stringValue(namedArgument(attribute?.arguments ?? [], 'map'));
  if (given !== undefined) return [given];
  if (own.kind === 'id') return [`${table}_pkey`, 'PRIMARY'];
  const columns = own.fields.map(({ name }) => mappedName(model.fields.get(name)?.fact.attributes ?? [], name));
  return (['key', 'idx'] as const).map((suffix) => constraintName(provider, table, columns, suffix));
}
