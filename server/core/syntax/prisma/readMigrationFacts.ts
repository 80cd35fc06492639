import type { MigrationFacts, MigrationStatement } from '../documentFacts';
import { SqlReader } from './sqlReader';
import { sqlStatements } from './sqlTokens';

/**
 * Returns what a migration's SQL (PostgreSQL, MySQL, SQLite, SQL Server) does to columns, indexes and
 * foreign keys, in its order; other statements say nothing. Never throws, linear in the text. Unique and primary-key
 * constraints count as unique indexes of their name.
 */
export function readMigrationFacts(sql: string): MigrationFacts {
  const statements: MigrationStatement[] = [];
  for (const tokens of sqlStatements(sql)) {
    const reader = new SqlReader(sql, tokens);
    if (reader.takes('create')) readCreate(reader, statements);
    else if (reader.takes('drop')) readDrop(reader, statements);
    else if (reader.takes('alter', 'table')) readAlterTable(reader, statements);
    else if (reader.takes('alter', 'index')) readAlterIndex(reader, statements);
  }
  return { kind: 'migration', statements };
}

function readCreate(reader: SqlReader, statements: MigrationStatement[]): void {
  if (reader.takes('table')) {
    reader.takes('if', 'not', 'exists');
    const table = reader.name();
    if (table === undefined) return;
    const columns: string[] = [];
    const constraints: SqlReader[] = [];
    for (const definition of reader.list() ?? []) {
      const column = isConstraint(definition) ? undefined : definition.name();
      if (column === undefined) constraints.push(definition);
      else columns.push(column);
    }
    if (columns.length > 0) statements.push({ kind: 'create-columns', table, columns });
    for (const constraint of constraints) addConstraint(constraint, table, statements);
    return;
  }
  const unique = reader.takes('unique');
  if (reader.takes('fulltext') || reader.takes('spatial')) return;
  if (!reader.takes('clustered')) reader.takes('nonclustered');
  if (!reader.takes('index')) return;
  reader.takes('concurrently');
  reader.takes('if', 'not', 'exists');
  const name = reader.isNext('on') ? '' : reader.name();
  const early = reader.takes('using') ? reader.name() : undefined;
  if (name === undefined || !reader.takes('on')) return;
  reader.takes('only');
  const table = reader.name();
  const method = reader.takes('using') ? reader.name() : early;
  const columns = reader.columns();
  if (table === undefined || !columns) return;
  statements.push({
    kind: 'create-index',
    name,
    table,
    unique,
    method: (method ?? 'btree').toLowerCase(),
    columns,
    partial: reader.has('where'),
    ...reader.range,
  });
}

function readDrop(reader: SqlReader, statements: MigrationStatement[]): void {
  const kind = reader.takes('index') ? 'drop-index' : reader.takes('table') ? 'drop-table' : undefined;
  if (!kind) return;
  reader.takes('concurrently');
  reader.takes('if', 'exists');
  const names: string[] = [];
  do {
    const name = reader.name();
    if (name !== undefined) names.push(name);
  } while (reader.takes(','));
  const table = reader.takes('on') ? reader.name() : undefined;
  for (const name of names) {
    if (kind === 'drop-table') statements.push({ kind, table: name });
    else statements.push({ kind, name, ...(table !== undefined && { table }) });
  }
}

function readAlterIndex(reader: SqlReader, statements: MigrationStatement[]): void {
  reader.takes('if', 'exists');
  const name = reader.name();
  const to = reader.takes('rename', 'to') ? reader.name() : undefined;
  if (name !== undefined && to !== undefined) statements.push({ kind: 'rename-index', name, to });
}

function readAlterTable(reader: SqlReader, statements: MigrationStatement[]): void {
  reader.takes('if', 'exists');
  reader.takes('only');
  const table = reader.name();
  if (table === undefined) return;
  for (const action of reader.rest()) {
    if (action.takes('add')) readAdd(action, table, statements);
    else if (action.takes('drop')) readDropInTable(action, table, statements);
    else if (action.takes('rename')) readRename(action, table, statements);
  }
}

function readAdd(action: SqlReader, table: string, statements: MigrationStatement[]): void {
  if (isConstraint(action)) {
    addConstraint(action, table, statements);
    return;
  }
  action.takes('column');
  action.takes('if', 'not', 'exists');
  const column = action.name();
  if (column !== undefined) statements.push({ kind: 'create-columns', table, columns: [column] });
}

function readDropInTable(action: SqlReader, table: string, statements: MigrationStatement[]): void {
  const constraint = action.takes('constraint');
  if (constraint || action.takes('index') || action.takes('key')) {
    action.takes('if', 'exists');
    const name = action.name();
    if (name !== undefined) statements.push({ kind: 'drop-index', name, table });
  } else if (action.takes('primary', 'key')) {
    statements.push({ kind: 'drop-index', name: 'PRIMARY', table });
  } else if (!action.takes('foreign', 'key')) {
    action.takes('column');
    action.takes('if', 'exists');
    const column = action.name();
    if (column !== undefined) statements.push({ kind: 'drop-column', table, column });
  }
}

function readRename(action: SqlReader, table: string, statements: MigrationStatement[]): void {
  if (action.takes('to')) {
    const to = action.name();
    if (to !== undefined) statements.push({ kind: 'rename-table', table, to });
    return;
  }
  const ofIndex = action.takes('constraint') || action.takes('index') || action.takes('key');
  if (!ofIndex) action.takes('column');
  const from = action.name();
  const to = action.takes('to') ? action.name() : undefined;
  if (from === undefined || to === undefined) return;
  if (ofIndex) statements.push({ kind: 'rename-index', name: from, to });
  else statements.push({ kind: 'rename-column', table, column: from, to });
}

/** The words that begin a part of a table's definition which is no column. */
const CONSTRAINT_WORDS = [
  'constraint',
  'primary',
  'unique',
  'foreign',
  'index',
  'key',
  'check',
  'exclude',
  'fulltext',
  'spatial',
  'like',
];

function isConstraint(definition: SqlReader): boolean {
  return CONSTRAINT_WORDS.some((word) => definition.isNext(word));
}

/** Reads `[CONSTRAINT x] PRIMARY KEY|UNIQUE|FOREIGN KEY (…)` and MySQL's `[UNIQUE] INDEX x (…)`; anything else says nothing. */
function addConstraint(reader: SqlReader, table: string, statements: MigrationStatement[]): void {
  const constraint = reader.takes('constraint') ? reader.name() : undefined;
  if (reader.takes('foreign', 'key')) {
    addForeignKey(reader, table, constraint, statements);
    return;
  }
  const primary = reader.takes('primary', 'key');
  const unique = primary || reader.takes('unique');
  const index = reader.takes('index') || reader.takes('key');
  if (!unique && !index) return;
  if (!reader.takes('clustered')) reader.takes('nonclustered');
  const own = reader.isNext('(') || reader.isNext('using') ? undefined : reader.name();
  const method = reader.takes('using') ? reader.name() : undefined;
  const columns = reader.columns();
  if (!columns) return;
  statements.push({
    kind: 'create-index',
    name: constraint ?? own ?? (primary ? 'PRIMARY' : ''),
    table,
    unique,
    method: (method ?? 'btree').toLowerCase(),
    columns,
    partial: false,
    ...reader.range,
  });
}

function addForeignKey(
  reader: SqlReader,
  table: string,
  given: string | undefined,
  statements: MigrationStatement[],
): void {
  if (!reader.isNext('(')) reader.name();
  const columns = reader.columns();
  if (!columns) return;
  // PostgreSQL's own name where the statement gives none.
  const name = given ?? `${[table, ...columns].join('_')}_fkey`;
  statements.push({ kind: 'create-foreign-key', name, table, columns });
}
