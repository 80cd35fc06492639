import type { IndexField } from '../model/schemas/schema';

/** An index in the names of the database. */
export interface DatabaseIndex {
  readonly name: string;
  readonly table: string;
  /** The database schema of the table, where `@@schema` names one. */
  readonly schema?: string;
  /** `name`: the column's. */
  readonly columns: readonly IndexField[];
  /** PostgreSQL alone: an index of its columns' trigrams. */
  readonly trigrams?: true;
}

/** The operator class of trigrams, as the extension `pg_trgm` calls it. */
export const TRIGRAMS = 'gin_trgm_ops';

/** How a database writes what is done to an index. */
export interface IndexDialect {
  /** Each statement must be a migration of its own: PostgreSQL builds nothing concurrently among others. */
  readonly oneStatementEach: boolean;
  create(index: DatabaseIndex): string;
  drop(index: DatabaseIndex): string;
}

const double = quotedBy('"', '"');
const backtick = quotedBy('`', '`');
const bracket = quotedBy('[', ']');

/** Writes are let through meanwhile; one that was built by hand, or is gone, is no error. */
const concurrent: IndexDialect = {
  oneStatementEach: true,
  create: (index) =>
    `CREATE INDEX CONCURRENTLY IF NOT EXISTS ${double(index.name)} ON ${qualified(double, index.schema, index.table)}${index.trigrams ? trigramsOf(index) : columnsOf(double, index)};`,
  drop: ({ schema, name }) => `DROP INDEX CONCURRENTLY IF EXISTS ${qualified(double, schema, name)};`,
};

const mysql: IndexDialect = {
  oneStatementEach: false,
  create: (index) =>
    `CREATE INDEX ${backtick(index.name)} ON ${qualified(backtick, index.schema, index.table)}${columnsOf(backtick, index)};`,
  drop: ({ name, schema, table }) => `DROP INDEX ${backtick(name)} ON ${qualified(backtick, schema, table)};`,
};

const sqlite: IndexDialect = {
  oneStatementEach: false,
  create: (index) => `CREATE INDEX ${double(index.name)} ON ${double(index.table)}${columnsOf(double, index)};`,
  drop: ({ name }) => `DROP INDEX ${double(name)};`,
};

const sqlserver: IndexDialect = {
  oneStatementEach: false,
  create: (index) =>
    `CREATE NONCLUSTERED INDEX ${bracket(index.name)} ON ${qualified(bracket, index.schema ?? 'dbo', index.table)}${columnsOf(bracket, index)};`,
  drop: ({ name, schema = 'dbo', table }) => `DROP INDEX ${bracket(name)} ON ${qualified(bracket, schema, table)};`,
};

const DIALECTS: Readonly<Record<string, IndexDialect>> = {
  postgresql: concurrent,
  postgres: concurrent,
  cockroachdb: concurrent,
  mysql,
  sqlite,
  sqlserver,
};

/** Returns how the database of a Prisma provider writes indexes, as Prisma's own migrations do; undefined where there are none. */
export function indexDialect(provider: string | undefined): IndexDialect | undefined {
  return Object.hasOwn(DIALECTS, provider ?? '') ? DIALECTS[provider ?? ''] : undefined;
}

type Quote = (name: string) => string;

function quotedBy(open: string, close: string): Quote {
  return (name) => open + name.replaceAll(close, close + close) + close;
}

function qualified(quote: Quote, schema: string | undefined, name: string): string {
  return schema === undefined ? quote(name) : `${quote(schema)}.${quote(name)}`;
}

function trigramsOf({ columns }: DatabaseIndex): string {
  return ` USING gin (${columns.map(({ name }) => `${double(name)} ${TRIGRAMS}`).join(', ')})`;
}

function columnsOf(quote: Quote, { columns }: DatabaseIndex): string {
  const written = columns.map(
    ({ name, length, sort }) =>
      quote(name) + (length === undefined ? '' : `(${length})`) + (sort === 'Desc' ? ' DESC' : ''),
  );
  return `(${written.join(', ')})`;
}
