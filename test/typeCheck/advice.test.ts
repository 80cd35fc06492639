import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, it } from 'node:test';
import { type Advice, adviceOn, type TracedProgram } from '../../server/typeCheck/advice';
import { adviseOn, readAdvice } from '../../server/typeCheck/adviceFile';
import { checkProject } from '../../server/typeCheck/checkProject';
import { storageOf } from '../../server/typeCheck/storage';
import { readTrace } from '../../server/typeCheck/trace';
import { temporaryFolder } from '../support/temporaryFolder';

/** A type that takes long to compute, behind a line that does not. */
const SLOW = `export const quick = 1;
type Fill<N extends number, A extends unknown[] = []> = A['length'] extends N ? A : Fill<N, [...A, unknown]>;
type Pairs<A extends unknown[]> = A extends [infer H, ...infer R] ? [[H, R], ...Pairs<R>] : [];
export declare const slow: Pairs<Fill<45>>[3];
`;
const names = (advice: readonly Advice[]) => advice.map(({ title }) => title);

describe('advice from a traced run', () => {
  const options = { strict: true, noEmit: true, types: [], lib: ['es5'], target: 'es2020', module: 'preserve' };
  const installed = (name: string, version: string) => JSON.stringify({ name, version, types: 'index.d.ts' });
  const folder = temporaryFolder({
    'tsconfig.json': JSON.stringify({ compilerOptions: options, include: ['src'] }),
    'src/slow.ts': SLOW,
    'src/first.ts': "import 'twice';\nimport 'other';\nexport {};\n",
    'node_modules/twice/package.json': installed('twice', '1.0.0'),
    'node_modules/twice/index.d.ts': 'export {};\n',
    'node_modules/other/package.json': installed('other', '3.0.0'),
    'node_modules/other/index.d.ts': "import 'twice';\nexport {};\n",
    'node_modules/other/node_modules/twice/package.json': installed('twice', '2.0.0'),
    'node_modules/other/node_modules/twice/index.d.ts': 'export {};\n',
  });
  const tsconfig = join(folder, 'tsconfig.json');

  for (const compiler of ['typescript', 'typescript-7']) {
    it(`names the files that time goes into, and what is installed twice (${compiler})`, async () => {
      const storage = join(folder, `storage-${compiler}`);
      const ignored = () => undefined;
      const checked = await checkProject(
        {
          ...{ tsconfig, storage, mode: 'cold', isTraced: true, pretty: false, currentFolder: folder },
          tscPath: resolve('node_modules', compiler),
          ...{ onOutput: ignored, onComplaint: ignored, onNote: ignored },
        },
        new AbortController().signal,
      );
      assert.ok('run' in checked && checked.run.isTraced, 'it was traced');
      const place = storageOf(storage, tsconfig);
      const { compilerVersion } = checked.run;
      const advice = adviseOn(place, { currentFolder: folder, compilerVersion, skipLibCheck: false });
      assert.ok(!('problem' in advice));
      const traces = readTrace(readFileSync(join(place.trace, 'trace.json'), 'utf8'));
      const own = traces?.filter(({ file }) => file.includes('/src/')) ?? [];
      assert.deepEqual(
        own.map(({ file }) => file.replace(/.*\//, '')),
        ['slow.ts', 'first.ts'],
      );
      assert.ok(names(advice).includes('twice is in the program 2 times'), names(advice).join('\n'));
      assert.deepEqual(readAdvice(place), JSON.parse(JSON.stringify(advice)));
    });
  }

  it('is a plain sentence where no trace was left, or half of one', () => {
    const place = storageOf(join(folder, 'empty'), tsconfig);
    const told = () => adviseOn(place, { currentFolder: '/', compilerVersion: '5.0.0', skipLibCheck: false });
    assert.deepEqual(told(), { problem: 'TypeScript 5.0.0 has left no trace that can be read.' });
    mkdirSync(place.trace, { recursive: true });
    writeFileSync(join(place.trace, 'trace.json'), '[{"name":"checkSourceFile","ph":"B"');
    assert.deepEqual(told(), { problem: 'TypeScript 5.0.0 has left no trace that can be read.' });
    assert.equal(readAdvice(place), undefined);
  });

  it('follows each thread of a compiler that has several', () => {
    const event = (ph: string, tid: number, ts: number, path: string) => {
      return { cat: 'check', name: 'checkSourceFile', ph, tid, ts, args: { path } };
    };
    const events = [
      event('B', 1, 0, '/a'),
      event('B', 2, 1000, '/b'),
      event('E', 1, 5000, '/a'),
      event('E', 2, 9000, '/b'),
    ];
    assert.deepEqual(readTrace(JSON.stringify(events)), [
      { file: '/b', checkMs: 8 },
      { file: '/a', checkMs: 5 },
    ]);
  });
});

describe('what made a check slow', () => {
  const program: TracedProgram = {
    traced: [
      { file: '/app/src/slow.ts', checkMs: 600, slowest: { start: 40, ms: 500 } },
      { file: '/app/node_modules/typescript/lib/lib.dom.d.ts', checkMs: 300 },
      { file: '/app/src/quick.ts', checkMs: 10 },
    ],
    files: [
      { path: '/app/src/slow.ts', bytes: 10_000 },
      { path: '/app/src/generated.ts', bytes: 900_000 },
      { path: '/app/node_modules/typescript/lib/lib.dom.d.ts', bytes: 2_000_000 },
    ],
    packages: [],
    skipLibCheck: false,
  };
  const shown = (path: string) => path.replace('/app/', '');

  it('is told worst first, with its share and its place', () => {
    const [worst, ...others] = adviceOn(program, shown);
    assert.deepEqual(worst, {
      title: 'src/slow.ts takes 600 ms to check',
      detail: '66% of the 910 ms that all files take; 500 ms of it at one place',
      file: '/app/src/slow.ts',
      offset: 40,
    });
    assert.deepEqual(names(others), [
      'Checking .d.ts files takes 300 ms: skipLibCheck leaves it out',
      'src/generated.ts is 1 MB of source',
      '69% of the program is .d.ts files',
    ]);
  });

  it('is not what is done already, nor what nobody can change', () => {
    const told = names(adviceOn({ ...program, skipLibCheck: true }, shown)).join('\n');
    assert.doesNotMatch(told, /skipLibCheck/);
    assert.doesNotMatch(told, /lib\.dom\.d\.ts/);
  });
});
