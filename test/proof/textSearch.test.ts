import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { analyzeTexts } from '../support/analyzeTexts';

const ROWS = 5000;
const TABLES = `CREATE TABLE "Album" ("id" INTEGER NOT NULL PRIMARY KEY, "title" TEXT NOT NULL);
CREATE TABLE "Song" ("id" INTEGER NOT NULL PRIMARY KEY, "title" TEXT NOT NULL, "artist" VARCHAR(80) NOT NULL, "albumId" INTEGER NOT NULL);
CREATE INDEX "Song_albumId_idx" ON "Song"("albumId");
CREATE UNIQUE INDEX "Song_title_key" ON "Song"("title");
`;
const texts = new Map([
  ['migrations/20200101000000_first/migration.sql', TABLES],
  [
    'schema.prisma',
    `datasource db {
  provider = "postgresql"
}

model Album {
  id    Int    @id
  title String
  songs Song[]
}

model Song {
  id      Int    @id
  title   String @unique
  artist  String @db.VarChar(80)
  albumId Int
  album   Album  @relation(fields: [albumId], references: [id])

  @@index([albumId])
}
`,
  ],
  [
    'search.ts',
    `import { prisma } from './db';

export const find = (word: string) =>
  prisma.song.findMany({
    where: { OR: [{ title: { contains: word, mode: 'insensitive' } }, { artist: { endsWith: word } }] },
    take: 20,
  });

export const onAlbum = (word: string) =>
  prisma.song.count({ where: { album: { title: { contains: word } } } });
`,
  ],
]);

/** What Prisma 7 sends, with the values that it sends along. */
const STATEMENTS: readonly (readonly [name: string, sql: string, word: string, index: string])[] = [
  ['contains', `SELECT * FROM "Song" WHERE "title"::text LIKE ('%' || $1 || '%') OFFSET 0`, 'ab12f', 'Song_'],
  ['contains, insensitive', `SELECT * FROM "Song" WHERE "title" ILIKE ('%' || $1 || '%') OFFSET 0`, 'AB12F', 'Song_'],
  ['endsWith', `SELECT * FROM "Song" WHERE "artist"::text LIKE ('%' || $1) OFFSET 0`, 'ab12f', 'Song_'],
  ['startsWith, insensitive', `SELECT * FROM "Song" WHERE "title" ILIKE ($1 || '%') OFFSET 0`, 'Song ab12', 'Song_'],
  [
    'OR of two columns',
    `SELECT * FROM "Song" WHERE ("title" ILIKE ('%' || $1 || '%') OR "artist"::text LIKE ('%' || $1)) LIMIT 20`,
    'ab12f',
    'Song_',
  ],
  [
    'through a relation',
    `SELECT COUNT(*) FROM "Song" LEFT JOIN "Album" AS "j0" ON ("j0"."id") = ("Song"."albumId")
     WHERE ("j0"."title"::text LIKE ('%' || $1 || '%') AND ("j0"."id" IS NOT NULL))`,
    'ab12f',
    'Album_title_idx',
  ],
];
const WHOLE_VALUE = `SELECT * FROM "Song" WHERE "title" ILIKE $1 LIMIT 1 OFFSET 0`;
const OR_OF_TWO_TABLES = `SELECT * FROM "Song" LEFT JOIN "Album" AS "j0" ON ("j0"."id") = ("Song"."albumId")
  WHERE ("Song"."title"::text LIKE ('%' || $1 || '%') OR ("j0"."title"::text LIKE ('%' || $1 || '%') AND ("j0"."id" IS NOT NULL)))`;

describe('the index of trigrams that a fix adds', () => {
  let db: PGlite;
  const indexes = async (sql: string, word: string): Promise<{ cost: number; names: string[] }> => {
    const { rows } = await db.query<{ readonly 'QUERY PLAN': readonly [{ readonly Plan: { 'Total Cost': number } }] }>(
      `EXPLAIN (FORMAT JSON) ${sql}`,
      [word],
    );
    const plan = rows[0]?.['QUERY PLAN'][0].Plan;
    const names = [...JSON.stringify(plan).matchAll(/"Index Name":"([^"]+)"/g)].map(([, name = '']) => name);
    return { cost: plan?.['Total Cost'] ?? Number.NaN, names };
  };
  const costs = new Map<string, number>();

  before(async () => {
    db = await PGlite.create({ extensions: { pg_trgm } });
    await db.exec(`${TABLES}
      INSERT INTO "Album" SELECT i, 'Album ' || md5(i::text) FROM generate_series(1, ${ROWS}) i;
      INSERT INTO "Song" SELECT i, 'Song ' || md5((i * 7)::text), 'Artist ' || md5((i * 13)::text), i FROM generate_series(1, ${ROWS}) i;
      ANALYZE;`);
    for (const [name, sql, word] of STATEMENTS) costs.set(name, (await indexes(sql, word)).cost);

    const { findings, sources } = analyzeTexts(texts);
    const searches = findings.filter(({ rule }) => rule === 'unindexable-text-search');
    assert.equal(searches.length, 2);
    for (const finding of searches) {
      const fix = finding.fixes(sources).find(({ title }) => title.includes('create 2 migrations'));
      for (const { edits } of (fix?.edits ?? []).filter(({ create }) => create)) {
        await db.exec(edits.map(({ newText }) => newText).join(''));
      }
    }
    await db.exec('VACUUM ANALYZE');
  });
  after(() => db.close());

  for (const [name, sql, word, index] of STATEMENTS) {
    it(`is what PostgreSQL goes by: ${name}`, async () => {
      const { cost, names } = await indexes(sql, word);
      assert.ok(
        names.some((used) => used.startsWith(index) && used !== 'Song_title_key'),
        `by ${names.join(', ') || 'no index'}`,
      );
      const without = costs.get(name) ?? Number.NaN;
      assert.ok(cost < without, `costs ${cost}, without it ${without}`);
    });
  }

  it('is not offered where PostgreSQL does not go by it: an OR over two tables, a whole value', async () => {
    assert.deepEqual((await indexes(OR_OF_TWO_TABLES, 'ab12f')).names, []);
    assert.deepEqual((await indexes(WHOLE_VALUE, 'SONG 8F14E45FCEEA167A5A36DEDD4BEA2543')).names, []);
    const code = `import { prisma } from './db';
export const find = (word: string) =>
  prisma.song.findMany({ where: { OR: [{ title: { contains: word } }, { album: { title: { contains: word } } }] }, take: 9 });
export const named = (title: string) =>
  prisma.song.findFirst({ where: { title: { equals: title, mode: 'insensitive' } } });
`;
    const { findings, sources } = analyzeTexts(new Map([...texts, ['search.ts', code]]));
    const searches = findings.filter(({ rule }) => rule === 'unindexable-text-search');
    assert.deepEqual(
      searches.map((search) => search.fixes(sources)),
      [[], []],
    );
  });
});
