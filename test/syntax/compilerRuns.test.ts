import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readFacts } from '../../server/core/syntax/readFacts';

function scriptsIn(scripts: Readonly<Record<string, string>>, indent = 2) {
  const text = JSON.stringify({ scripts }, null, indent);
  const facts = readFacts('package.json', text);
  assert(facts?.kind === 'package');
  return { text, found: facts.scripts ?? [] };
}

/** What of a command line is taken for a run of the compiler, as it stands in the manifest. */
function runsOf(command: string, others: Readonly<Record<string, string>> = {}): string[] {
  const { text, found } = scriptsIn({ asked: command, ...others });
  const runs = found.find(({ name }) => name === 'asked')?.runs ?? [];
  return runs.map(({ range }) => text.slice(range.start, range.end));
}

describe('a run of the compiler in a script', () => {
  for (const [command, run] of [
    ['tsc --noEmit', 'tsc --noEmit'],
    ['prisma generate && vue-tsc --noEmit; eslint .', 'vue-tsc --noEmit'],
    ['tsc -p a>out.txt 2>&1', 'tsc -p a'],
    ['(tsc --noEmit)', 'tsc --noEmit'],
    ['CI=1 NODE_OPTIONS="--max-old-space-size=4096 --no-warnings" tsc', 'tsc'],
    ['cross-env CI=1 npx --no-install tsc --noEmit', 'tsc --noEmit'],
    ['dotenv -e ../.env -e .env -- pnpm exec tsc -p web', 'tsc -p web'],
    ['node --max-old-space-size=4096 ./node_modules/typescript/bin/tsc', './node_modules/typescript/bin/tsc'],
    ['bunx --bun tsc', 'tsc'],
    ['yarn tsc --noEmit', 'tsc --noEmit'],
    ["tsc -p 'my app'", "tsc -p 'my app'"],
  ] as const) {
    it(`is seen in ${command}`, () => assert.deepEqual(runsOf(command), [run]));
  }

  for (const command of [
    'turbo run tsc',
    'nx affected -t tsc',
    'pnpm -r exec tsc --noEmit',
    'npm run tsc',
    'cd web && tsc --noEmit',
    'tsc -p $PROJECT',
    'tsc --noEmit `cat options`',
    'concurrently "tsc --noEmit" "eslint ."',
    'tsc-alias && tsc-watch',
    'node scripts/tsc.js',
    'echo tsc',
  ]) {
    it(`is not seen in ${command}`, () => assert.deepEqual(runsOf(command), []));
  }

  it('is not the script of that name', () => {
    assert.deepEqual(runsOf('yarn tsc --noEmit', { tsc: 'node types.js' }), []);
    assert.deepEqual(runsOf('npx tsc --noEmit', { tsc: 'node types.js' }), ['tsc --noEmit']);
  });

  it('is given what the shell would give it', () => {
    const { text, found } = scriptsIn({ types: 'tsc -p "my app" --noEmit\ttrue' });
    const [run] = found[0]?.runs ?? [];
    assert.deepEqual(run?.args, ['-p', 'my app', '--noEmit', 'true']);
    assert.equal(text.slice(run?.argumentsEnd.offset).trimEnd().charAt(0), '"');
  });

  it('is found wherever the manifest is cut off, or not at all', () => {
    const { text } = scriptsIn({ types: 'cross-env A="b c" tsc -p "x\\y" && vue-tsc' });
    for (let end = 0; end <= text.length; end++) {
      const cut = text.slice(0, end);
      const facts = readFacts('package.json', cut);
      assert(facts?.kind === 'package');
      for (const { range } of facts.scripts?.flatMap(({ runs }) => runs) ?? []) assert(range.end <= cut.length);
    }
  });
});

describe('tasks.json', () => {
  const text = `{
  // perf-hints-ignore type-check-heap: it is a small machine
  "tasks": [
    { "type": "shell", "command": "echo" },
    { "type": "shell", "command": "npx", "args": ["tsc"] },
    { "type": "shell", "command": "tsc", "args": ["--noEmit", "-w",], "options": { "cwd": "web" } },
    { "type": "process", "command": "tsc --noEmit" },
    { "type": "perf-hints-typecheck", "tsconfig": "web/tsconfig.json", "heapMb": 4096 },
  ],
}`;

  it('gives the tasks that check types, by their places, with the comments that are directives', () => {
    const facts = readFacts('web/.vscode/tasks.json', text);
    assert(facts?.kind === 'tasks');
    assert.deepEqual(
      facts.tasks.map(({ index, folder, runs, typeCheck }) => [index, folder, runs[0]?.args, typeCheck?.setsHeap]),
      [
        [2, 'web', ['--noEmit', '-w'], undefined],
        [4, undefined, undefined, true],
      ],
    );
    assert.equal(facts.directives.length, 1);
  });

  it('gives less where it is cut off, and never fails', () => {
    for (let end = 0; end <= text.length; end++) {
      assert.equal(readFacts('.vscode/tasks.json', text.slice(0, end))?.kind, 'tasks');
    }
  });

  it('is only read where VS Code reads it', () => {
    assert.equal(readFacts('tasks.json', text), undefined);
    assert.equal(readFacts('src/vscode/tasks.json', text), undefined);
  });
});
