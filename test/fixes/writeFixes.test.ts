import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { writeInLoop } from '../../server/core/rules/writeInLoop';
import { analyzeTexts } from '../support/analyzeTexts';
import { applyFix } from '../support/checkFix';

const SCHEMA = `
model Payment {
  id        Int    @id
  reference String @unique
  state     Int
}
`;

/** What the first fix of the one finding makes of a function; undefined where none is offered. */
function fixed(parameters: string, statements: string): string | undefined {
  const code = `import { prisma } from './db';\nexport async function f(${parameters}) {\n${statements}\n}\n`;
  const texts = new Map([
    ['prisma/schema.prisma', SCHEMA],
    ['f.ts', code],
  ]);
  const analysis = analyzeTexts(texts, { rules: [writeInLoop] });
  const [finding] = analysis.findings;
  assert.ok(finding && analysis.findings.length === 1, statements);
  const [fix] = finding.fixes(analysis.sources).filter(({ title }) => title.includes('`in`'));
  return fix && applyFix(analysis, fix).get('f.ts');
}

const DELETE = '  for (const { reference } of rows) await prisma.payment.delete({ where: { reference } });';
const DELETE_BY_ID = '  for (const id of ids) await prisma.payment.delete({ where: { id } });';

describe('one write in place of many', () => {
  it('takes the elements of lists and of tuples', () => {
    assert.match(fixed('rows: { reference: string }[]', DELETE) ?? '', /deleteMany/);
    assert.match(fixed('rows: [{ reference: string }, { reference: string }]', DELETE) ?? '', /deleteMany/);
    assert.match(fixed('groups: number[][]', `  const ids = groups.flat();\n${DELETE_BY_ID}`) ?? '', /deleteMany/);
  });

  it('is not offered where an element may have no key', () => {
    assert.equal(fixed('rows: { reference?: string }[]', DELETE), undefined);
    assert.equal(fixed('rows: [{ reference?: string }, { reference?: string }]', DELETE), undefined);
    assert.equal(fixed('ids: [number, number?]', DELETE_BY_ID), undefined);
    assert.equal(fixed('ids: [first: number, ...others: (number | null)[]]', DELETE_BY_ID), undefined);
    assert.equal(fixed('groups: (number | undefined)[][]', `  const ids = groups.flat();\n${DELETE_BY_ID}`), undefined);
    const inObject = '  const source = { rows };\n  for (const { reference } of source.rows) {';
    const write = '    await prisma.payment.delete({ where: { reference } });\n  }';
    assert.equal(fixed('rows: { reference?: string }[]', `${inObject}\n${write}`), undefined);
  });

  it('spreads what was said to be an any, for its own methods would type no parameter', () => {
    const statements = `  const rows = (await prisma.payment.findMany({ take: 50 })) as any;
  for (const row of rows) await prisma.payment.delete({ where: { id: row.id } });`;
    assert.match(fixed('', statements) ?? '', /in: \[\.\.\.rows\]\.map\(/);
  });
});
