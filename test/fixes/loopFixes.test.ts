import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loopInvariantQuery } from '../../server/core/rules/loopInvariantQuery';
import { queryInLoop } from '../../server/core/rules/queryInLoop';
import { analyzeTexts } from '../support/analyzeTexts';

const SCHEMA = `
model Status {
  id   Int @id
  rank Int
}
`;

const PARAMETERS = 'org: { users: { id: number }[] }, users: { id: number; status?: unknown }[]';

/** The titles of the fixes of the one finding in an async function with these statements. */
function offered(statements: string): string[] {
  const code = `import { prisma } from './db';\nexport async function f(${PARAMETERS}) {\n${statements}\n}\n`;
  const { findings, sources } = analyzeTexts(
    new Map([
      ['prisma/schema.prisma', SCHEMA],
      ['f.ts', code],
    ]),
    { rules: [queryInLoop, loopInvariantQuery] },
  );
  const [finding] = findings;
  assert.ok(finding && findings.length === 1, statements);
  return finding.fixes(sources).map(({ title }) => title);
}

const QUERY = 'await prisma.status.findMany({ where: { rank: user.id } })';
const INVARIANT = 'await prisma.status.findMany({ where: { rank: 1 } })';

describe('one query in place of many', () => {
  it('is offered for a plain loop', () => {
    for (const statements of [
      `for (const user of users) {\n  console.log(${QUERY});\n}`,
      `for (const user of users) {\n  user.status = ${QUERY};\n}`,
      `await Promise.all(org.users.map(async (user) => {\n  console.log(${QUERY});\n}));`,
    ]) {
      assert.equal(offered(statements).length, 1, statements);
    }
  });

  it('is not offered where there may be no elements to take keys of', () => {
    for (const statements of [
      `await Promise.all(users?.map(async (user) => {\n  console.log(${QUERY});\n}));`,
      `org?.users.forEach(async (user) => {\n  console.log(${QUERY});\n});`,
      `for (const user of org?.users) {\n  console.log(${QUERY});\n}`,
    ]) {
      assert.deepEqual(offered(statements), [], statements);
    }
  });

  it('is not offered where the loop sets the key first', () => {
    assert.deepEqual(offered(`for (const user of users) {\n  user.id += 1;\n  console.log(${QUERY});\n}`), []);
    assert.deepEqual(offered(`for (const user of users) {\n  user[key] = 1;\n  console.log(${QUERY});\n}`), []);
  });

  it('is not offered in a condition that another loop asks again', () => {
    const condition = `(await Promise.all(users.map(async (user) => {\n  return ${QUERY};\n}))).length > 0`;
    assert.deepEqual(offered(`do {\n  users.pop();\n} while (${condition});`), []);
  });
});

describe('a query moved to before the loop', () => {
  it('is offered for rows that are only read', () => {
    const statements = `for (const user of users) {\n  const all = ${INVARIANT};\n  console.log(all.length, user);\n}`;
    assert.equal(offered(statements).length, 1);
  });

  it('is not offered for rows that the loop changes', () => {
    for (const change of ['all.push(user);', 'all.length = 0;', 'all[0].rank += 1;']) {
      assert.deepEqual(offered(`for (const user of users) {\n  const all = ${INVARIANT};\n  ${change}\n}`), [], change);
    }
  });
});
