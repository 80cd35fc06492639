import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { writtenIndex } from '../../server/core/fixes/indexFix';
import { indexPlanOf } from '../../server/core/model/indexPlan/indexPlanOf';
import { createProject, type Project } from '../../server/core/model/project';
import type { DocumentFacts } from '../../server/core/syntax/documentFacts';
import { readFacts } from '../../server/core/syntax/readFacts';

const SCHEMA = `datasource db {
  provider = "postgresql"
}
model Shop {
  id    String @id
  sales Sale[]
}
model Sale {
  id       String   @id
  shop     Shop     @relation(fields: [shopId], references: [id])
  shopId   String
  receipt  String
  cardHash String
  tillId   String
  voided   Boolean
  at       DateTime
  dueAt    DateTime
INDEXES
}
`;

const NOTHING_ASIDE = () => false;

describe('the indexes that the queries of a workspace ask for', () => {
  it('serve several queries with one index, led by what they share', () => {
    const proposals = planOf({
      'a.ts': 'prisma.sale.findFirst({ where: { receipt: r, cardHash: c } })',
      'b.ts': 'prisma.sale.count({ where: { cardHash: c } })',
      'c.ts': 'prisma.sale.count({ where: { cardHash: c, voided: false } })',
    });
    assert.deepEqual(proposals, ['@@index([cardHash, receipt]) for 3']);
  });

  it('are two where no one index leads with what both give', () => {
    const proposals = planOf({
      'a.ts': 'prisma.sale.count({ where: { receipt: r } })',
      'b.ts': 'prisma.sale.count({ where: { cardHash: c } })',
    });
    assert.deepEqual(proposals, ['@@index([cardHash]) for 1', '@@index([receipt]) for 1']);
  });

  it('extend an index once, for the order that most queries ask for', () => {
    const page = (order: string) =>
      `prisma.sale.findMany({ where: { shopId: s }, orderBy: { ${order}: 'desc' }, take: n, skip: m })`;
    const proposals = planOf({ 'a.ts': page('at'), 'b.ts': page('dueAt'), 'c.ts': page('dueAt') }, '@@index([shopId])');
    assert.deepEqual(proposals, ['@@index([shopId, dueAt]) for 2']);
  });

  it('are none once the index is made: what another order would gain is not argued for', () => {
    const page = (order: string) =>
      `prisma.sale.findMany({ where: { shopId: s }, orderBy: { ${order}: 'desc' }, take: n, skip: m })`;
    const proposals = planOf({ 'a.ts': page('at'), 'b.ts': page('dueAt') }, '@@index([shopId, dueAt])');
    assert.deepEqual(proposals, []);
  });

  it('count those as served that take only a few in the same order', () => {
    const proposals = planOf(
      {
        'a.ts': "prisma.sale.findMany({ where: { shopId: s }, orderBy: { at: 'desc' }, take: n })",
        'b.ts': "prisma.sale.findFirst({ where: { shopId: s }, orderBy: { at: 'asc' } })",
      },
      '@@index([shopId])',
    );
    assert.deepEqual(proposals, ['@@index([shopId, at]) for 2']);
  });

  it('hold for each of several conditions that the code may ask with', () => {
    const proposals = planOf({
      'a.ts': 'prisma.sale.count({ where: byCard ? { cardHash: c } : { receipt: r } })',
    });
    assert.deepEqual(proposals, ['@@index([cardHash]) for 1', '@@index([receipt]) for 1']);
  });

  it('are not made for what may be left out, nor for what can be found through a relation', () => {
    const proposals = planOf({
      'a.ts': 'prisma.sale.count({ where: { ...(c ? { cardHash: c } : {}) } })',
      'b.ts': 'prisma.sale.count({ where: { receipt: r, shop: { id: { in: shops } } } })',
      'c.ts': 'prisma.sale.count({ where: { OR: [{ receipt: r }, { cardHash: { contains: c } }] } })',
    });
    assert.deepEqual(proposals, []);
  });

  it('leave the lacking index of a foreign key to its own rule, with the order that its queries ask for', () => {
    const files = { 'a.ts': "prisma.sale.findMany({ where: { shopId: s }, orderBy: { at: 'desc' }, take: n })" };
    const project = projectOf(files, '');
    const { proposals, ofForeignKeys } = saleOf(project);
    assert.deepEqual(proposals, []);
    assert.deepEqual(
      [...ofForeignKeys].map(([key, { columns }]) => `${key}: ${writtenIndex(columns)}`),
      ['shopId: @@index([shopId, at])'],
    );
  });

  it('on MySQL, where the database has an index for the key, are a new one that takes its place', () => {
    const files = { 'a.ts': "prisma.sale.findMany({ where: { shopId: s }, orderBy: { at: 'desc' }, take: n })" };
    const proposals = proposalsOf(projectOf(files, '', 'mysql'));
    assert.deepEqual(proposals, ['@@index([shopId, at]) for 1']);
  });

  it('follow a condition that a function of another file builds, and change with it', () => {
    const files = {
      'a.ts': "import { saleFilter } from './filter';\nprisma.sale.count({ where: saleFilter(x) })",
      'filter.ts': 'export const saleFilter = (receipt: string) => ({ receipt });',
    };
    const before = projectOf(files, '');
    assert.deepEqual(proposalsOf(before), ['@@index([receipt]) for 1']);
    const after = before.with(
      new Map([factsOf('filter.ts', 'export const saleFilter = (cardHash: string) => ({ cardHash });')]),
    );
    assert.deepEqual(proposalsOf(after), ['@@index([cardHash]) for 1']);
  });

  it('are the same after an edit as in a fresh project', () => {
    const files = {
      'a.ts': 'prisma.sale.count({ where: { receipt: r } })',
      'b.ts': 'prisma.sale.count({ where: { cardHash: c } })',
    };
    const edited = 'prisma.sale.count({ where: { cardHash: c, receipt: r } })';
    const project = projectOf(files, '');
    proposalsOf(project);
    const incremental = project.with(new Map([factsOf('a.ts', withClient(edited))]));
    assert.deepEqual(proposalsOf(incremental), proposalsOf(projectOf({ ...files, 'a.ts': edited }, '')));
    assert.deepEqual(proposalsOf(incremental), ['@@index([cardHash, receipt]) for 2']);
  });

  it('come from no file that is aside', () => {
    const project = projectOf({ 'a.ts': 'prisma.sale.count({ where: { receipt: r } })' }, '');
    assert.deepEqual(
      proposalsOf(project, (file) => file === 'a.ts'),
      [],
    );
  });
});

function planOf(files: Readonly<Record<string, string>>, indexes = '@@index([shopId])'): string[] {
  return proposalsOf(projectOf(files, indexes));
}

function proposalsOf(project: Project, isAside: (file: string) => boolean = NOTHING_ASIDE): string[] {
  return saleOf(project, isAside)
    .proposals.map(({ columns, accesses }) => `${writtenIndex(columns)} for ${accesses.length}`)
    .sort();
}

function saleOf(project: Project, isAside: (file: string) => boolean = NOTHING_ASIDE) {
  const [schema] = project.schemas;
  const model = schema?.models.get('Sale');
  assert.ok(schema && model);
  return indexPlanOf(project, schema, model, isAside);
}

function projectOf(files: Readonly<Record<string, string>>, indexes: string, provider = 'postgresql'): Project {
  const schema = SCHEMA.replace('INDEXES', indexes).replace('postgresql', provider);
  const sources = Object.entries(files).map(([file, text]) => factsOf(file, withClient(text)));
  return createProject(new Map<string, DocumentFacts>([factsOf('schema.prisma', schema), ...sources]));
}

function withClient(text: string): string {
  return `import { PrismaClient } from '@prisma/client';\nconst prisma = new PrismaClient();\n${text}`;
}

function factsOf(file: string, text: string): [string, DocumentFacts] {
  const facts = readFacts(file, text);
  assert.ok(facts);
  return [file, facts];
}
