import type { Migrations, Schema } from '../model/schemas/schema';
import type { Fix } from '../rules/rule';
import type { FileEdit } from '../text/textEdit';
import { indexChanges } from './indexChanges';
import { type DatabaseIndex, indexDialect } from './indexStatements';
import type { Sources } from './sources';

interface Step {
  /** What it does, as the name of its folder says it. */
  readonly name: string;
  readonly sql: string;
}

/**
 * Returns a fix of a schema's indexes, and with it the same fix that also writes the migration, where
 * the project keeps migrations and this one can be written without knowing more than they say.
 */
export function withMigration(fix: Fix | undefined, schema: Schema, sources: Sources): Fix[] {
  if (!fix) return [];
  const files = migrationFiles(fix, schema, sources);
  if (files.length === 0) return [fix];
  const done = fix.title.replace(/ \(needs (?:\S+ and )?a migration\)$/, '');
  const title = `${done} and create ${files.length === 1 ? 'a migration' : `${files.length} migrations`}`;
  return [fix, { ...fix, title, edits: [...fix.edits, ...files] }];
}

function migrationFiles(fix: Fix, schema: Schema, sources: Sources): FileEdit[] {
  const { migrations } = schema;
  const { timestamp } = sources;
  if (!migrations || !timestamp) return [];
  const files = steps(fix, schema, sources).map(({ name, sql }, index) => ({
    file: `${migrations.folder}/${timestamp(index)}_${name}/migration.sql`,
    create: true as const,
    edits: [{ range: { start: 0, end: 0 }, newText: sql }],
  }));
  const canStand = files.every(({ file }) => sources.text(file) === undefined && comesLast(file, migrations));
  return canStand ? files : [];
}

/** An index of trigrams is built with it. */
const EXTENSION: Step = {
  name: 'add_pg_trgm',
  sql: '-- CreateExtension\nCREATE EXTENSION IF NOT EXISTS pg_trgm;\n',
};

/** The new index is there before the old one goes: no query is without both. */
function steps(fix: Fix, schema: Schema, sources: Sources): Step[] {
  const dialect = indexDialect(schema.provider);
  const changes = dialect && indexChanges(fix.edits, schema, sources);
  if (!changes) return [];
  const all: Step[] = [
    ...(changes.created.some(({ trigrams }) => trigrams) ? [EXTENSION] : []),
    ...changes.created.map((index) => ({
      name: folderName('add', index),
      sql: `-- CreateIndex\n${dialect.create(index)}\n`,
    })),
    ...changes.dropped.map((index) => ({
      name: folderName('drop', index),
      sql: `-- DropIndex\n${dialect.drop(index)}\n`,
    })),
  ];
  const [first] = all;
  if (dialect.oneStatementEach || !first) return all;
  return [{ name: first.name, sql: all.map(({ sql }) => sql).join('\n') }];
}

/** Migrations run in the order of their names; one that would run before the last could miss its table. */
function comesLast(file: string, { folder, last }: Migrations): boolean {
  const isFlat = last.slice(folder.length + 1).split('/').length === 2;
  return isFlat && file > last;
}

/** In words, as `prisma migrate dev --name` writes them: `add_post_author_id_idx`. */
function folderName(deed: 'add' | 'drop', { name }: DatabaseIndex): string {
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').replace(/[^\p{L}\p{N}]+/gu, '_');
  return `${deed}_${words.replace(/^_|_$/g, '').toLowerCase()}`;
}
