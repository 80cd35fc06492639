import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { readFacts } from '../../server/core/syntax/readFacts';
import { OpenFacts } from '../../server/lsp/openFacts';

const text = 'export const users = async () => prisma.user.findMany();\n';

function withClock(context: TestContext): (seconds: number) => void {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  return (seconds) => context.mock.timers.tick(seconds * 1000);
}

describe('trees of open documents', () => {
  it('are kept while somebody types, and let go a minute after', (context) => {
    const pass = withClock(context);
    const open = new OpenFacts();
    open.read('a.ts', text);
    assert.equal(open.keptTrees, 1);
    pass(61);
    assert.equal(open.keptTrees, 0);
    assert.deepEqual(open.read('a.ts', `${text}// more\n`), readFacts('a.ts', `${text}// more\n`), 'and made anew');
    assert.equal(open.keptTrees, 1);
  });

  it('are few, however many documents are open', (context) => {
    withClock(context);
    const open = new OpenFacts();
    for (let index = 0; index < 50; index++) open.read(`${index}.ts`, text);
    assert.ok(open.keptTrees < 10);
  });
});
