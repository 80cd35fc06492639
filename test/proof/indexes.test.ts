import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { PGlite } from '@electric-sql/pglite';
import { defaultConfig } from '../../server/core/config';
import { loadProject } from '../../server/workspace/loadProject';
import { analyzeTexts } from '../support/analyzeTexts';
import { type ProposedIndex, proposedIndexes } from './proposedIndexes';
import { proveIndex } from './proveIndex';

const ROWS = 5000;

let db: PGlite;
before(async () => {
  db = await PGlite.create();
});
after(() => db.close());

const titleOf = ({ finding, model, index }: ProposedIndex) =>
  `${finding.rule} ${model.name}(${index.fields.map(({ name }) => name).join(', ')})`;

describe('the indexes proposed for the demo workspace', async () => {
  const { project, readText } = await loadProject('test/workspace', { config: defaultConfig });
  const proposals = proposedIndexes(project, readText);

  it('are some', () => assert(proposals.length > 2));

  for (const proposed of proposals) {
    it(`are used: ${titleOf(proposed)}`, async () => {
      const proofs = await proveIndex(db, proposed, ROWS);
      assert(
        proofs.some(({ used }) => used),
        `by one of: ${proofs.map(({ sql }) => sql).join('; ')}`,
      );
    });
  }
});

describe('the migrations that a fix creates', () => {
  const FIRST = `CREATE TABLE "Stop" ("id" INTEGER NOT NULL, "zone" INTEGER NOT NULL, "number" INTEGER NOT NULL);
CREATE INDEX "Stop_number_idx" ON "Stop"("number");
`;
  const texts = new Map([
    [
      'prisma/schema.prisma',
      `datasource db {
  provider = "postgresql"
}

model Line {
  zone   Int
  number Int
  stops  Stop[]

  @@id([zone, number])
}

model Stop {
  id     Int  @id
  zone   Int
  number Int
  line   Line @relation(fields: [zone, number], references: [zone, number], onDelete: Cascade)

  @@index([number])
}
`,
    ],
    ['prisma/migrations/20200101000000_first/migration.sql', FIRST],
  ]);

  it('run on PostgreSQL, one after the other, also where the database was mended by hand', async () => {
    const { findings, sources } = analyzeTexts(texts);
    const fix = findings.flatMap((finding) => finding.fixes(sources)).find(({ title }) => title.includes('create'));
    const migrations = (fix?.edits ?? []).filter(({ create }) => create);
    assert.equal(migrations.length, 2);
    await db.exec(FIRST);
    const names = async () => {
      const { rows } = await db.query<{ readonly name: string }>(
        `SELECT c.relname AS name FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
         WHERE i.indrelid = '"Stop"'::regclass AND i.indisvalid`,
      );
      return rows.map(({ name }) => name);
    };
    assert.deepEqual(await names(), ['Stop_number_idx']);
    for (let time = 0; time < 2; time++) {
      for (const { edits } of migrations) await db.exec(edits.map(({ newText }) => newText).join(''));
      assert.deepEqual(await names(), ['Stop_number_zone_idx']);
    }
  });
});
