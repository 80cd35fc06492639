import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { checkProject } from '../../server/typeCheck/checkProject';
import { readRuns } from '../../server/typeCheck/history';
import { checkOptions, compiledProject, compilers } from '../support/compiledProject';
import { processesOf, untilRunning } from '../support/runningProcesses';
import { startCli } from '../support/startCli';
import { temporaryFolder } from '../support/temporaryFolder';

/** A compiler that starts another process, hangs, and listens to nobody. */
function stubbornProject(): string {
  const deaf = `for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => undefined);
setInterval(() => undefined, 1000);`;
  const folder = temporaryFolder({
    'package.json': '{}',
    'tsconfig.json': '{}',
    'node_modules/typescript/package.json': '{ "version": "6.0.3", "bin": { "tsc": "tsc.js" } }',
    'node_modules/typescript/tsc.js': `
require('node:child_process').spawn(process.execPath, [__dirname + '/worker.js'], { stdio: 'inherit' });
console.log('checking');
${deaf}`,
    'node_modules/typescript/worker.js': deaf,
  });
  chmodSync(folder, 0o755);
  return folder;
}

describe('a check that is stopped', () => {
  for (const compiler of compilers) {
    it(`leaves no process of TypeScript ${compiler.version} behind`, async () => {
      const folder = compiledProject(compiler, { modules: 400 });
      const options = checkOptions(folder);
      const stopping = new AbortController();
      const checking = checkProject(options, stopping.signal);
      const running = await untilRunning(options.storage, 1);
      stopping.abort();
      const checked = await checking;
      assert.ok('run' in checked);
      assert.equal(running.length, 1, 'it has run');
      assert.equal(checked.run.outcome, 'stopped');
      assert.deepEqual(processesOf(options.storage), []);
      assert.deepEqual(readRuns(options.storage, options.tsconfig).runs, [checked.run]);
    });
  }

  it('leaves no process behind of a compiler that does not listen, nor of what it started', async () => {
    const folder = stubbornProject();
    const stopping = new AbortController();
    const checking = checkProject(checkOptions(folder), stopping.signal);
    assert.equal((await untilRunning(folder, 2)).length, 2);
    stopping.abort();
    const checked = await checking;
    assert.equal('run' in checked && checked.run.outcome, 'stopped');
    assert.deepEqual(await untilRunning(folder, 0), []);
  });

  it('ends at once when it was stopped before it began', async () => {
    const folder = stubbornProject();
    const checked = await checkProject(checkOptions(folder), AbortSignal.abort());
    assert.equal('run' in checked && checked.run.outcome, 'stopped');
    assert.deepEqual(await untilRunning(folder, 0), []);
  });
});

describe('perf-hints type-check', () => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    it(`ends its compiler at ${signal}, keeps the record, and exits with 130`, async () => {
      const folder = stubbornProject();
      const { code, stderr } = await startCli(folder, ['type-check', '--storage', 'kept'], (cli) => {
        void untilRunning(folder, 2).then(() => cli.kill(signal));
      });
      assert.match(stderr, /^perf-hints: tsconfig\.json: stopped in .*\nperf-hints: cancelled\n$/);
      assert.equal(code, 130);
      assert.deepEqual(await untilRunning(folder, 0), []);
      const { runs } = readRuns(join(folder, 'kept'), join(folder, 'tsconfig.json'));
      assert.deepEqual(
        runs.map(({ outcome }) => outcome),
        ['stopped'],
      );
    });
  }

  it('ends at once when it is told twice, and so does its compiler', async () => {
    const folder = stubbornProject();
    const { code } = await startCli(folder, ['type-check', '--storage', 'kept'], (cli) => {
      void untilRunning(folder, 2).then(() => {
        cli.kill('SIGTERM');
        setTimeout(() => cli.kill('SIGTERM'), 100);
      });
    });
    assert.equal(code, 130);
    assert.deepEqual(await untilRunning(folder, 0), []);
  });
});
