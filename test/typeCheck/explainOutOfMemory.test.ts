import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { explainOutOfMemory } from '../../server/typeCheck/explainOutOfMemory';
import { addRun } from '../../server/typeCheck/history';
import type { TypeCheckRun } from '../../server/typeCheck/run';
import { usualStorage } from '../../server/typeCheck/storage';
import { runCli } from '../support/runCli';
import { temporaryFolder } from '../support/temporaryFolder';

const GB = 1024 ** 3;

function run(parts: Partial<TypeCheckRun>): TypeCheckRun {
  return {
    startedAt: '2026-01-01T10:00:00.000Z',
    compilerVersion: '6.0.3',
    mode: 'cold',
    start: 'cold',
    outcome: 'clean',
    errors: 0,
    wallMs: 40_000,
    program: {},
    settings: { configHash: 'a' },
    ...parts,
  };
}

const died = run({ outcome: 'out-of-memory', peakBytes: 4 * GB });
const kindsOf = (runs: readonly TypeCheckRun[], machineMb = 32_000) =>
  explainOutOfMemory(runs, machineMb)?.actions.map(({ kind }) => kind);

describe('a type check that ran out of memory', () => {
  it('is explained with what it took, and the steps that can help it', () => {
    const advice = explainOutOfMemory([died], 32_000);
    assert.match(advice?.message ?? '', /^The type check ran out of memory after 40 s, having taken 4\.\d GB\.$/);
    assert.deepEqual(kindsOf([died]), ['raise-heap', 'incremental', 'skip-lib-check', 'split']);
    assert.equal(advice?.actions[0]?.heapMb, 8192);
  });

  it('is given no more memory than the machine can spare', () => {
    const limited = run({ outcome: 'out-of-memory', settings: { configHash: 'a', heapMb: 6144 } });
    assert.equal(explainOutOfMemory([limited], 12_288)?.actions[0]?.heapMb, 9216);
    assert.ok(!kindsOf([limited], 8000)?.includes('raise-heap'));
  });

  it('is not told to do what it does already, nor what its compiler does not know', () => {
    const settings = { configHash: 'a', skipLibCheck: true };
    const incremental = run({ outcome: 'out-of-memory', mode: 'incremental', settings });
    assert.deepEqual(kindsOf([incremental]), ['raise-heap', 'split']);
    assert.ok(!kindsOf([{ ...died, compilerVersion: '7.0.2' }])?.includes('raise-heap'));
  });

  it('is compared with runs that came to their end here, and only with those', () => {
    const cold = run({ peakBytes: 3.9 * GB });
    const warm = run({ mode: 'incremental', start: 'warm', peakBytes: 1.1 * GB });
    assert.match(
      explainOutOfMemory([cold, warm, died], 32_000)?.message ?? '',
      /With a build cache it took 1\.\d GB here/,
    );
    assert.doesNotMatch(explainOutOfMemory([warm, died], 32_000)?.message ?? '', /build cache/);
  });

  it('is no matter once a later run had enough', () => {
    assert.equal(explainOutOfMemory([died, run({})], 32_000), undefined);
    assert.equal(explainOutOfMemory([], 32_000), undefined);
  });

  it('is a finding of the audit at the script that ran it, until it was given more', async () => {
    const folder = temporaryFolder({
      'package.json': '{ "scripts": { "types": "tsc --noEmit" } }',
      'tsconfig.json': '{ "compilerOptions": { "incremental": true, "skipLibCheck": true } }',
      'src/index.ts': 'export {};',
    });
    const tsconfig = join(folder, 'tsconfig.json');
    const found = async () => {
      const { stdout } = await runCli(folder, ['audit', '--format', 'json', '--only', 'type-check-heap']);
      return JSON.parse(stdout).findings.map(({ file }: { readonly file: string }) => file);
    };
    assert.deepEqual(await found(), []);
    addRun(usualStorage(tsconfig), tsconfig, died);
    assert.deepEqual(await found(), ['package.json']);
    addRun(usualStorage(tsconfig), tsconfig, run({}));
    assert.deepEqual(await found(), []);
  });
});
