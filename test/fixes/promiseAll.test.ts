import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sequentialAwaits } from '../../server/core/rules/sequentialAwaits';
import { applyEdits } from '../../server/core/text/textEdit';
import { analyzeTexts } from '../support/analyzeTexts';

const SCHEMA = `
model Customer {
  id Int @id
}

model Deal {
  id Int @id
}
`;

describe('reads awaited together', () => {
  it('keep Windows line ends, tabs and comments behind', () => {
    const lines = [
      'const a = await prisma.customer.findFirst({', //
      '\twhere: { id },',
      '}) // who',
      '',
      '// how many',
      'const b = await prisma.deal.count() // all',
      'return [a, b]',
    ];
    assert.equal(
      fixed(lines.join('\r\n\t')),
      [
        'const [a, b] = await Promise.all([', //
        '\tprisma.customer.findFirst({',
        '\t\twhere: { id },',
        '\t}), // who',
        '\t// how many',
        '\tprisma.deal.count(), // all',
        '])',
        'return [a, b]',
      ].join('\r\n\t'),
    );
  });

  it('leave the text of templates as it is', () => {
    const sql = '`\n    SELECT 1\n`';
    assert.equal(
      fixed(`const a = await prisma.$queryRaw${sql};\n  const b = await prisma.deal.count();\n  return [a, b];`),
      [
        'const [a, b] = await Promise.all([',
        `    prisma.$queryRaw${sql},`,
        '    prisma.deal.count(),',
        '  ]);',
        '  return [a, b];',
      ].join('\n'),
    );
  });

  it('break the names where the line would be too long', () => {
    const names = ['countOfAllCustomersOfThisYear', 'countOfAllDealsOfThisYear', 'countOfAllDealsOfLastYear'];
    const statements = names.map((name) => `const ${name} = await prisma.deal.count();`);
    assert.equal(
      fixed(statements.join('\n  ')),
      [
        'const [',
        ...names.map((name) => `    ${name},`),
        '  ] = await Promise.all([',
        ...names.map(() => '    prisma.deal.count(),'),
        '  ]);',
      ].join('\n'),
    );
  });

  it('break behind the equals sign where the names fit on a line of their own', () => {
    const names = ['customersOfThisYear', 'dealsOfThisYear', 'dealsOfLastYear'];
    const statements = names.map((name) => `const ${name} = await prisma.deal.count();`);
    assert.equal(
      fixed(statements.join('\n  ')),
      [
        'const [customersOfThisYear, dealsOfThisYear, dealsOfLastYear] =',
        '    await Promise.all([',
        ...names.map(() => '      prisma.deal.count(),'),
        '    ]);',
      ].join('\n'),
    );
    const longNames = ['theVeryVeryVeryVeryVeryLongName0', 'theVeryVeryVeryVeryVeryLongName1'];
    assert.equal(
      fixed(longNames.map((name) => `const ${name} = await prisma.deal.count();`).join('\n  ')),
      [
        'const [theVeryVeryVeryVeryVeryLongName0, theVeryVeryVeryVeryVeryLongName1] =',
        '    await Promise.all([prisma.deal.count(), prisma.deal.count()]);',
      ].join('\n'),
    );
  });

  it('keep a broken list of names apart from the line before where there are no semicolons', () => {
    const names = ['countOfAllCustomersOfThisYear', 'countOfAllDealsOfThisYear', 'countOfAllDealsOfLastYear'];
    const declared = names.map((name) => `let ${name}`);
    const lines = names.map((name) => `${name} = await prisma.deal.count()`);
    assert.equal(
      fixed([...declared, ...lines].join('\n  ')),
      [
        ...declared,
        ';[',
        ...names.map((name) => `  ${name},`),
        '] = await Promise.all([',
        ...names.map(() => '  prisma.deal.count(),'),
        '])',
      ].join('\n  '),
    );
  });

  it('join what was broken only for the sake of the name before it', () => {
    assert.equal(
      fixed(
        [
          'const a = await prisma.customer.count();',
          'const theVeryLongNameOfTheFirstDealThereIs = await (',
          '  prisma as PrismaClient',
          ').deal.findFirst({',
          '  where: { id },',
          '});',
        ].join('\n  '),
      ),
      [
        'const [a, theVeryLongNameOfTheFirstDealThereIs] = await Promise.all([',
        '  prisma.customer.count(),',
        '  (prisma as PrismaClient).deal.findFirst({',
        '    where: { id },',
        '  }),',
        ']);',
      ].join('\n  '),
    );
  });

  it('keep holes of bare awaits, and no names where nothing takes a result', () => {
    assert.equal(
      fixed('await prisma.customer.count();\n  const b = await prisma.deal.count();'),
      'const [, b] = await Promise.all([\n    prisma.customer.count(),\n    prisma.deal.count(),\n  ]);',
    );
    assert.equal(
      fixed('await prisma.customer.count();\n  await prisma.deal.count();'),
      'await Promise.all([prisma.customer.count(), prisma.deal.count()]);',
    );
  });

  it('hand over what is set in another way', () => {
    assert.equal(
      fixed('const r = { a: 0 };\n  r.a = await prisma.customer.count();\n  const b = await prisma.deal.count();'),
      [
        'const r = { a: 0 };',
        '  const [rAResult, b] = await Promise.all([',
        '    prisma.customer.count(),',
        '    prisma.deal.count(),',
        '  ]);',
        '  r.a = rAResult;',
      ].join('\n'),
    );
  });

  it('take a date that is set in several steps along', () => {
    assert.equal(
      fixed(
        'const a = await prisma.customer.count();\n  const day = new Date();\n  day.setDate(1);\n  const b = await prisma.deal.count({ where: { day } });',
      ),
      [
        'const day = new Date();',
        '  day.setDate(1);',
        '  const [a, b] = await Promise.all([',
        '    prisma.customer.count(),',
        '    prisma.deal.count({ where: { day } }),',
        '  ]);',
      ].join('\n'),
    );
  });
});

describe('no fix is offered', () => {
  for (const [why, body] of [
    [
      'a comment would be lost',
      'const a = /* why */ await prisma.deal.count();\n  const b = await prisma.deal.count();',
    ],
    ['two statements share a line', 'const a = await prisma.deal.count(); const b = await prisma.customer.count();'],
    [
      'a pattern can not be handed over',
      'let { id } = await prisma.deal.findFirst();\n  const b = await prisma.customer.count();\n  id++;',
    ],
  ] as const) {
    it(`where ${why}`, () => assert.equal(fixed(body), undefined));
  }
});

/** The body of the function after the first fix of its only finding; undefined if there is no fix. */
function fixed(body: string): string | undefined {
  const newline = body.includes('\r\n') ? '\r\n' : '\n';
  const indent = body.includes('\n\t') ? '\t' : '  ';
  const head = `import { PrismaClient } from "@prisma/client"${body.includes(';') ? ';' : ''}${newline}const prisma = new PrismaClient()${body.includes(';') ? ';' : ''}${newline}${newline}async function f(id) {${newline}${indent}`;
  const file = 'src/example.ts';
  const text = `${head}${body}${newline}}${newline}`;
  const texts = new Map([
    ['schema.prisma', SCHEMA],
    [file, text],
  ]);
  const { findings, sources } = analyzeTexts(texts, { rules: [sequentialAwaits] });
  const [finding, ...others] = findings;
  assert.ok(finding && others.length === 0, `one finding is expected, not ${findings.length}`);
  const edits = finding.fixes(sources)[0]?.edits[0]?.edits;
  if (!edits) return undefined;
  const after = applyEdits(text, edits);
  assert.deepEqual(analyzeTexts(new Map([...texts, [file, after]]), { rules: [sequentialAwaits] }).findings, []);
  return after.slice(head.length, after.lastIndexOf(`${newline}}`));
}
