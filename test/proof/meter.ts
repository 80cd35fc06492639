import { setTimeout } from 'node:timers/promises';
import type {
  SqlDriverAdapter,
  SqlDriverAdapterFactory,
  SqlQuery,
  SqlQueryable,
  Transaction,
} from '@prisma/driver-adapter-utils';

/** What some code asked of the database. */
export interface Usage {
  /** Statements, other than those that begin and end transactions. */
  readonly statements: number;
  /** How many of them had to wait for another one: the longest row of statements that don't overlap. */
  readonly inTurn: number;
  /** Transactions that were begun, and statements outside of one. */
  readonly transactions: number;
  readonly rows: number;
  /** Columns of all rows. */
  readonly values: number;
  /** Statements that read rows with no LIMIT and no list of keys. */
  readonly unlimited: number;
  /** True if a statement did anything but read. */
  readonly wrote: boolean;
}

/** Stands between Prisma and a database, and sees each statement. */
export interface Meter {
  readonly factory: SqlDriverAdapterFactory;
  /** Starts anew. From now on, each statement that names the table `broken` fails. */
  start(broken?: string): void;
  read(): Usage;
  /** True if a statement named the table. */
  names(table: string): boolean;
  /** Waits for statements that nobody waits for. */
  settled(): Promise<void>;
}

/** In milliseconds: nobody in the shop thinks longer than that between two statements. */
const QUIET = 5;

/** In milliseconds: a database in the process would answer before the next statement is on its way. */
const WAY = 1;

interface Statement {
  readonly sql: string;
  readonly began: number;
  ended: number;
  rows: number;
  values: number;
}

/** Makes the meter of a database. */
export function createMeter(database: SqlDriverAdapterFactory): Meter {
  let statements: Statement[] = [];
  let transactions = 0;
  let broken: string | undefined;
  let moment = 0;

  const metered = <Database extends SqlQueryable>(target: Database, isTransaction: boolean): Database => {
    const queryRaw: SqlQueryable['queryRaw'] = async (query) => {
      const statement = begin(query, isTransaction);
      try {
        await setTimeout(WAY);
        const result = await target.queryRaw(breaking(query));
        statement.rows = result.rows.length;
        statement.values = result.rows.length * result.columnNames.length;
        return result;
      } finally {
        statement.ended = moment++;
      }
    };
    const executeRaw: SqlQueryable['executeRaw'] = async (query) => {
      const statement = begin(query, isTransaction);
      try {
        await setTimeout(WAY);
        return await target.executeRaw(breaking(query));
      } finally {
        statement.ended = moment++;
      }
    };
    return replacing<SqlQueryable, Database>(target, { queryRaw, executeRaw });
  };
  const begin = ({ sql }: SqlQuery, isTransaction: boolean): Statement => {
    const statement = { sql, began: moment++, ended: Number.POSITIVE_INFINITY, rows: 0, values: 0 };
    if (!isControl(sql)) {
      statements.push(statement);
      if (!isTransaction) transactions += 1;
    }
    return statement;
  };
  const breaking = (query: SqlQuery): SqlQuery =>
    broken === undefined ? query : { ...query, sql: query.sql.replaceAll(`"${broken}"`, `"no ${broken}"`) };

  const meteredAdapter = (adapter: SqlDriverAdapter): SqlDriverAdapter =>
    replacing<SqlDriverAdapter, SqlDriverAdapter>(metered(adapter, false), {
      startTransaction: async (isolation?: Parameters<SqlDriverAdapter['startTransaction']>[0]) => {
        transactions += 1;
        return metered<Transaction>(await adapter.startTransaction(isolation), true);
      },
    });

  return {
    factory: replacing<SqlDriverAdapterFactory, SqlDriverAdapterFactory>(database, {
      connect: async () => meteredAdapter(await database.connect()),
    }),
    start: (table) => {
      statements = [];
      transactions = 0;
      broken = table;
    },
    names: (table) => statements.some(({ sql }) => sql.includes(`"${table}"`)),
    settled: async () => {
      for (let seen = -1; seen !== moment; ) {
        seen = moment;
        await setTimeout(QUIET);
      }
    },
    read: () => ({
      statements: statements.length,
      inTurn: inTurn(statements),
      transactions,
      rows: sum(statements, ({ rows }) => rows),
      values: sum(statements, ({ values }) => values),
      unlimited: statements.filter(({ sql }) => isUnlimited(sql)).length,
      wrote: statements.some(({ sql }) => !/^\s*SELECT\b/i.test(sql)),
    }),
  };
}

/** The object with some of its methods replaced; all others stay its own. */
function replacing<Part extends object, Target extends Part>(target: Target, methods: Partial<Part>): Target {
  return new Proxy(target, {
    get(object, key) {
      const own: unknown = Reflect.get(key in methods ? methods : object, key);
      return typeof own === 'function' ? own.bind(object) : own;
    },
  });
}

function isControl(sql: string): boolean {
  return /^\s*(BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE)\b/i.test(sql);
}

function isUnlimited(sql: string): boolean {
  return /^\s*SELECT\b/i.test(sql) && !/\bLIMIT\b/i.test(sql) && !/\b(COUNT|SUM|AVG|MIN|MAX)\(/i.test(sql);
}

/** The most statements of which each began when the one before had ended. */
function inTurn(statements: readonly Statement[]): number {
  let last = Number.NEGATIVE_INFINITY;
  let count = 0;
  for (const { began, ended } of [...statements].sort((a, b) => a.ended - b.ended)) {
    if (began < last) continue;
    last = ended;
    count += 1;
  }
  return count;
}

function sum<Item>(items: readonly Item[], size: (item: Item) => number): number {
  return items.reduce((total, item) => total + size(item), 0);
}
