import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';
import { acrossFilesSuite } from './acrossFiles';
import { auditSuite } from './audit';
import { codeActionsSuite } from './codeActions';
import { commandsSuite } from './commands';
import { diagnosticsSuite } from './diagnostics';
import { endpointsSuite } from './endpoints';
import type { HostTest } from './results';
import { typeCheckSuite } from './typeCheck';

/** Runs the suite inside VS Code's extension host; rejects if a test fails. Its results go to a file, too. */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, reporter: 'min' });
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  const suites = [
    diagnosticsSuite,
    codeActionsSuite,
    commandsSuite,
    endpointsSuite,
    acrossFilesSuite,
    auditSuite,
    typeCheckSuite,
  ];
  for (const define of suites) define();

  const tests: HostTest[] = [];
  const failures = await new Promise<number>((done) => {
    mocha
      .run(done)
      .on('pass', (test) => tests.push({ title: test.fullTitle() }))
      .on('fail', (test, error: Error) => tests.push({ title: test.fullTitle(), error: error.stack ?? error.message }));
  });
  const file = process.env.PERF_HINTS_E2E_RESULTS;
  if (!file) throw new Error('PERF_HINTS_E2E_RESULTS names no file');
  writeFileSync(file, JSON.stringify(tests));
  if (failures > 0) throw new Error(`${failures} of ${tests.length} tests failed`);
}
