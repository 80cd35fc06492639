import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { type CheckOptions, checkProject } from '../../server/typeCheck/checkProject';
import { readRuns } from '../../server/typeCheck/history';
import type { TypeCheckRun } from '../../server/typeCheck/run';
import { storageOf } from '../../server/typeCheck/storage';
import { checkOptions, compiledProject, compilers, plainConfig } from '../support/compiledProject';
import { writeIn } from '../support/temporaryFolder';

const modules = 400;
const never = new AbortController().signal;

async function check(options: CheckOptions): Promise<TypeCheckRun> {
  const checked = await checkProject(options, never);
  assert.ok('run' in checked, JSON.stringify(checked));
  return checked.run;
}

for (const compiler of compilers) {
  describe(`a project of ${modules} files, checked by TypeScript ${compiler.version}`, () => {
    const folder = compiledProject(compiler, { modules });
    const options = checkOptions(folder);
    const edit = (name: string, text: string) => writeFileSync(join(folder, 'src', name), text);

    it('is cold first, then warm, then edited; and each run is kept', async () => {
      const cold = await check(options);
      assert.deepEqual([cold.outcome, cold.start, cold.errors, cold.exitCode], ['clean', 'cold', 0, 0]);
      assert.equal(cold.compilerVersion, compiler.version);
      const warm = await check(options);
      assert.deepEqual([warm.outcome, warm.start], ['clean', 'warm']);
      edit('part399.ts', `${readFileSync(join(folder, 'src/part399.ts'), 'utf8')}export const added = 1;\n`);
      const edited = await check(options);
      assert.deepEqual([edited.outcome, edited.start], ['clean', 'edited']);
      assert.deepEqual(readRuns(options.storage, options.tsconfig).runs, [cold, warm, edited]);
      assert.deepEqual([options.said.output, options.said.complaints, options.said.notes], ['', '', []]);
    });

    it('shows and counts errors, and again when nothing has changed', async () => {
      const text = readFileSync(join(folder, 'src/part398.ts'), 'utf8');
      edit('part398.ts', `${text}export const wrong: number = 'text';\n`);
      for (const start of ['edited', 'warm']) {
        const current = checkOptions(folder);
        const run = await check(current);
        assert.deepEqual([run.outcome, run.errors, run.start], ['errors', 1, start]);
        assert.match(current.said.output, /^src\/part398\.ts\(\d+,14\): error TS2322: .*\n$/);
      }
      edit('part398.ts', text);
    });

    it('is checked without any build cache when it is to be cold, and says how large it is', async () => {
      const storage = join(folder, 'other');
      const run = await check({ ...options, storage, mode: 'cold' });
      assert.deepEqual([run.outcome, run.start], ['clean', 'cold']);
      assert.deepEqual(readdirSync(storageOf(storage, options.tsconfig).folder), ['runs.json']);
      const { program, wallMs, peakBytes = 0 } = run;
      assert.ok((program.files ?? 0) > modules && (program.lines ?? 0) > modules * 10, JSON.stringify(program));
      for (const phase of ['parseMs', 'checkMs', 'totalMs'] as const) assert.ok((program[phase] ?? -1) >= 0, phase);
      assert.ok((program.totalMs ?? 0) <= wallMs);
      assert.ok(peakBytes > 20e6, `${peakBytes} bytes`);
    });
  });

  describe(`TypeScript ${compiler.version}`, () => {
    for (const [kind, own] of Object.entries({ incremental: { incremental: true }, composite: { composite: true } })) {
      const config = JSON.parse(plainConfig);
      config.compilerOptions = { ...config.compilerOptions, ...own, outDir: 'out', tsBuildInfoFile: 'own.tsbuildinfo' };

      it(`uses the project's own build cache if it is ${kind}, but not for a cold run`, async () => {
        const folder = compiledProject(compiler, { files: { 'tsconfig.json': JSON.stringify(config) } });
        const options = checkOptions(folder);
        const cold = await check({ ...options, mode: 'cold' });
        assert.deepEqual([cold.outcome, existsSync(join(folder, 'own.tsbuildinfo'))], ['clean', false]);
        assert.deepEqual([cold.settings.incrementalInConfig, cold.settings.skipLibCheck], [true, true]);
        const starts = [(await check(options)).start, (await check(options)).start];
        assert.deepEqual(starts, ['cold', 'warm']);
        assert.deepEqual(readdirSync(folder).includes('out'), false);
      });
    }

    it('makes a damaged build cache anew', async () => {
      const folder = compiledProject(compiler);
      const options = checkOptions(folder);
      const cache = storageOf(options.storage, options.tsconfig).buildInfo(compiler.version);
      for (const text of [
        'no JSON',
        `{"version":"${compiler.version}","fileNames":17,"root":"x"}`,
        '{"version":"4.0.0"}',
      ]) {
        writeIn(dirname(cache), basename(cache), text);
        const run = await check(options);
        assert.deepEqual([run.outcome, run.start], ['clean', 'cold'], text);
      }
      assert.equal((await check(options)).start, 'warm');
    });

    it('builds a solution, and forces it to be cold', async () => {
      const part = JSON.stringify({ ...JSON.parse(plainConfig), include: ['*.ts'] });
      const folder = compiledProject(compiler, {
        modules: 0,
        files: {
          'tsconfig.json': '{ "files": [], "references": [{ "path": "one" }, { "path": "two" }] }',
          'one/tsconfig.json': part,
          'one/one.ts': 'export const one = 1;\n',
          'two/tsconfig.json': part,
          'two/two.ts': 'export const two: string = 2;\n',
        },
      });
      const options = checkOptions(folder);
      const first = await check(options);
      assert.deepEqual([first.outcome, first.errors, first.start], ['errors', 1, 'cold']);
      // A file system's clock may lag behind: nobody edits in the moment in which a run ends.
      await setTimeout(50);
      writeIn(folder, 'two/two.ts', 'export const two = 2;\n');
      const second = await check(options);
      assert.deepEqual([second.outcome, second.start], ['clean', 'edited']);
      const forced = await check({ ...options, mode: 'cold' });
      assert.deepEqual([forced.outcome, forced.start], ['clean', 'cold']);
      assert.ok((forced.program.files ?? 0) > 2);
      assert.deepEqual(
        readdirSync(join(folder, 'one')).filter((name) => name.endsWith('.js')),
        [],
      );
      assert.deepEqual(options.said.notes, []);
    });

    it('writes a trace and the list of files when asked, and does not show the list', async () => {
      const folder = compiledProject(compiler);
      const options = checkOptions(folder, { mode: 'cold', isTraced: true });
      const run = await check(options);
      const { trace, files } = storageOf(options.storage, options.tsconfig);
      assert.deepEqual([run.outcome, run.isTraced, options.said.output], ['clean', true, '']);
      assert.ok(readdirSync(trace).length > 0);
      assert.ok(readFileSync(files, 'utf8').split('\n').includes(join(folder, 'src/part1.ts')));
    });
  });
}
