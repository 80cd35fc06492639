import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Query } from '../../server/core/model/queries/query';
import { type QueryShape, readQueryShape } from '../../server/core/model/queries/queryShape';
import { boundOf } from '../../server/core/model/queries/rowBound';
import { joinSchemas } from '../../server/core/model/schemas/joinSchemas';
import { readFacts } from '../../server/core/syntax/readFacts';
import { readTypeScriptFacts } from '../../server/core/syntax/typescript/readTypeScriptFacts';

const SCHEMA = `
enum Status {
  OPEN
  PAID
}
model Org {
  id     String  @id
  name   String
  orders Order[]
}
model Order {
  id        Int      @id @default(autoincrement())
  number    String
  reference String   @unique
  orgId     String
  org       Org      @relation(fields: [orgId], references: [id])
  status    Status
  paid      Boolean
  total     Int
  note      String?
  parentId  Int?
  createdAt DateTime
  lines     Line[]
  channelId Int
  tags      Tag[]
  @@unique([orgId, number])
  @@unique([channelId, status])
}
model Line {
  id      Int    @id
  orderId Int
  order   Order  @relation(fields: [orderId], references: [id])
  sku     String
}
model Tag {
  id     Int     @id
  label  String  @unique
  orders Order[]
}
`;

const facts = readFacts('schema.prisma', SCHEMA);
const [schema] = joinSchemas(new Map(facts ? [['schema.prisma', facts]] : []));

/** The shape of the only `findMany` in the code; `model` is the one it is asked of. */
function shapeOf(code: string, model = 'Order'): QueryShape {
  const facts = readTypeScriptFacts('example.ts', code);
  const call = facts.calls.find(({ name }) => name === 'findMany');
  assert.ok(schema && call);
  const [args] = call.arguments;
  const query: Query = {
    file: 'example.ts',
    facts,
    call,
    client: 'client',
    schema,
    ...optional('model', schema.models.get(model)),
    ...optional('args', args),
    operation: 'findMany',
    effect: 'read',
  };
  const shape = readQueryShape(query);
  assert.ok(shape);
  return shape;
}

function optional<Key extends string, T>(key: Key, value: T | undefined): { [K in Key]?: T } {
  return (value === undefined ? {} : { [key]: value }) as { [K in Key]?: T };
}

/** How the `where` bounds the rows, as one word: `none`, `keys`, `hidden`, or `by` the fields. */
function bound(where: string, before = ''): string {
  const model = schema?.models.get('Order');
  assert.ok(model);
  const found = boundOf(shapeOf(`${before}\ndb.order.findMany({ where: ${where} })`).where, model);
  return found.kind === 'some' ? `by ${found.fields.map(({ name }) => name).join('+')}` : found.kind;
}

test('without arguments everything is seen, and nothing is asked', () => {
  const shape = shapeOf('db.order.findMany()');
  assert.equal(shape.complete, true);
  assert.deepEqual(shape.where, { kind: 'all', parts: [] });
  assert.equal(shape.options.size, 0);
});

test('arguments from outside are not seen', () => {
  assert.equal(shapeOf('const f = (args) => db.order.findMany(args)').complete, false);
  assert.equal(shapeOf('const f = (args) => db.order.findMany({ orderBy: {}, ...args })').complete, false);
  assert.equal(shapeOf('db.order.findMany(build())').complete, false);
});

test('options are seen through names, spreads and branches', () => {
  const taken = (code: string) => shapeOf(code).options.has('take');
  assert.equal(taken('const args = { take: 5 }; db.order.findMany(args)'), true);
  assert.equal(taken('const f = (n) => db.order.findMany({ ...(n ? { take: n } : {}) })'), true);
  assert.equal(taken('const page = { take: 5 }; db.order.findMany({ where: {}, ...page })'), true);
  assert.equal(taken('const args: any = {}; if (x) args.take = 5; db.order.findMany(args)'), true);
  assert.equal(taken('db.order.findMany({ take: undefined })'), false);
});

test('keys bound the rows to one each', () => {
  assert.equal(bound('{ id }'), 'keys');
  assert.equal(bound('{ id: { in: ids } }'), 'keys');
  assert.equal(bound('{ reference: { equals: r, mode: "insensitive" } }'), 'keys');
  assert.equal(bound('{ orgId, number: { in: numbers } }'), 'keys');
  assert.equal(bound('{ AND: [{ orgId }, { number }] }'), 'keys');
  assert.equal(bound('{ org: { id }, number }'), 'keys');
  assert.equal(bound('{ OR: [{ id }, { reference }] }'), 'keys');
  assert.equal(bound('{ orgId_number: { orgId, number } }'), 'keys');
  assert.equal(bound('{ paid: true, id: { in: ids } }'), 'keys');
});

test('a key that is complete but for an enum leaves a handful of rows', () => {
  assert.equal(bound('{ channelId }'), 'keys');
});

test('a parent, a value, a list or a stretch bounds the rows to some', () => {
  assert.equal(bound('{ orgId }'), 'by orgId');
  assert.equal(bound('{ org: { id } }'), 'by org');
  assert.equal(bound('{ tags: { some: { label } } }'), 'by tags');
  assert.equal(bound('{ number }'), 'by number');
  assert.equal(bound('{ number: { in: numbers } }'), 'by number');
  assert.equal(bound('{ createdAt: { gte: from, lt: to } }'), 'by createdAt');
  assert.equal(bound('{ paid: true, createdAt: { gte: from, lt: to }, orgId }'), 'by createdAt+orgId');
  assert.equal(bound('{ number, orgId: { in: orgs }, createdAt }'), 'keys');
});

test('a child has one parent, so the key of a child is a key of the parent', () => {
  assert.equal(bound('{ lines: { some: { id } } }'), 'keys');
  assert.equal(bound('{ lines: { some: { sku } } }'), 'by lines');
  assert.equal(bound('{ lines: { none: { id } } }'), 'none');
});

test('shares of the table bound nothing', () => {
  for (const where of [
    '{}',
    '{ paid: true }',
    "{ status: 'PAID' }",
    "{ status: { in: ['PAID'] } }",
    "{ note: 'gift' }",
    "{ note: { in: ['gift', 'test'] } }",
    '{ createdAt: { gte: from } }',
    '{ total: { gt: 5 } }',
    '{ number: { contains: q } }',
    '{ note: null }',
    '{ note: { not: null } }',
    '{ parentId: null }',
    '{ NOT: { orgId } }',
    '{ id: { notIn: ids } }',
    '{ org: { name: { contains: q } } }',
    '{ OR: [{ orgId }, { paid: true }] }',
  ]) {
    assert.equal(bound(where), 'none', where);
  }
});

test('what may be left out bounds nothing', () => {
  assert.equal(bound('{ orgId: all ? undefined : orgId }'), 'none');
  assert.equal(bound('{ ...(orgId && { orgId }) }'), 'none');
  assert.equal(bound('admin ? {} : { orgId }'), 'none');
  assert.equal(bound('where', 'const where: any = {}; if (orgId) where.orgId = orgId;'), 'none');
  assert.equal(bound('{ orgId, ...(paid && { paid }) }'), 'by orgId');
  assert.equal(bound('{ createdAt: { gte: from, ...(to && { lt: to }) } }'), 'none');
});

test('what is picked when the code runs bounds as its weakest option', () => {
  assert.equal(bound('mine ? { id } : { orgId }'), 'by orgId');
  assert.equal(bound('mine ? { id } : build()'), 'hidden');
  assert.equal(bound('{ paid: true, ...(mine ? { id } : { orgId }) }'), 'by orgId');
  assert.equal(bound('{ ...(mine ? { orgId: a, paid } : { orgId: b }) }'), 'by orgId');
  assert.equal(bound('{ ...filter, paid: true }', 'const filter = mine ? { id } : { number };'), 'by number');
});

test('what is not shown stays open', () => {
  assert.equal(bound('build()'), 'hidden');
  assert.equal(bound('{ orgId, ...build() }'), 'hidden');
  assert.equal(bound('{ id, ...build() }'), 'keys');
  assert.equal(bound('{ OR: clauses }', 'const clauses = build();'), 'hidden');
  assert.equal(bound('{ org: build() }'), 'hidden');
});
