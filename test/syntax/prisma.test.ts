import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AttributeFact, ModelFact, SchemaValue } from '../../server/core/syntax/prisma/facts';
import { readPrismaFacts } from '../../server/core/syntax/prisma/readPrismaFacts';
import type { Range } from '../../server/core/text/range';

function onlyModel(text: string): ModelFact {
  const [model] = readPrismaFacts(text).models;
  assert.ok(model, 'the text declares a model');
  return model;
}

/** A value as it would be written, without its spaces. */
function written(value: SchemaValue): string {
  if (value.kind === 'string') return JSON.stringify(value.value);
  if (value.kind === 'number') return value.value;
  if (value.kind === 'list') return `[${value.values.map(written).join(',')}]`;
  return value.arguments.length > 0 ? `${value.value}(${value.arguments.map(argument).join(',')})` : value.value;
}

function argument({ name, value }: AttributeFact['arguments'][number]): string {
  return name === undefined ? written(value) : `${name}:${written(value)}`;
}

function attributes(facts: readonly AttributeFact[]): string[] {
  return facts.map(({ name, arguments: args }) => `${name}(${args.map(argument).join(',')})`);
}

function at(text: string, { start, end }: Range): string {
  return text.slice(start, end);
}

test('reads models, views, types, enums, datasources and generators', () => {
  const facts = readPrismaFacts(`
datasource db {
  provider     = "postgresql"
  url          = env("DATABASE_URL")
  relationMode = "prisma"
}
generator client {
  provider        = "prisma-client-js"
  output          = "../generated"
  previewFeatures = ["views", "relationJoins"]
}
model User {
  id Int @id
}
view Report {
  id Int @unique
}
type Address {
  street String
}
enum Role {
  ADMIN  @map("admin")
  MEMBER // the usual
  @@map("roles")
}`);
  assert.deepEqual(
    facts.models.map(({ kind, name }) => `${kind} ${name}`),
    ['model User', 'view Report', 'type Address'],
  );
  assert.deepEqual(
    facts.enums.map(({ name, values }) => [name, values]),
    [['Role', ['ADMIN', 'MEMBER']]],
  );
  const settings = [...facts.datasources, ...facts.generators].flatMap((block) =>
    block.settings.map(({ name, value }) => `${block.name}.${name}=${written(value)}`),
  );
  assert.deepEqual(settings, [
    'db.provider="postgresql"',
    'db.url=env("DATABASE_URL")',
    'db.relationMode="prisma"',
    'client.provider="prisma-client-js"',
    'client.output="../generated"',
    'client.previewFeatures=["views","relationJoins"]',
  ]);
});

test('reads field types', () => {
  const { fields } = onlyModel(`model A {
    plain String
    maybe Int?
    many  Post[]
    other Unsupported("circle")?
    enumerated Role @default(ADMIN)
  }`);
  assert.deepEqual(
    fields.map(({ name, type, list, optional }) => [name, type, list, optional]),
    [
      ['plain', 'String', false, false],
      ['maybe', 'Int', false, true],
      ['many', 'Post', true, false],
      ['other', 'Unsupported', false, true],
      ['enumerated', 'Role', false, false],
    ],
  );
});

test('reads every form of attribute', () => {
  const model = onlyModel(`model A {
    id        String   @id @default(dbgenerated("gen_random_uuid()")) @db.Uuid
    price     Decimal  @db.Decimal(10, 2) @default(-1.5)
    author    User     @relation("Written", fields: [authorId], references: [id], onDelete: Cascade)
    tags      String[] @default(["a", "b"])
    quoted    String   @default("say \\"hi\\"\\n")
    @@id([a, b])
    @@index(a)
    @@index([a(sort: Desc), b(ops: raw("x"))], type: Hash, map: "x")
    @@unique(fields: [a], name: "by_a")
    @@index([address.street, url(length: 10)])
    @@ignore
    @@schema("auth")
  }`);
  assert.deepEqual(
    model.fields.map((field) => attributes(field.attributes)),
    [
      ['id()', 'default(dbgenerated("gen_random_uuid()"))', 'db.Uuid()'],
      ['db.Decimal(10,2)', 'default(-1.5)'],
      ['relation("Written",fields:[authorId],references:[id],onDelete:Cascade)'],
      ['default(["a","b"])'],
      ['default("say \\"hi\\"\\n")'],
    ],
  );
  assert.deepEqual(attributes(model.attributes), [
    'id([a,b])',
    'index(a)',
    'index([a(sort:Desc),b(ops:raw("x"))],type:Hash,map:"x")',
    'unique(fields:[a],name:"by_a")',
    'index([address.street,url(length:10)])',
    'ignore()',
    'schema("auth")',
  ]);
});

test('attributes may go over several lines, with comments anywhere', () => {
  const model = onlyModel(`model A {
    author User /* who */ @relation( // the one that wrote it
      fields: [authorId], /* ours */
      // theirs:
      references: [id]
    )
    @@index([
      a, // first
      b
    ])
  }`);
  assert.deepEqual(attributes(model.fields[0]?.attributes ?? []), ['relation(fields:[authorId],references:[id])']);
  assert.deepEqual(attributes(model.attributes), ['index([a,b])']);
});

test('offsets point at what is named, also after a BOM, CRLF, tabs and emoji', () => {
  const text =
    '\uFEFF// 🎉\r\nmodel User {\r\n\tid   Int @id // 🎈\r\n\tname String @map("n") // trailing\r\n\r\n\t@@index([name(sort: Desc)], map: "x")\r\n}\r\n';
  const model = onlyModel(text);
  const [, name] = model.fields;
  assert.ok(name);
  assert.equal(at(text, model.nameRange), 'User');
  assert.ok(at(text, model.range).startsWith('model User {') && at(text, model.range).endsWith('}'));
  assert.equal(at(text, name.nameRange), 'name');
  assert.equal(at(text, name.range), 'name String @map("n")');
  const [index] = model.attributes;
  assert.ok(index);
  assert.equal(at(text, index.range), '@@index([name(sort: Desc)], map: "x")');
  assert.deepEqual(
    index.arguments.map(({ range }) => at(text, range)),
    ['[name(sort: Desc)]', 'map: "x"'],
  );
});

test('what people say about a model or a field is kept with it', () => {
  const model = onlyModel(`
// Not about it.

/// People who log in
// and pay
model User {
  /// made by the shop
  externalId String // theirs

  name String
}`);
  assert.equal(model.documentation, 'People who log in\nand pay\nmade by the shop\ntheirs');
  assert.deepEqual(
    model.fields.map(({ documentation }) => documentation),
    ['made by the shop\ntheirs', ''],
  );
});

test('ignore directives are found', () => {
  const [directive] = readPrismaFacts(
    'model A {\n  // perf-hints-ignore redundant-index: measured\n  @@index([a])\n}',
  ).directives;
  assert.deepEqual(
    directive?.rules.map(({ id }) => id),
    ['redundant-index'],
  );
  assert.equal(directive?.reason, 'measured');
});

test('a block that is not closed ends where the next begins', () => {
  const { models } = readPrismaFacts('model A {\n  id Int @id\n\nmodel B {\n  id Int @id\n}');
  assert.deepEqual(
    models.map(({ name, fields }) => [name, fields.length]),
    [
      ['A', 1],
      ['B', 1],
    ],
  );
});

test('a field may be called as a keyword is', () => {
  const { fields } = onlyModel('model A {\n  model String\n  type Int\n  view String @map("v")\n  enum Role\n}');
  assert.deepEqual(
    fields.map(({ name }) => name),
    ['model', 'type', 'view', 'enum'],
  );
});

test('an attribute that breaks off keeps what its line says, and the rest of the block goes on', () => {
  for (const broken of ['@@index([a, b', '@@index([a, b,', '@@index([a, b]', '@@index([a, b], map:']) {
    const model = onlyModel(`model A {\n  id Int @id\n  ${broken}\n  later String @unique\n  @@unique([c])\n}`);
    assert.deepEqual(attributes(model.attributes), ['index([a,b])', 'unique([c])'], broken);
    assert.deepEqual(
      model.fields.map(({ name }) => name),
      ['id', 'later'],
      broken,
    );
  }
});

test('half-written fields take nothing else with them', () => {
  for (const broken of [
    'na',
    'name ',
    'name String @',
    'name String @default(',
    'name String @relation(fields: [',
    '@@',
    '@@index(',
    '???',
    'name "x',
    '/* open',
  ]) {
    const model = onlyModel(`model A {\n  id Int @id\n  ${broken}\n  email String @unique\n}`);
    const email = model.fields.find(({ name }) => name === 'email');
    assert.deepEqual(attributes(email?.attributes ?? []), ['unique()'], broken);
  }
});

test('no beginning of a schema makes it fail', () => {
  const text = `datasource db {\n provider = "x"\n}\n/// doc\nmodel A {\n id Int @id @default(autoincrement())\n b B? @relation("x", fields: [bId], references: [id])\n @@index([a(sort: Desc), b], map: "m\\"")\n}\nenum E { A B }\n`;
  const whole = readPrismaFacts(text);
  for (let length = 0; length <= text.length; length++) {
    const facts = readPrismaFacts(text.slice(0, length));
    assert.ok(facts.models.length <= whole.models.length);
    for (const model of facts.models) assert.ok(model.range.end <= length);
  }
});

test('text that is no schema gives no facts', () => {
  for (const text of [
    '',
    '\uFEFF',
    '}}}}',
    '@@@@((((',
    '"""""',
    'model',
    'model A',
    '{'.repeat(1000),
    'a(b['.repeat(5000),
    '/*'.repeat(5000),
  ]) {
    assert.deepEqual(readPrismaFacts(text).models, []);
  }
  assert.equal(readPrismaFacts(`model A {\n  @@index(${'['.repeat(20_000)}\n  id Int\n}`).models[0]?.fields.length, 1);
});
