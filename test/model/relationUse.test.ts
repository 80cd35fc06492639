import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createProject } from '../../server/core/model/project';
import { foreignKeyUses } from '../../server/core/model/queries/relationUse';
import type { DocumentFacts } from '../../server/core/syntax/documentFacts';
import { readFacts } from '../../server/core/syntax/readFacts';

const SCHEMA = `
datasource db {
  provider = "postgresql"
}
model Shop {
  id     Int     @id
  name   String
  orders Order[]
}
model Order {
  id     Int    @id
  number String @unique
  shopId Int
  shop   Shop   @relation(fields: [shopId], references: [id])
  lines  Line[]
}
model Line {
  id      Int    @id
  sku     String
  orderId Int
  order   Order  @relation(fields: [orderId], references: [id])

  @@index([sku])
}
`;

/** How a query uses the foreign keys of the schema: `Order.shop include`. */
function usesOf(query: string): string[] {
  const texts = {
    'schema.prisma': SCHEMA,
    'app.ts': `import { PrismaClient } from '@prisma/client';\nconst prisma = new PrismaClient();\nexport const run = (id: number, other: string) => ${query};\n`,
  };
  const documents = new Map<string, DocumentFacts>();
  for (const [file, text] of Object.entries(texts)) {
    const facts = readFacts(file, text);
    if (facts) documents.set(file, facts);
  }
  const project = createProject(documents);
  const uses: string[] = [];
  for (const schema of project.schemas) {
    for (const model of schema.models.values()) {
      for (const field of model.fields.values()) {
        const found = foreignKeyUses(project, schema, model, field);
        uses.push(...found.map(({ how }) => `${model.name}.${field.name} ${how}`));
      }
    }
  }
  return uses;
}

test('what is fetched from the side without the key goes through it, at any depth', () => {
  assert.deepEqual(
    usesOf('prisma.shop.findUnique({ where: { id }, include: { orders: { select: { lines: true } } } })'),
    ['Order.shop include', 'Line.order include'],
  );
  assert.deepEqual(usesOf('prisma.shop.update({ where: { id }, data: {}, select: { orders: true } })'), [
    'Order.shop include',
  ]);
  assert.deepEqual(usesOf('prisma.shop.findUnique({ where: { id } }).orders()'), ['Order.shop include']);
});

test('counting and sorting by count go through it too', () => {
  assert.deepEqual(usesOf('prisma.shop.findMany({ include: { _count: { select: { orders: true } } } })'), [
    'Order.shop include',
  ]);
  assert.deepEqual(usesOf('prisma.shop.findMany({ include: { _count: true } })'), ['Order.shop include']);
  assert.deepEqual(usesOf("prisma.shop.findMany({ orderBy: { orders: { _count: 'desc' } } })"), ['Order.shop filter']);
});

test('what is fetched from the side with the key does not', () => {
  assert.deepEqual(usesOf('prisma.order.findUnique({ where: { id }, include: { shop: true } })'), []);
  assert.deepEqual(usesOf('prisma.shop.findUnique({ where: { id }, include: { orders: false } })'), []);
});

test('filters by the key, and through the relation from both sides', () => {
  assert.deepEqual(usesOf('prisma.order.count({ where: { shopId: id } })'), ['Order.shop filter']);
  assert.deepEqual(usesOf('prisma.order.deleteMany({ where: { AND: [{ shopId: { in: [id] } }] } })'), [
    'Order.shop filter',
    'Line.order delete',
  ]);
  assert.deepEqual(usesOf('prisma.order.count({ where: { OR: [{ shopId: id }, { number: other }] } })'), [
    'Order.shop filter',
  ]);
  assert.deepEqual(usesOf('prisma.order.count({ where: { shop: { name: other } } })'), ['Order.shop filter']);
  assert.deepEqual(usesOf('prisma.shop.count({ where: { orders: { some: { lines: { none: {} } } } } })'), [
    'Order.shop filter',
    'Line.order filter',
  ]);
});

test('a query that another index serves does not go through it', () => {
  assert.deepEqual(usesOf('prisma.order.findUnique({ where: { number: other, shopId: id } })'), []);
  assert.deepEqual(usesOf('prisma.order.count({ where: { lines: { some: { sku: other } } } })'), []);
});

test('what is no equality finds no rows by the key', () => {
  for (const filter of ['{ not: id }', '{ gt: id }', 'null', 'undefined']) {
    assert.deepEqual(usesOf(`prisma.order.count({ where: { shopId: ${filter} } })`), [], filter);
  }
  assert.deepEqual(usesOf('prisma.order.count({ where: { NOT: { shopId: id } } })'), []);
});

test('deleting the parent looks for its rows', () => {
  assert.deepEqual(usesOf('prisma.shop.delete({ where: { id } })'), ['Order.shop delete']);
});
