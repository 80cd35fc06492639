import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createSources } from '../../server/core/fixes/createSources';
import { withMigration } from '../../server/core/fixes/migrationFile';
import { createProject } from '../../server/core/model/project';
import type { Fix } from '../../server/core/rules/rule';
import { readFacts } from '../../server/core/syntax/readFacts';
import { timestampFrom } from '../../server/workspace/timestamp';

interface Change {
  readonly provider?: string;
  /** The attributes of the model `Post` before and after the fix. */
  readonly before?: string;
  readonly after?: string;
  readonly migrations?: Readonly<Record<string, string>>;
  /** Undefined for callers that let no fix create a file. */
  readonly moment?: string | undefined;
}

const TABLE = 'CREATE TABLE "Post" ("id" INT, "authorId" INT, "created_at" INT, "text" TEXT);';
const FIRST = 'prisma/migrations/20290704120000_first/migration.sql';
const SCHEMA = 'prisma/schema.prisma';

function schemaWith(provider: string, attributes: string): string {
  return `datasource db {
  provider = "${provider}"
}

model Post {
  id        Int    @id
  authorId  Int
  createdAt Int    @map("created_at")
  text      String

${attributes}
}
`;
}

/** The fixes that a change of the schema leads to. */
function fixesFor(change: Change): Fix[] {
  const { provider = 'postgresql', before = '', after = '', migrations = { [FIRST]: TABLE } } = change;
  const texts = new Map([[SCHEMA, schemaWith(provider, before)], ...Object.entries(migrations)]);
  const documents = [...texts].map(([file, text]) => [file, readFacts(file, text)] as const);
  const project = createProject(new Map(documents.flatMap(([file, facts]) => (facts ? [[file, facts]] : []))));
  const [schema] = project.schemas;
  assert(schema);
  const range = { start: 0, end: schemaWith(provider, before).length };
  const edits = [{ file: SCHEMA, edits: [{ range, newText: schemaWith(provider, after) }] }];
  const moment = 'moment' in change ? change.moment : '2029-12-31T23:59:59.800Z';
  return withMigration(
    { title: 'Change it (needs a migration)', kind: 'suggestion', edits },
    schema,
    createSources((file) => texts.get(file), moment === undefined ? undefined : timestampFrom(Date.parse(moment))),
  );
}

/** The migrations that come with a change: the folder's name → what its file does. */
function migrationsFor(change: Change): Record<string, string> {
  const [, fix] = fixesFor(change);
  const created = (fix?.edits ?? []).filter(({ create }) => create);
  return Object.fromEntries(
    created.map(({ file, edits }) => [
      file.replace('prisma/migrations/', '').replace('/migration.sql', ''),
      edits.map(({ newText }) => newText.replaceAll(/-- \w+\n/g, '').trim()).join(),
    ]),
  );
}

function sqlFor(change: Change): string {
  return Object.values(migrationsFor(change)).join('\n');
}

describe('a migration for a new index', () => {
  it('is written beside the others, named after what it does, with the schema’s edit', () => {
    const [plain, withFile] = fixesFor({ after: '  @@index([authorId])' });
    assert.equal(plain?.title, 'Change it (needs a migration)');
    assert.equal(withFile?.title, 'Change it and create a migration');
    assert.deepEqual(
      withFile?.edits.map(({ file, create }) => [file, create]),
      [
        [SCHEMA, undefined],
        ['prisma/migrations/20291231235959_add_post_author_id_idx/migration.sql', true],
      ],
    );
  });

  it('uses database names, and the order of the columns', () => {
    assert.equal(
      sqlFor({ after: '  @@index([authorId, createdAt(sort: Desc)])' }),
      'CREATE INDEX CONCURRENTLY IF NOT EXISTS "Post_authorId_created_at_idx" ON "Post"("authorId", "created_at" DESC);',
    );
  });

  it('respects the table’s name and schema, and a name that was given', () => {
    assert.equal(
      sqlFor({
        before: '  @@map("posts")\n  @@schema("blog")',
        after: '  @@index([createdAt], map: "by time")\n  @@map("posts")\n  @@schema("blog")',
        migrations: { [FIRST]: TABLE.replace('"Post"', '"blog"."posts"') },
      }),
      'CREATE INDEX CONCURRENTLY IF NOT EXISTS "by time" ON "blog"."posts"("created_at");',
    );
  });

  const forms: readonly (readonly [provider: string, sql: string])[] = [
    ['cockroachdb', 'CREATE INDEX CONCURRENTLY IF NOT EXISTS "Post_created_at_idx" ON "Post"("created_at" DESC);'],
    ['mysql', 'CREATE INDEX `Post_created_at_idx` ON `Post`(`created_at` DESC);'],
    ['sqlite', 'CREATE INDEX "Post_created_at_idx" ON "Post"("created_at" DESC);'],
    ['sqlserver', 'CREATE NONCLUSTERED INDEX [Post_created_at_idx] ON [dbo].[Post]([created_at] DESC);'],
  ];
  for (const [provider, sql] of forms) {
    it(`speaks the SQL of ${provider}`, () => {
      assert.equal(sqlFor({ provider, after: '  @@index([createdAt(sort: Desc)])' }), sql);
    });
  }

  it('keeps the length of a MySQL prefix', () => {
    const sql = 'CREATE INDEX `Post_text_idx` ON `Post`(`text`(40));';
    assert.equal(sqlFor({ provider: 'mysql', after: '  @@index([text(length: 40)])' }), sql);
  });

  for (const [provider, table, name] of [
    ['postgresql', 'a'.repeat(60), `${'a'.repeat(59)}_idx`],
    ['postgresql', 'ä'.repeat(40), `${'ä'.repeat(29)}_idx`],
    ['mysql', 'a'.repeat(60), `${'a'.repeat(60)}_idx`],
    ['sqlserver', 'a'.repeat(120), `${'a'.repeat(120)}_aut_idx`],
    ['sqlite', 'a'.repeat(200), `${'a'.repeat(200)}_authorId_idx`],
  ] as const) {
    it(`cuts a name that is too long for ${provider} (${table.length} characters of ${table.charAt(0)})`, () => {
      const sql = sqlFor({
        provider,
        before: `  @@map("${table}")`,
        after: `  @@index([authorId])\n  @@map("${table}")`,
        migrations: { [FIRST]: TABLE.replace('"Post"', `"${table}"`) },
      });
      assert.match(sql, new RegExp(`INDEX (IF NOT EXISTS |CONCURRENTLY )*["\`[]${name}["\`\\]] ON`));
    });
  }
});

describe('a migration for an index that goes', () => {
  const gone = {
    before: '  @@index([authorId], map: "old one")',
    migrations: { [FIRST]: `${TABLE}\nCREATE INDEX "old one" ON "Post"("authorId");` },
  };
  const forms: readonly (readonly [provider: string, sql: string])[] = [
    ['postgresql', 'DROP INDEX CONCURRENTLY IF EXISTS "old one";'],
    ['mysql', 'DROP INDEX `old one` ON `Post`;'],
    ['sqlite', 'DROP INDEX "old one";'],
    ['sqlserver', 'DROP INDEX [old one] ON [dbo].[Post];'],
  ];
  for (const [provider, sql] of forms) {
    it(`speaks the SQL of ${provider}`, () => assert.equal(sqlFor({ ...gone, provider }), sql));
  }

  it('comes after the one for its successor on PostgreSQL, a second later', () => {
    assert.deepEqual(migrationsFor({ ...gone, after: '  @@index([authorId, createdAt])' }), {
      '20291231235959_add_post_author_id_created_at_idx':
        'CREATE INDEX CONCURRENTLY IF NOT EXISTS "Post_authorId_created_at_idx" ON "Post"("authorId", "created_at");',
      '20300101000000_drop_old_one': 'DROP INDEX CONCURRENTLY IF EXISTS "old one";',
    });
  });

  it('is one with it elsewhere', () => {
    assert.deepEqual(migrationsFor({ ...gone, provider: 'sqlite', after: '  @@index([authorId, createdAt])' }), {
      '20291231235959_add_post_author_id_created_at_idx':
        'CREATE INDEX "Post_authorId_created_at_idx" ON "Post"("authorId", "created_at");\n\nDROP INDEX "old one";',
    });
  });
});

describe('no migration is offered', () => {
  const index = { after: '  @@index([authorId])' };
  const cases: readonly (readonly [name: string, change: Change])[] = [
    ['where the project has none', { ...index, migrations: {} }],
    ['where no file may be created', { ...index, moment: undefined }],
    ['for a database without them', { ...index, provider: 'mongodb' }],
    [
      'for a table that none has made yet',
      { ...index, migrations: { [FIRST]: 'CREATE TABLE "Other" ("authorId" INT);' } },
    ],
    ['for a column that none has made yet', { ...index, migrations: { [FIRST]: 'CREATE TABLE "Post" ("id" INT);' } }],
    [
      'for an index that one has made already',
      { ...index, migrations: { [FIRST]: `${TABLE} CREATE INDEX "Post_authorId_idx" ON "Post"("authorId");` } },
    ],
    ['for dropping an index that none has made', { before: '  @@index([authorId])' }],
    [
      'for an index that changes and keeps its name',
      {
        before: '  @@index([authorId], map: "one")',
        after: '  @@index([authorId, createdAt], map: "one")',
        migrations: { [FIRST]: `${TABLE}\nCREATE INDEX "one" ON "Post"("authorId");` },
      },
    ],
    ['for an index of a kind of its own', { after: '  @@index([authorId], type: Hash)' }],
    ['for a constraint', { after: '  @@unique([authorId])' }],
    ['that would run before the last', { ...index, moment: '2028-01-01T00:00:00Z' }],
    ['where migrations lie deeper', { ...index, migrations: { 'prisma/migrations/a/1_b/migration.sql': TABLE } }],
  ];
  for (const [name, change] of cases) {
    it(name, () => {
      assert.deepEqual(
        fixesFor(change).map(({ title }) => title),
        ['Change it (needs a migration)'],
      );
    });
  }

  it('but for a column that a later migration added', () => {
    const migrations = { [FIRST]: 'CREATE TABLE "Post" ("id" INT);\nALTER TABLE "Post" ADD COLUMN "authorId" INT;' };
    assert.equal(fixesFor({ ...index, migrations }).length, 2);
  });
});
