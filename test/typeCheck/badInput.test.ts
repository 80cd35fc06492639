import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { type CheckOptions, checkProject } from '../../server/typeCheck/checkProject';
import { findCompiler } from '../../server/typeCheck/compiler';
import { readConfiguration } from '../../server/typeCheck/configuration';
import { addRun, readRuns } from '../../server/typeCheck/history';
import type { TypeCheckRun } from '../../server/typeCheck/run';
import { storageOf, usualStorage } from '../../server/typeCheck/storage';
import { checkOptions, compiledProject, compilers, plainConfig, useCompiler } from '../support/compiledProject';
import { temporaryFolder, writeIn } from '../support/temporaryFolder';

const [typescript5, typescript6, typescript7] = compilers;

async function check(options: CheckOptions): Promise<TypeCheckRun> {
  const checked = await checkProject(options, new AbortController().signal);
  assert.ok('run' in checked, JSON.stringify(checked));
  return checked.run;
}

describe('a compiler', () => {
  it('that is not installed: says how to install it', async () => {
    const folder = temporaryFolder({ 'web/tsconfig.json': plainConfig });
    const options = checkOptions(folder, { tsconfig: join(folder, 'web/tsconfig.json') });
    assert.deepEqual(await checkProject(options, new AbortController().signal), {
      problem: 'No TypeScript is installed for web/tsconfig.json: npm install -D typescript',
    });
  });

  it('is the nearest one above the project', () => {
    const folder = temporaryFolder({ 'a/tsconfig.json': '{}', 'a/b/tsconfig.json': '{}' });
    useCompiler(folder, typescript5);
    useCompiler(join(folder, 'a/b'), typescript7);
    const versionFor = (file: string) => {
      const found = findCompiler(join(folder, file));
      return 'version' in found ? found.version : found.problem;
    };
    assert.deepEqual(
      [versionFor('a/tsconfig.json'), versionFor('a/b/tsconfig.json')],
      [typescript5.version, typescript7.version],
    );
  });

  it('can be named: its package, or its tsc', () => {
    for (const { folder, version } of compilers) {
      for (const tscPath of [folder, join(folder, 'bin/tsc')]) {
        const found = findCompiler('/nowhere/tsconfig.json', { tscPath });
        assert.equal('version' in found ? found.version : found.problem, version);
      }
    }
    assert.deepEqual(findCompiler('/a/tsconfig.json', { tscPath: '/b/tsc' }), {
      problem: 'There is no compiler at /b/tsc.',
    });
  });

  it('that is too old or incomplete is not run', () => {
    const manifest = 'node_modules/typescript/package.json';
    const problemOf = (text: string) => {
      const folder = temporaryFolder({ 'tsconfig.json': '{}', [manifest]: text, 'node_modules/typescript/tsc': '' });
      const found = findCompiler(join(folder, 'tsconfig.json'));
      return 'problem' in found ? found.problem : found.version;
    };
    assert.match(problemOf('{ "version": "4.9.5", "bin": { "tsc": "tsc" } }'), /^TypeScript 4\.9\.5 .* is too old/);
    assert.match(problemOf('{ "version": "6.0.3", "bin": { "tsc": "gone" } }'), /is incomplete: install it again\.$/);
    assert.match(problemOf('{ "ver'), /is incomplete: install it again\.$/);
  });

  for (const compiler of [typescript5, typescript6]) {
    it(`that runs out of memory is recognised: TypeScript ${compiler.version}`, async () => {
      const options = checkOptions(compiledProject(compiler, { modules: 400 }), { heapMb: 25 });
      const run = await check(options);
      assert.deepEqual([run.outcome, run.settings.heapMb], ['out-of-memory', 25]);
      assert.match(options.said.complaints, /JavaScript heap out of memory/);
    });
  }

  it('that is killed by another counts as out of memory; one that crashes has failed, and says why', async () => {
    const project = (script: string) =>
      temporaryFolder({
        'tsconfig.json': '{}',
        'node_modules/typescript/package.json': '{ "version": "6.0.3", "bin": { "tsc": "tsc.js" } }',
        'node_modules/typescript/tsc.js': script,
      });
    const killed = await check(checkOptions(project('process.kill(process.pid, "SIGKILL");')));
    assert.deepEqual([killed.outcome, killed.signal], ['out-of-memory', 'SIGKILL']);
    const inContainer = await check(checkOptions(project('process.exit(137);')));
    assert.deepEqual([inContainer.outcome, inContainer.exitCode], ['out-of-memory', 137]);
    const inGo = await check(checkOptions(project('console.error("fatal error: out of memory"); process.exit(2);')));
    assert.equal(inGo.outcome, 'out-of-memory');
    const crashed = await check(checkOptions(project('null.length;')));
    assert.deepEqual([crashed.outcome, crashed.errors], ['failed', 0]);
    assert.match(crashed.problem ?? '', /^TypeError: Cannot read properties of null/);
    const silent = await check(checkOptions(project('process.exit(7);')));
    assert.deepEqual([silent.outcome, silent.problem], ['failed', 'The compiler ended with exit code 7.']);
  });

  it('gets its heap beside the options that Node is given anyway', async () => {
    const folder = temporaryFolder({
      'tsconfig.json': '{}',
      'node_modules/typescript/package.json': '{ "version": "6.0.3", "bin": { "tsc": "tsc.js" } }',
      'node_modules/typescript/tsc.js': 'console.log(process.env.NODE_OPTIONS);',
    });
    const options = checkOptions(folder, { heapMb: 300 });
    const before = process.env.NODE_OPTIONS;
    process.env.NODE_OPTIONS = '--no-warnings --max-old-space-size=200';
    try {
      await check(options);
      assert.equal(options.said.output, '--no-warnings --max-old-space-size=200 --max-old-space-size=300\n');
      assert.equal((await check(checkOptions(folder))).settings.heapMb, 200);
    } finally {
      if (before === undefined) delete process.env.NODE_OPTIONS;
      else process.env.NODE_OPTIONS = before;
    }
  });
});

describe('a project', () => {
  for (const compiler of [typescript6, typescript7]) {
    const failed = async (files: Readonly<Record<string, string>>) => {
      const run = await check(checkOptions(compiledProject(compiler, { modules: 1, files })));
      assert.equal(run.outcome, 'failed');
      return run.problem ?? '';
    };

    it(`that does not parse, has no files, or extends nothing has failed: TypeScript ${compiler.version}`, async () => {
      assert.match(
        await failed({
          'tsconfig.json': '{ "compilerOptions": { "lib": ["ES5"], "skipLibCheck": true, "types": [], "strict": tru',
        }),
        /^tsconfig\.json\(1,\d+\): error /,
      );
      assert.match(await failed({ 'tsconfig.json': '{ "include": ["nothing"] }' }), /^TS18003: No inputs were found/);
      assert.match(
        await failed({
          'tsconfig.json':
            '{ "extends": "./gone.json", "compilerOptions": { "lib": ["ES5"], "skipLibCheck": true, "types": [] } }',
        }),
        /gone\.json/,
      );
    });
  }

  it('may lie in a folder with spaces and other odd signs', async () => {
    for (const compiler of [typescript6, typescript7]) {
      const folder = join(temporaryFolder({}), "it's a [folder] & more");
      writeIn(folder, 'tsconfig.json', plainConfig);
      writeIn(folder, 'src/a file.ts', 'export const wrong: string = 1;\n');
      useCompiler(folder, compiler);
      const options = checkOptions(folder);
      const runs = [await check(options), await check(options)];
      assert.deepEqual(
        runs.map(({ outcome, errors, start }) => [outcome, errors, start]),
        [
          ['errors', 1, 'cold'],
          ['errors', 1, 'warm'],
        ],
      );
      assert.match(options.said.output, /^src\/a file\.ts\(1,14\): error TS2322/);
    }
  });

  it('has its errors counted in colour too', async () => {
    for (const compiler of compilers) {
      const folder = compiledProject(compiler, {
        files: { 'src/a.ts': 'export const a: string = 1;\nexport const b: 2 = 3;\n' },
      });
      const options = checkOptions(folder, { pretty: true });
      assert.equal((await check(options)).errors, 2);
      assert.ok(options.said.output.includes('\u001b['), 'in colour');
      assert.match(options.said.output, /Found 2 errors/);
      assert.doesNotMatch(options.said.output, /Check time/);
    }
  });

  it('is another one if it has the same name elsewhere, or another configuration beside it', () => {
    const folders = ['/a/web/tsconfig.json', '/b/web/tsconfig.json', '/a/web/tsconfig.test.json'].map(
      (tsconfig) => storageOf('/kept', tsconfig).folder,
    );
    assert.equal(new Set(folders).size, 3);
    for (const folder of folders) assert.match(folder, /^\/kept\/type-check\/web-/);
  });

  it('has changed if something that it extends has', () => {
    const folder = temporaryFolder({
      'tsconfig.json': '{ "extends": ["./base", "pack/strict.json"], "compilerOptions": { "strict": true } } // fine',
      'base.json': '{ "compilerOptions": { "incremental": true, "strict": false } }',
      'node_modules/pack/package.json': '{ "name": "pack" }',
      'node_modules/pack/strict.json':
        '{ "extends": "../../tsconfig.json", "compilerOptions": { "skipLibCheck": true } }',
    });
    const read = () => readConfiguration(join(folder, 'tsconfig.json'));
    const { options, hash } = read();
    assert.deepEqual(options, { incremental: true, strict: true, skipLibCheck: true });
    assert.equal(read().hash, hash);
    writeIn(folder, 'base.json', '{ "compilerOptions": { "incremental": true, "strict": true } }');
    assert.notEqual(read().hash, hash);
  });
});

describe('the history', () => {
  it('is empty and says so when it is damaged, and is begun anew', async () => {
    const folder = compiledProject(typescript7);
    const options = checkOptions(folder);
    const { runs: file } = storageOf(options.storage, options.tsconfig);
    for (const text of ['', '{"runs":', '[]', 'null', '{"runs":{}}']) {
      writeIn(dirname(file), 'runs.json', text);
      const { runs, note } = readRuns(options.storage, options.tsconfig);
      assert.deepEqual(runs, []);
      assert.match(note ?? '', /^Earlier runs are lost: .*runs\.json is damaged\.$/);
    }
    const run = await check(options);
    assert.equal(options.said.notes.length, 1);
    assert.deepEqual(readRuns(options.storage, options.tsconfig), { runs: [run] });
    writeFileSync(file, JSON.stringify({ runs: [run, { startedAt: 'x' }, null, 7] }));
    assert.deepEqual(readRuns(options.storage, options.tsconfig).runs, [run]);
  });

  it('keeps the newest fifty', async () => {
    const options = checkOptions(compiledProject(typescript7));
    const run = await check(options);
    for (let wallMs = 0; wallMs < 60; wallMs++) addRun(options.storage, options.tsconfig, { ...run, wallMs });
    const times = readRuns(options.storage, options.tsconfig).runs.map(({ wallMs }) => wallMs);
    assert.deepEqual([times.length, times.at(0), times.at(-1)], [50, 10, 59]);
  });

  it('that can’t be written is noted once, and the check runs all the same', async () => {
    const folder = compiledProject(typescript7);
    writeFileSync(join(folder, 'kept'), 'a file where the folder should be');
    const options = checkOptions(folder, { isTraced: true });
    const run = await check(options);
    assert.deepEqual([run.outcome, run.start], ['clean', 'cold']);
    assert.equal(options.said.notes.length, 1);
    assert.match(options.said.notes[0] ?? '', /^Nothing is kept of this run, .* can't be written: /);
    assert.equal(readFileSync(join(folder, 'kept'), 'utf8'), 'a file where the folder should be');
  });

  it('lies by default in the node_modules of the package that the project belongs to', () => {
    const folder = temporaryFolder({ 'package.json': '{}', 'src/deep/tsconfig.json': '{}' });
    assert.equal(usualStorage(join(folder, 'src/deep/tsconfig.json')), join(folder, 'node_modules/.cache/perf-hints'));
  });
});
