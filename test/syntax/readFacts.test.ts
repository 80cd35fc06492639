import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readFacts } from '../../server/core/syntax/readFacts';

const deep = 20_000;

describe('reading the facts of a file', () => {
  for (const [what, text] of [
    ['an expression', `const x = ${Array(deep).fill('"a"').join(' + ')};`],
    ['brackets', `const x = ${'['.repeat(deep)}${']'.repeat(deep)};`],
    ['a chain of calls', `x${'.map(y)'.repeat(deep)};`],
    ['a chain of conditions', `${'if (a) b(); else '.repeat(deep)}c();`],
  ] as const) {
    it(`does not fail on ${what} nested deeper than the stack`, () => {
      assert.equal(readFacts('deep.ts', text)?.kind, 'typescript');
    });
  }

  it('says nothing of a file that is none of its kinds', () => {
    assert.equal(readFacts('notes.txt', 'prisma.user.findMany()'), undefined);
    assert.equal(readFacts('types.d.ts', 'export const a: string;'), undefined);
  });
});
