import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  coversEquality,
  isUniqueField,
  isUniqueKey,
  leadsOrEndsUniqueKey,
} from '../../server/core/model/schemas/indexCoverage';
import { joinSchemas } from '../../server/core/model/schemas/joinSchemas';
import type { Model, Schema } from '../../server/core/model/schemas/schema';
import { createSchemaChoice } from '../../server/core/model/schemas/schemaChoice';
import type { DocumentFacts } from '../../server/core/syntax/documentFacts';
import { readFacts } from '../../server/core/syntax/readFacts';

function schemasOf(texts: Readonly<Record<string, string>>): Schema[] {
  const documents = new Map<string, DocumentFacts>();
  for (const [file, text] of Object.entries(texts)) {
    const facts = readFacts(file, text);
    if (facts) documents.set(file, facts);
  }
  return joinSchemas(documents);
}

function modelOf(texts: Readonly<Record<string, string>>, name: string): Model {
  const model = schemasOf(texts)[0]?.models.get(name);
  assert.ok(model, `the schema has a model ${name}`);
  return model;
}

function indexesOf(model: Model): string[] {
  return model.indexes.map(({ kind, fields, type, partial, attribute }) => {
    const columns = fields.map(({ name }) => name).join();
    return `${kind}(${columns})${type ? ` ${type}` : ''}${partial ? ' partial' : ''}${attribute ? '' : ' migration'}`;
  });
}

const DATASOURCE = 'datasource db {\n  provider = "postgresql"\n}\n';

test('the files of a folder with a datasource make one schema', () => {
  const [schema, ...others] = schemasOf({
    'package.json': '{}',
    'packages/db/package.json': '{}',
    'packages/db/prisma/schema.prisma': `${DATASOURCE}generator client {\n  provider = "prisma-client"\n  output = "../src/generated"\n}\n`,
    'packages/db/prisma/user.prisma': 'model User {\n  id Int @id\n  posts Post[]\n}',
    'packages/db/prisma/models/post.prisma':
      'model Post {\n  id Int @id\n  userId Int\n  user User @relation(fields: [userId], references: [id])\n}',
  });
  assert.equal(others.length, 0);
  assert.deepEqual(schema?.files, [
    'packages/db/prisma/models/post.prisma',
    'packages/db/prisma/schema.prisma',
    'packages/db/prisma/user.prisma',
  ]);
  assert.equal(schema.folder, 'packages/db/prisma');
  assert.equal(schema.packageFolder, 'packages/db');
  assert.equal(schema.provider, 'postgresql');
  assert.deepEqual(schema.outputs, ['packages/db/src/generated']);
  assert.equal(schema.models.get('Post')?.fields.get('user')?.relation?.inverse, 'posts');
});

test('several schemas in one workspace stay apart, copies too', () => {
  const user = 'model User {\n  id Int @id\n}\n';
  const schemas = schemasOf({
    'apps/a/prisma/schema.prisma': DATASOURCE + user,
    'apps/b/schema.prisma': DATASOURCE + user,
    'apps/a/prisma/old/schema-2023.prisma': user,
    'docs/fragment.prisma': user,
  });
  assert.deepEqual(
    schemas.map(({ files }) => files.join()),
    [
      'apps/a/prisma/schema.prisma',
      'apps/b/schema.prisma',
      'apps/a/prisma/old/schema-2023.prisma',
      'docs/fragment.prisma',
    ],
  );
});

test('a package with a schema for each kind of database serves those that depend on it', () => {
  const documents = new Map<string, DocumentFacts>();
  const texts = {
    'packages/db/package.json': '{ "name": "@shop/db" }',
    'packages/db/mysql/schema.prisma': 'datasource db {\n  provider = "mysql"\n}\nmodel User {\n  id Int @id\n}\n',
    'packages/db/postgres/schema.prisma': `${DATASOURCE}model User {\n  id Int @id\n}\n`,
    'packages/log/package.json': '{ "name": "@shop/log" }',
    'packages/log/schema.prisma': `${DATASOURCE}model Line {\n  id Int @id\n}\n`,
    'apps/api/package.json': '{ "dependencies": { "@shop/db": "*" } }',
    'apps/both/package.json': '{ "dependencies": { "@shop/db": "*", "@shop/log": "*" } }',
  };
  for (const [file, text] of Object.entries(texts)) {
    const facts = readFacts(file, text);
    if (facts) documents.set(file, facts);
  }
  const schemaFor = createSchemaChoice(documents, joinSchemas(documents));
  assert.equal(schemaFor('apps/api/src/users.ts')?.packageFolder, 'packages/db');
  assert.equal(schemaFor('apps/both/src/users.ts'), undefined);
});

test('MongoDB has no foreign keys, other databases have them unless told otherwise', () => {
  const mode = (lines: string) => schemasOf({ 's.prisma': `datasource db {\n${lines}\n}` })[0]?.relationMode;
  assert.equal(mode('provider = "mysql"'), 'foreignKeys');
  assert.equal(mode('provider = "mysql"\nrelationMode = "prisma"'), 'prisma');
  assert.equal(mode('provider = "mysql"\nreferentialIntegrity = "prisma"'), 'prisma');
  assert.equal(mode('provider = "mongodb"'), 'prisma');
});

test('only clients are outputs, in whatever way their path is written', () => {
  const generator = (provider: string, output: string) =>
    `generator g {\n  provider = "${provider}"\n  output = "${output}"\n}\n`;
  const [schema] = schemasOf({
    'a/b/schema.prisma':
      generator('prisma-client-js', './client/') +
      generator('prisma-client', '../../x/../y') +
      generator('prisma-erd', '../erd.svg'),
  });
  assert.deepEqual(schema?.outputs, ['a/b/client', 'y']);
});

test('fields know what they hold, and relations both their sides', () => {
  const model = modelOf(
    {
      's.prisma': `
model User {
  id       Int      @id
  role     Role
  home     Address?
  bossId   Int?
  boss     User?    @relation("boss", fields: [bossId], references: [id], onDelete: SetNull)
  staff    User[]   @relation("boss")
  written  Post[]   @relation("author")
  reviewed Post[]   @relation(name: "reviewer")
}
model Post {
  id Int @id
  authorId Int
  reviewerId Int
  author   User @relation("author", fields: [authorId], references: [id])
  reviewer User @relation("reviewer", fields: [reviewerId], references: [id])
}
type Address {
  street String
}
enum Role {
  ADMIN
}`,
    },
    'User',
  );
  const kinds = [...model.fields.values()].map(({ name, kind, relation }) =>
    relation ? `${name} ${relation.model}.${relation.inverse} [${relation.fields}]` : `${name} ${kind}`,
  );
  assert.deepEqual(kinds, [
    'id scalar',
    'role enum',
    'home composite',
    'bossId scalar',
    'boss User.staff [bossId]',
    'staff User.boss []',
    'written Post.author []',
    'reviewed Post.reviewer []',
  ]);
  assert.equal(model.fields.get('boss')?.relation?.onDelete, 'SetNull');
  assert.equal(model.accessor, 'user');
});

test('indexes come in the order of the schema, those that live only in migrations last', () => {
  const model = modelOf(
    {
      'prisma/schema.prisma': `${DATASOURCE}
model Pet {
  id      Int    @id
  chip    String @unique
  ownerId Int    @map("owner_id")
  name    String
  @@index([ownerId, name(sort: Desc)])
  @@fulltext([name])
  @@index([name], type: Hash, map: "pet_hash")
  @@map("pets")
}`,
      'prisma/migrations/2_b/migration.sql':
        'DROP INDEX "gone";\nALTER TABLE "pets" RENAME COLUMN "owner" TO "owner_id";\nCREATE INDEX "other" ON "Pet" ("name");',
      'prisma/migrations/1_a/migration.sql': `
CREATE INDEX "gone" ON "pets" ("name");
CREATE UNIQUE INDEX "pets_chip_key" ON "pets" ("chip");
CREATE INDEX "pets_owner_id_name_idx" ON "pets" ("owner_id", "name" DESC);
CREATE INDEX "pet_hash" ON "pets" USING HASH ("name");
CREATE INDEX "owned" ON "pets" ("owner") WHERE "name" IS NOT NULL;
CREATE INDEX "lower_name" ON "pets" (lower("name"));`,
    },
    'Pet',
  );
  assert.deepEqual(indexesOf(model), [
    'id(id)',
    'unique(chip)',
    'index(ownerId,name)',
    'fulltext(name)',
    'index(name) Hash',
    'index(ownerId) partial migration',
    'index(lower("name")) migration',
  ]);
});

test('a table that SQLite makes anew loses its indexes', () => {
  const model = modelOf(
    {
      'prisma/schema.prisma': 'datasource db {\n  provider = "sqlite"\n}\nmodel T {\n  id Int @id\n  a Int\n  b Int\n}',
      'prisma/migrations/1/migration.sql':
        'CREATE INDEX "a" ON "T"("a");CREATE TABLE "new_T" ("id" INTEGER NOT NULL PRIMARY KEY);DROP TABLE "T";ALTER TABLE "new_T" RENAME TO "T";CREATE INDEX "b" ON "T"("b");',
    },
    'T',
  );
  assert.deepEqual(indexesOf(model), ['id(id)', 'index(b) migration']);
});

test('migrations one folder up belong to a schema folder, unless another schema is at home there', () => {
  const migration = { 'prisma/migrations/1/migration.sql': 'CREATE INDEX "a" ON "T"("a");' };
  const text = `${DATASOURCE}model T {\n  id Int @id\n  a Int\n}`;
  assert.equal(modelOf({ 'prisma/schema/main.prisma': text, ...migration }, 'T').indexes.length, 2);
  const [, inner] = schemasOf({ 'prisma/a.prisma': text, 'prisma/schema/main.prisma': text, ...migration });
  assert.equal(inner?.models.get('T')?.indexes.length, 1);
});

test('a key is unique when equality fixes all its columns, whatever else is fixed', () => {
  const model = modelOf(
    {
      'prisma/schema.prisma': `${DATASOURCE}model M {\n  a Int\n  b Int\n  c Int @unique\n  d Int\n  @@id([a, b])\n  @@index([d])\n}`,
      'prisma/migrations/1/migration.sql': 'CREATE UNIQUE INDEX "d" ON "M"("d", "a") WHERE "a" > 0;',
    },
    'M',
  );
  assert.equal(isUniqueKey(model, ['b', 'a', 'd']), true);
  assert.equal(isUniqueKey(model, ['a', 'd']), false);
  assert.equal(isUniqueField(model, 'c'), true);
  assert.equal(isUniqueField(model, 'a'), false);
  assert.equal(leadsOrEndsUniqueKey(model, 'b'), true);
  assert.equal(leadsOrEndsUniqueKey(model, 'd'), false);
});

test('an index covers equality on its leading columns in any order, a hash index only on all of it', () => {
  const model = modelOf(
    {
      's.prisma': `${DATASOURCE}model M {\n  id Int @id\n  a Int\n  b Int\n  c Int\n  d Int\n  e Int\n  @@index([a, b, c])\n  @@index([d], type: Hash)\n  @@index([e], type: Brin)\n}`,
    },
    'M',
  );
  assert.equal(coversEquality(model, ['a']), true);
  assert.equal(coversEquality(model, ['b', 'a']), true);
  assert.equal(coversEquality(model, ['a', 'c']), false);
  assert.equal(coversEquality(model, ['b']), false);
  assert.equal(coversEquality(model, ['d']), true);
  assert.equal(coversEquality(model, ['e']), false);
  assert.equal(coversEquality(model, ['e', 'id']), true);
});
