import { PGlite } from '@electric-sql/pglite';
import { PrismaPg } from '@prisma/adapter-pg';
import type { SqlDriverAdapter, SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import { PrismaPGlite } from 'pglite-prisma-adapter';
import { SHOP_ENDS } from './comparable';
import { createMeter, type Meter } from './meter';
import { shopRows, shopTags } from './shop/rows';
import { tablesSql } from './shopSql';

/** The rows of all tables, written out: the same text for the same state, in whatever order rows were written. */
export type ShopState = Readonly<Record<string, readonly string[]>>;

/** A database with the shop in it, whose use is measured. */
export interface ShopDatabase {
  readonly meter: Meter;
  readonly tables: readonly string[];
  readonly atFirst: ShopState;
  /** Makes the rows what they were at first. */
  reset(): Promise<void>;
  state(): Promise<ShopState>;
  close(): Promise<void>;
}

const SEED = 17;

/**
 * Opens a database and fills it: PGlite, or the PostgreSQL of PERF_HINTS_PROOF_DATABASE_URL, in which it
 * replaces the schemas `public` and `kept`.
 */
export async function openShop(schema: string): Promise<ShopDatabase> {
  const { factory, close } = await connect(process.env.PERF_HINTS_PROOF_DATABASE_URL);
  const own = await factory.connect();
  const columns = await fill(own, await tablesSql(schema, factory));
  const tables = [...columns.keys()];
  const state = async () => {
    const rowsOf: Record<string, readonly string[]> = {};
    for (const table of tables) {
      const rows = await query(own, `SELECT to_json(t)::text FROM "${table}" t`);
      rowsOf[table] = rows.map(([row]) => withoutMoments(String(row))).sort();
    }
    return rowsOf;
  };
  return {
    meter: createMeter(factory),
    tables,
    atFirst: await state(),
    reset: () => own.executeScript(resetScript(columns)),
    state,
    close: async () => {
      await own.dispose();
      await close();
    },
  };
}

async function connect(
  url: string | undefined,
): Promise<{ factory: SqlMigrationAwareDriverAdapterFactory; close(): Promise<void> }> {
  if (url) return { factory: new PrismaPg({ connectionString: url, max: 5 }), close: async () => undefined };
  const database = await PGlite.create();
  return { factory: new PrismaPGlite(database), close: () => database.close() };
}

/** Makes the tables and their rows, and a copy of each to go back to. Returns the columns that count up, by table. */
async function fill(own: SqlDriverAdapter, tablesScript: string): Promise<Map<string, string | undefined>> {
  const fresh = 'DROP SCHEMA IF EXISTS public CASCADE; DROP SCHEMA IF EXISTS kept CASCADE; CREATE SCHEMA kept;';
  await own.executeScript(`${fresh} ${tablesScript}`);
  await own.executeScript(rowsScript());
  const tables = await query(own, "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1");
  const columns = new Map<string, string | undefined>();
  for (const [table] of tables) {
    const counted = await query(
      own,
      `SELECT attname FROM pg_attribute WHERE attrelid = 'public."${table}"'::regclass
       AND pg_get_serial_sequence('public."${table}"', attname) IS NOT NULL`,
    );
    columns.set(String(table), counted[0]?.[0] === undefined ? undefined : String(counted[0][0]));
  }
  await own.executeScript(
    [...columns.keys()].map((table) => `CREATE TABLE kept."${table}" AS TABLE "${table}";`).join(' '),
  );
  return columns;
}

function resetScript(columns: ReadonlyMap<string, string | undefined>): string {
  const names = [...columns.keys()].map((table) => `"${table}"`).join(', ');
  const fill = [...columns].map(([table, counted]) => {
    const next =
      counted &&
      `SELECT setval(pg_get_serial_sequence('"${table}"', '${counted}'), max("${counted}")) FROM "${table}";`;
    return `INSERT INTO "${table}" SELECT * FROM kept."${table}"; ${next ?? ''}`;
  });
  return `SET session_replication_role = replica; TRUNCATE ${names}; ${fill.join(' ')} SET session_replication_role = DEFAULT;`;
}

function rowsScript(): string {
  const inserts = shopRows(SEED).flatMap(([table, rows]) =>
    rows.map((row) => {
      const given = Object.entries(row).filter(([, value]) => value !== undefined);
      const names = given.map(([name]) => `"${name}"`).join(', ');
      return `INSERT INTO "${table}" (${names}) VALUES (${given.map(([, value]) => literal(value)).join(', ')});`;
    }),
  );
  const tags = shopTags().flatMap(({ productId, tagIds }) =>
    tagIds.map((tagId) => `INSERT INTO "_ProductToTag" ("A", "B") VALUES (${productId}, ${tagId});`),
  );
  return [...inserts, ...tags].join('\n');
}

function literal(value: unknown): string {
  if (value === null) return 'NULL';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (value instanceof Date) return `'${value.toISOString()}'`;
  if (value instanceof Uint8Array) return `'\\x${Buffer.from(value).toString('hex')}'`;
  return `'${(typeof value === 'string' ? value : JSON.stringify(value)).replaceAll("'", "''")}'`;
}

/** Two runs write at two moments: that is no difference. */
function withoutMoments(row: string): string {
  return row.replace(/"\d{4}-\d\d-\d\dT[^"]*"/g, (text) =>
    Date.parse(`${text.slice(1, -1)}Z`) >= SHOP_ENDS ? '"now"' : text,
  );
}

async function query(own: SqlDriverAdapter, sql: string): Promise<unknown[][]> {
  const { rows } = await own.queryRaw({ sql, args: [], argTypes: [] });
  return rows;
}
