import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { readArguments } from '../../server/cli/arguments';
import { compiledProject, compilers, plainConfig } from '../support/compiledProject';
import { runCli } from '../support/runCli';
import { temporaryFolder, writeIn } from '../support/temporaryFolder';

const [, typescript6, typescript7] = compilers;
const concurrency = 2;

describe('perf-hints type-check', { concurrency }, () => {
  it('checks the nearest project: what the compiler says on stdout, a line of what it took on stderr', async () => {
    const folder = compiledProject(typescript7);
    const first = await runCli(join(folder, 'src'), ['type-check']);
    assert.deepEqual([first.code, first.stdout], [0, '']);
    assert.match(
      first.stderr,
      /^perf-hints: \.\.\/tsconfig\.json: clean in \d.*, peak \d+ MB, \d+ files, cold, TypeScript 7\.0\.2\n$/,
    );
    writeIn(folder, 'src/part0.ts', 'export const wrong: string = 1;\n');
    const { code, stdout, stderr } = await runCli(folder, ['type-check']);
    assert.match(stdout, /^src\/part0\.ts\(1,14\): error TS2322: /);
    assert.match(stderr, /^perf-hints: tsconfig\.json: 3 errors in .*, after edits, TypeScript 7\.0\.2\n$/);
    assert.equal(code, 1);
    assert.equal(readdirSync(join(folder, 'node_modules/.cache/perf-hints/type-check')).length, 1);
  });

  it('checks the projects that are named, with the compiler that is named', async () => {
    const files = { 'package.json': '{}', 'a/tsconfig.json': plainConfig, 'b/tsconfig.test.json': plainConfig };
    const folder = temporaryFolder({ ...files, 'a/src/a.ts': 'export {};', 'b/src/b.ts': 'export {};' });
    const named = ['--project', 'a', '--project', 'b/tsconfig.test.json', '--storage', 'kept'];
    const missing = await runCli(folder, ['type-check', ...named]);
    assert.equal(
      missing.stderr,
      'perf-hints: No TypeScript is installed for a/tsconfig.json: npm install -D typescript\n' +
        'perf-hints: No TypeScript is installed for b/tsconfig.test.json: npm install -D typescript\n',
    );
    assert.equal(missing.code, 2);
    const { code, stderr } = await runCli(folder, [
      'type-check',
      ...named,
      '--tsc',
      typescript7.folder,
      '--checkers',
      '2',
    ]);
    assert.match(stderr, /^perf-hints: a\/tsconfig\.json: clean .*\nperf-hints: b\/tsconfig\.test\.json: clean .*\n$/);
    assert.equal(code, 0);
    assert.equal(readdirSync(join(folder, 'kept/type-check')).length, 2);
  });

  it('compares cold, with an empty build cache, and with that', async () => {
    const folder = compiledProject(typescript6);
    const { code, stdout, stderr } = await runCli(folder, ['type-check', '--compare', '--format', 'json']);
    const { project, before, after, runs } = JSON.parse(stdout);
    assert.equal(project, 'tsconfig.json');
    const kinds = [before, after, ...runs].map(({ mode, start }) => `${mode} ${start}`);
    assert.deepEqual(kinds, ['cold cold', 'incremental warm', 'cold cold', 'incremental cold', 'incremental warm']);
    assert.equal(stderr.split('\n').length, 4);
    assert.equal(code, 0);
  });

  it('reports in Markdown, and then what the compiler says goes to stderr', async () => {
    const folder = compiledProject(typescript7, { files: { 'src/a.ts': 'export const wrong: string = 1;\n' } });
    const { code, stdout, stderr } = await runCli(folder, ['type-check', '--format', 'markdown']);
    assert.match(stdout, /^## Type check of `tsconfig\.json`\n\n\| /);
    assert.match(stderr, /^src\/a\.ts\(1,14\): error TS2322/);
    assert.equal(code, 1);
  });

  it('exits with 2 if the project can’t be checked', async () => {
    const folder = compiledProject(typescript7, { files: { 'tsconfig.json': '{ "files": [] }' } });
    const { code, stderr } = await runCli(folder, ['type-check']);
    assert.match(stderr, /tsconfig\.json: failed in .*: .*TS18002: The 'files' list .* is empty\.\n$/);
    assert.equal(code, 2);
  });
});

describe('wrong usage of type-check', () => {
  const wrong: readonly (readonly [name: string, args: readonly string[], message: RegExp])[] = [
    ['an option of audit', ['--fix'], /^unknown flag "--fix"/],
    ['a typing error', ['--compar'], /^unknown flag "--compar"\. Did you mean "--compare"\?/],
    ['a path', ['web'], /^type-check takes no paths: try --project web/],
    ['a heap that is none', ['--heap', '4g'], /^--heap must be a whole number, not "4g"/],
    ['no checkers', ['--checkers', '0'], /^--checkers must be at least 1, not 0/],
    ['a comparison of one kind', ['--compare', '--cold'], /^--compare runs cold and warm by itself: leave out --cold/],
  ];
  for (const [name, args, message] of wrong) {
    it(`${name}: says what is wrong`, () => {
      assert.throws(() => readArguments(['type-check', ...args]), { name: 'UsageError', message });
    });
  }

  it('no such project, or none at all: one line says it, exit code 2', async () => {
    const folder = temporaryFolder({});
    const gone = await runCli(folder, ['type-check', '--project', 'gone']);
    assert.deepEqual([gone.stderr, gone.code], ['perf-hints: no such project: gone\n', 2]);
    const { code, stdout, stderr } = await runCli(folder, ['type-check']);
    assert.equal(stderr, 'perf-hints: no tsconfig.json here or above: name one with --project\n');
    assert.deepEqual([stdout, code], ['', 2]);
  });
});
