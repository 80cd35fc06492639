import type { PGlite } from '@electric-sql/pglite';
import type { Access } from '../../server/core/model/indexPlan/access';
import type { ForeignKey } from '../../server/core/model/schemas/foreignKeys';
import type { Model } from '../../server/core/model/schemas/schema';
import { columnOf, quoted, tableOf } from './generatedTable';

/** Makes a statement with values that the table of its model has. */
export type Statement = (db: PGlite) => Promise<string>;

const ROWS_TAKEN = { page: 20, list: 50, few: 1 } as const;
const IN_LIST = 10;

/**
 * The statement that Prisma sends for an access, as far as the planner knows it. The first few rows in
 * an order are asked of the values with the most rows: that is whom such an index is for.
 */
export function statementOf({ model, equals, sort, range, limit }: Access): Statement {
  return async (db) => {
    const given = equals.filter(({ usual }) => !usual);
    const names = given.map(({ name }) => name);
    const rows = await sampled(db, model, names, IN_LIST, limit && sort.length > 0 ? 'frequent' : 'any');
    const tests = given.map(({ name, single }, column) => {
      const values = new Set(rows.map((row) => row[column] ?? 'NULL'));
      const [first = 'NULL'] = values;
      const own = quoted(columnOf(model, name));
      return single ? `${own} = ${first}` : `${own} IN (${[...values].join(', ')})`;
    });
    for (const { name, usual } of equals) if (usual) tests.push(`${quoted(columnOf(model, name))} IS NULL`);
    if (range !== undefined) tests.push(`${quoted(columnOf(model, range))} >= ${await recent(db, model, range)}`);
    const order = sort.map(({ name, sort: way }) => quoted(columnOf(model, name)) + (way === 'Desc' ? ' DESC' : ''));
    return [
      `SELECT * FROM ${quoted(tableOf(model))}`,
      ...(tests.length > 0 ? [`WHERE ${tests.join(' AND ')}`] : []),
      ...(order.length > 0 ? [`ORDER BY ${order.join(', ')}`] : []),
      ...(limit ? [`LIMIT ${ROWS_TAKEN[limit]}`] : []),
    ].join(' ');
  };
}

/** The statement by which Prisma fetches the rows of a parent. */
export function lookup(model: Model, { scalars }: ForeignKey): Statement {
  return async (db) => {
    return `SELECT * FROM ${quoted(tableOf(model))} WHERE ${await keyTest(
      db,
      model,
      scalars.map(({ name }) => name),
    )}`;
  };
}

/** What the database itself runs on the rows of a parent that is deleted. */
export function deletion(model: Model, { scalars, onDelete }: ForeignKey): Statement {
  return async (db) => {
    const table = quoted(tableOf(model));
    const names = scalars.map(({ name }) => name);
    const test = await keyTest(db, model, names);
    if (onDelete === 'Cascade') return `DELETE FROM ONLY ${table} WHERE ${test}`;
    if (onDelete !== 'SetNull') return `SELECT 1 FROM ONLY ${table} WHERE ${test} FOR KEY SHARE`;
    return `UPDATE ONLY ${table} SET ${names.map((name) => `${quoted(columnOf(model, name))} = NULL`).join(', ')} WHERE ${test}`;
  };
}

async function keyTest(db: PGlite, model: Model, fields: readonly string[]): Promise<string> {
  const [row = []] = await sampled(db, model, fields, 1, 'any');
  return fields.map((name, column) => `${quoted(columnOf(model, name))} = ${row[column] ?? 'NULL'}`).join(' AND ');
}

/** Values that some fields have together, each quoted for SQL: those of repeatable chance, or the most frequent. */
async function sampled(
  db: PGlite,
  model: Model,
  fields: readonly string[],
  count: number,
  which: 'any' | 'frequent',
): Promise<string[][]> {
  if (fields.length === 0) return [];
  const columns = fields.map((name) => quoted(columnOf(model, name)));
  const order =
    which === 'any'
      ? 'ORDER BY random()'
      : `GROUP BY ${columns.join(', ')} ORDER BY count(*) DESC, ${columns.join(', ')}`;
  await db.exec('SELECT setseed(0.17)');
  const { rows } = await db.query<string[]>(
    `SELECT ${columns.map((column) => `quote_literal(${column}::text)`).join(', ')} FROM ${quoted(tableOf(model))}
     WHERE ${columns.map((column) => `${column} IS NOT NULL`).join(' AND ')} ${order} LIMIT ${count}`,
    [],
    { rowMode: 'array' },
  );
  return rows;
}

/** Where the last fiftieth of the rows begins. */
async function recent(db: PGlite, model: Model, field: string): Promise<string> {
  const column = quoted(columnOf(model, field));
  const { rows } = await db.query<{ readonly start: string }>(
    `SELECT quote_literal((percentile_disc(0.98) WITHIN GROUP (ORDER BY ${column}))::text) AS start FROM ${quoted(tableOf(model))}`,
  );
  return rows[0]?.start ?? 'NULL';
}
