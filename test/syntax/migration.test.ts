import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MigrationStatement } from '../../server/core/syntax/documentFacts';
import { readMigrationFacts } from '../../server/core/syntax/prisma/readMigrationFacts';

/** What a migration does, a line a statement. */
function deeds(sql: string): string[] {
  return readMigrationFacts(sql).statements.map(deed);
}

function deed(statement: MigrationStatement): string {
  switch (statement.kind) {
    case 'create-columns':
      return `columns ${statement.columns.join('|')} of ${statement.table}`;
    case 'create-index': {
      const { name, table, unique, method, columns, partial } = statement;
      return `${unique ? 'unique' : 'index'} ${name} on ${table} ${method} (${columns.join('|')})${partial ? ' partial' : ''}`;
    }
    case 'create-foreign-key':
      return `foreign key ${statement.name} on ${statement.table} (${statement.columns.join('|')})`;
    case 'drop-index':
      return `drop ${statement.name}${statement.table === undefined ? '' : ` of ${statement.table}`}`;
    case 'drop-table':
      return `drop table ${statement.table}`;
    case 'drop-column':
      return `drop column ${statement.table}.${statement.column}`;
    case 'rename-table':
      return `rename ${statement.table} to ${statement.to}`;
    case 'rename-column':
      return `rename ${statement.table}.${statement.column} to ${statement.to}`;
    case 'rename-index':
      return `rename index ${statement.name} to ${statement.to}`;
  }
}

test('indexes are read in every form that PostgreSQL knows', () => {
  assert.deepEqual(
    deeds(`
-- CreateIndex "not this one"
CREATE INDEX "a_idx" ON "A"("x", "y");
create unique index concurrently if not exists a_key on public.a using btree (x desc nulls last, y text_pattern_ops);
CREATE INDEX "a_hash" ON "auth"."A" USING HASH ("x");
CREATE INDEX "a_part" ON "A" ("x") INCLUDE ("z") WHERE "y" = 'WHERE; it''s';
CREATE INDEX a_lower ON "A" (lower("email"), "x");
CREATE INDEX ON ONLY "A" ((meta->>'source'));`),
    [
      'index a_idx on A btree (x|y)',
      'unique a_key on a btree (x|y)',
      'index a_hash on A hash (x)',
      'index a_part on A btree (x) partial',
      'index a_lower on A btree (lower("email")|x)',
      "index  on A btree ((meta->>'source'))",
    ],
  );
});

test('constraints are unique indexes of their name, or foreign keys', () => {
  assert.deepEqual(
    deeds(`
ALTER TABLE "A" ADD COLUMN "x" INT NOT NULL DEFAULT 1,
  ADD CONSTRAINT "A_pkey" PRIMARY KEY ("id", "x"),
  ADD CONSTRAINT "A_x_key" UNIQUE ("x"),
  ADD CONSTRAINT "A_b_fkey" FOREIGN KEY ("b") REFERENCES "B"("id");
CREATE TABLE "C" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  "price" DECIMAL(10, 2),
  CONSTRAINT "C_pkey" PRIMARY KEY ("id"),
  UNIQUE ("price"),
  FOREIGN KEY ("a", "b") REFERENCES "A" ("id", "x") ON DELETE CASCADE
);`),
    [
      'columns x of A',
      'unique A_pkey on A btree (id|x)',
      'unique A_x_key on A btree (x)',
      'foreign key A_b_fkey on A (b)',
      'columns id|price of C',
      'unique C_pkey on C btree (id)',
      'unique  on C btree (price)',
      'foreign key C_a_b_fkey on C (a|b)',
    ],
  );
});

test('MySQL: indexes within tables, prefixes of columns, drops with their table', () => {
  assert.deepEqual(
    deeds(
      'CREATE TABLE `T` (`id` INT, `url` VARCHAR(191), UNIQUE INDEX `T_url_key`(`url`), INDEX `T_a_idx`(`url`(20), `id`), FULLTEXT INDEX `f`(`url`), PRIMARY KEY (`id`)) DEFAULT CHARACTER SET utf8mb4;\n' +
        'DROP INDEX `T_a_idx` ON `T`;\nALTER TABLE `T` DROP INDEX `T_url_key`, ADD INDEX `b`(`id`), RENAME INDEX `b` TO `c`, DROP PRIMARY KEY;',
    ),
    [
      'columns id|url of T',
      'unique T_url_key on T btree (url)',
      'index T_a_idx on T btree (url|id)',
      'unique PRIMARY on T btree (id)',
      'drop T_a_idx of T',
      'drop T_url_key of T',
      'index b on T btree (id)',
      'rename index b to c',
      'drop PRIMARY of T',
    ],
  );
});

test('drops and renames', () => {
  assert.deepEqual(
    deeds(`
DROP INDEX CONCURRENTLY IF EXISTS "auth"."a", b;
DROP TABLE IF EXISTS "A", "B" CASCADE;
ALTER TABLE "C" DROP CONSTRAINT IF EXISTS "C_pkey", DROP COLUMN "x", DROP "y";
ALTER TABLE "new_C" RENAME TO "C";
ALTER TABLE "C" RENAME COLUMN "a" TO "b";
ALTER TABLE "C" RENAME CONSTRAINT "c1" TO "c2";
ALTER INDEX IF EXISTS "i1" RENAME TO "i2";`),
    [
      'drop a',
      'drop b',
      'drop table A',
      'drop table B',
      'drop C_pkey of C',
      'drop column C.x',
      'drop column C.y',
      'rename new_C to C',
      'rename C.a to b',
      'rename index c1 to c2',
      'rename index i1 to i2',
    ],
  );
});

test('statements within DO blocks count, text and comments do not', () => {
  assert.deepEqual(
    deeds(`
/* CREATE INDEX "no" ON "A"("x"); */
INSERT INTO "log" VALUES ('CREATE INDEX "no" ON "A"("x");');
DO $$
BEGIN
  IF NOT EXISTS (SELECT 1) THEN
    CREATE INDEX "yes" ON "A"("x");
  END IF;
END $$;`),
    ['index yes on A btree (x)'],
  );
});

test('the offsets are those of the statement', () => {
  const sql = 'SELECT 1;\nCREATE INDEX "a" ON "A"("x") WHERE true;\n';
  const [statement] = readMigrationFacts(sql).statements;
  assert.ok(statement?.kind === 'create-index');
  assert.equal(sql.slice(statement.start, statement.end), 'CREATE INDEX "a" ON "A"("x") WHERE true');
});

test('broken SQL gives fewer facts and never fails', () => {
  const sql =
    'CREATE UNIQUE INDEX "a" ON "A" USING hash ("x"(10), lower(y)) WHERE z;ALTER TABLE "A" ADD CONSTRAINT "k" UNIQUE ("x");';
  for (let length = 0; length <= sql.length; length++) {
    assert.ok(readMigrationFacts(sql.slice(0, length)).statements.length <= 2);
  }
  for (const text of [
    '',
    '"',
    "'",
    '$$',
    '/*',
    'CREATE INDEX',
    'CREATE INDEX ON',
    '(((',
    'ALTER TABLE',
    'DROP INDEX',
  ]) {
    assert.deepEqual(readMigrationFacts(text).statements, []);
  }
});
