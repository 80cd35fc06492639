import type { PGlite } from '@electric-sql/pglite';
import { indexDialect } from '../../server/core/fixes/indexStatements';
import { columnOf, generateTable, quoted, tableOf } from './generatedTable';
import type { ProposedIndex } from './proposedIndexes';

const NAME = 'proposed';

/** What an index does to one of the statements that it is for. */
export interface Proof {
  readonly sql: string;
  readonly from: string;
  /** The database goes by the proposed index. */
  readonly used: boolean;
  readonly before: Measured;
  readonly after: Measured;
}

export interface Measured {
  /** In the planner's own unit. */
  readonly cost: number;
  /** Of the fastest of a few runs. */
  readonly milliseconds: number;
}

interface PlanNode {
  readonly 'Total Cost': number;
  readonly 'Index Name'?: string;
  readonly Plans?: readonly PlanNode[];
}

interface Explained {
  readonly 'QUERY PLAN': readonly [{ readonly 'Execution Time': number; readonly Plan: PlanNode }];
}

/**
 * Measures the statements of a proposal before and after its index is made, on a table with so many rows.
 * An index that it extends stays: the database shall prefer the new one.
 */
export async function proveIndex(db: PGlite, proposed: ProposedIndex, rows: number): Promise<Proof[]> {
  const { schema, model, index, statements } = proposed;
  await generateTable(db, schema, model, rows);
  const before = new Map<string, { readonly from: string; readonly measured: Measured }>();
  for (const { from, statement } of statements) {
    const sql = await statement(db);
    if (!before.has(sql)) before.set(sql, { from, measured: await explain(db, sql) });
  }
  const table = tableOf(model);
  const dialect = indexDialect('postgresql');
  const columns = index.fields.map((field) => ({ ...field, name: columnOf(model, field.name) }));
  if (dialect) await db.exec(dialect.create({ name: NAME, table, columns }));
  await db.exec(`VACUUM ANALYZE ${quoted(table)}`);
  const proofs: Proof[] = [];
  for (const [sql, { from, measured }] of before) {
    const { indexes: used, ...after } = await explain(db, sql);
    proofs.push({ sql, from, used: used.has(NAME), before: measured, after });
  }
  await db.exec(`DROP TABLE ${quoted(table)}`);
  return proofs;
}

async function explain(db: PGlite, sql: string): Promise<Measured & { readonly indexes: ReadonlySet<string> }> {
  let milliseconds = Number.POSITIVE_INFINITY;
  let cost = 0;
  const indexes = new Set<string>();
  for (let run = 0; run < 3; run++) {
    await db.exec('BEGIN');
    const { rows } = await db.query<Explained>(`EXPLAIN (ANALYZE, FORMAT JSON) ${sql}`);
    await db.exec('ROLLBACK');
    const [explained] = rows[0]?.['QUERY PLAN'] ?? [];
    if (!explained) continue;
    milliseconds = Math.min(milliseconds, explained['Execution Time']);
    cost = explained.Plan['Total Cost'];
    for (const name of indexNames(explained.Plan)) indexes.add(name);
  }
  return { cost, milliseconds, indexes };
}

function indexNames(node: PlanNode): string[] {
  const own = node['Index Name'];
  return [...(own === undefined ? [] : [own]), ...(node.Plans ?? []).flatMap(indexNames)];
}
