import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { FileChangeType } from 'vscode-languageserver-protocol/node';
import {
  type TypeCheckComparison,
  TypeCheckComparisonMethod,
  type TypeCheckComparisonParams,
  type TypeCheckProject,
  TypeCheckProjectsChangedNotification,
  TypeCheckProjectsMethod,
  type TypeCheckProjectsParams,
  TypeCheckRanNotification,
  type TypeCheckRun,
} from '../../server/protocol';
import { addRun } from '../../server/typeCheck/history';
import { storageOf } from '../../server/typeCheck/storage';
import { LspClient, uriOf } from '../support/lspClient';
import { temporaryFolder, writeIn } from '../support/temporaryFolder';
import { runsOf, warm } from '../support/typeCheckRuns';

const monorepo = {
  'tsconfig.json': '{ "files": [], "references": [{ "path": "web" }, { "path": "lib/tsconfig.build.json" }] }',
  'web/tsconfig.json': '{ "extends": "../base", "references": [{ "path": "../lib/tsconfig.build.json" }] }',
  'web/index.ts': 'export {};',
  'lib/tsconfig.build.json': '{ "compilerOptions": { "composite": true } }',
  'base.json': '{ "compilerOptions": { "strict": true } }',
  'node_modules/typescript/package.json': '{ "version": "7.0.2", "bin": { "tsc": "tsc.js" } }',
  'node_modules/typescript/tsc.js': '',
};

/** A view of the projects, as the editor has one. */
class View {
  changes = 0;
  readonly #wakened = new Set<() => void>();

  private constructor(
    readonly client: LspClient,
    readonly storage: string,
  ) {
    client.connection.onNotification(TypeCheckProjectsChangedNotification, () => {
      this.changes++;
      for (const wake of this.#wakened) wake();
    });
  }

  static async open(...folders: readonly string[]): Promise<View> {
    const storagePath = temporaryFolder({});
    return new View(await LspClient.start({ folders, initializationOptions: { storagePath } }), storagePath);
  }

  /** A view whose workspace folders were read. */
  static async openLoaded(...folders: readonly string[]): Promise<View> {
    const view = await View.open(...folders);
    await view.until((changes) => changes >= folders.length);
    return view;
  }

  async until(holds: (changes: number) => boolean): Promise<void> {
    while (!holds(this.changes)) await new Promise<void>((wake) => this.#wakened.add(wake));
  }

  projectsOrNull(params?: TypeCheckProjectsParams): Promise<readonly TypeCheckProject[] | null> {
    return this.client.connection.sendRequest(TypeCheckProjectsMethod, params);
  }

  async projects(params?: TypeCheckProjectsParams): Promise<readonly TypeCheckProject[]> {
    const projects = await this.projectsOrNull(params);
    assert(projects);
    return projects;
  }

  /** The project of a configuration (absolute). */
  async project(tsconfig: string): Promise<TypeCheckProject> {
    const project = (await this.projects()).find(({ uri }) => uri === uriOf(tsconfig));
    assert(project);
    return project;
  }

  compare(params: TypeCheckComparisonParams): Promise<TypeCheckComparison | null> {
    return this.client.connection.sendRequest(TypeCheckComparisonMethod, params);
  }

  /** Keeps runs as the command line does, and tells of them as the editor does. */
  async ran(tsconfig: string, ...runs: readonly Partial<TypeCheckRun>[]): Promise<void> {
    for (const run of runsOf(...runs)) assert.equal(addRun(this.storage, tsconfig, run), undefined);
    await this.client.connection.sendNotification(TypeCheckRanNotification);
  }
}

describe('the TypeScript projects of a workspace', () => {
  it('are listed with what they refer to and the compiler that would run', async () => {
    const folder = temporaryFolder(monorepo);
    const view = await View.openLoaded(folder);
    const at = (file: string) => uriOf(join(folder, file));
    const common = { folder: uriOf(folder), compiler: { version: '7.0.2' } };
    const library = at('lib/tsconfig.build.json');
    const byPath = [...(await view.projects())].sort((a, b) => a.path.localeCompare(b.path));
    assert.deepEqual(byPath, [
      { ...common, uri: library, path: 'lib/tsconfig.build.json', references: [] },
      { ...common, uri: at('tsconfig.json'), path: 'tsconfig.json', references: [at('web/tsconfig.json'), library] },
      { ...common, uri: at('web/tsconfig.json'), path: 'web/tsconfig.json', references: [library] },
    ]);
  });

  it('are not known while the folders are being read; when they are, it is told', async () => {
    const view = await View.open(temporaryFolder(monorepo));
    assert.equal(await view.projectsOrNull(), null);
    await view.until((changes) => changes > 0);
    assert.equal((await view.projects()).length, 3);
  });

  it('say why they can’t be checked where no TypeScript is installed, or the one that is set is gone', async () => {
    const folder = temporaryFolder({ 'web/tsconfig.json': '{}' });
    const view = await View.openLoaded(folder);
    const compilerFor = async (params?: TypeCheckProjectsParams) => (await view.projects(params))[0]?.compiler;
    assert.deepEqual(await compilerFor(), {
      problem: 'No TypeScript is installed for web/tsconfig.json: npm install -D typescript',
    });
    const tscPath = 'tools/tsc';
    assert.deepEqual(await compilerFor({ tscPath }), { problem: `There is no compiler at ${join(folder, tscPath)}.` });
    writeIn(folder, 'tools/package.json', monorepo['node_modules/typescript/package.json']);
    writeIn(folder, 'tools/tsc.js', '');
    assert.deepEqual(await compilerFor({ tscPath: 'tools' }), { version: '7.0.2' });
  });

  it('are listed also where their configuration does not parse, and then say in a line why a run failed', async () => {
    const folder = temporaryFolder({ 'tsconfig.json': '{ "compilerOptions": { "strict": tru' });
    const tsconfig = join(folder, 'tsconfig.json');
    const view = await View.openLoaded(folder);
    const problem = "tsconfig.json(1,33): error TS1005: '}' expected.";
    await view.ran(tsconfig, {}, { outcome: 'failed', problem });
    const { lastRun, summary } = await view.project(tsconfig);
    assert.deepEqual([lastRun?.outcome, summary], ['failed', `failed: ${problem}`]);
  });

  it('are none in a workspace without a configuration', async () => {
    const view = await View.openLoaded(temporaryFolder({ 'a.ts': 'export {};' }));
    assert.deepEqual(await view.projects(), []);
  });

  it('come and go as their configurations do on disk, which is told', async () => {
    const folder = temporaryFolder(monorepo);
    const view = await View.openLoaded(folder);
    const file = join(folder, 'docs/tsconfig.json');
    const paths = async () => (await view.projects()).map(({ path }) => path);
    const before = await paths();
    writeIn(folder, 'docs/tsconfig.json', '{}');
    await view.client.changedOnDisk(file, FileChangeType.Created);
    await view.until((changes) => changes === 2);
    assert((await paths()).includes('docs/tsconfig.json'));
    rmSync(file);
    await view.client.changedOnDisk(file, FileChangeType.Deleted);
    await view.until((changes) => changes === 3);
    assert.deepEqual(await paths(), before);
  });
});

describe('the runs of a project', () => {
  it('show how the last one went, the change, and those before it', async () => {
    const folder = temporaryFolder(monorepo);
    const tsconfig = join(folder, 'web/tsconfig.json');
    const view = await View.openLoaded(folder);
    assert.equal((await view.project(tsconfig)).lastRun, undefined);
    await view.ran(tsconfig, { wallMs: 16_000 }, warm, { outcome: 'errors', errors: 2 });
    const { lastRun, summary, history, outOfMemory } = await view.project(tsconfig);
    assert.deepEqual([lastRun?.outcome, lastRun?.errors], ['errors', 2]);
    assert.equal(summary, '2 errors · 8.0 s · 800 MB · −50% █▂▅');
    assert.match(history ?? '', /^\| Started \(UTC\) \|.*\n\| ---.*\n(?:\| 2030-01-01 10:0\d \|.*\n?){3}$/);
    assert.equal(outOfMemory, undefined);
    assert.equal((await view.project(join(folder, 'tsconfig.json'))).lastRun, undefined);
  });

  it('say what can be done where the last one ran out of memory', async () => {
    const folder = temporaryFolder(monorepo);
    const tsconfig = join(folder, 'tsconfig.json');
    const view = await View.openLoaded(folder);
    await view.ran(tsconfig, { outcome: 'out-of-memory' });
    const { summary, outOfMemory } = await view.project(tsconfig);
    assert.equal(summary, 'out of memory · 8.0 s · 800 MB');
    assert.match(outOfMemory?.message ?? '', /^The type check ran out of memory after 8\.0 s/);
    assert(outOfMemory?.actions.some(({ kind }) => kind === 'incremental'));
    await view.ran(tsconfig, warm);
    assert.equal((await view.project(tsconfig)).outOfMemory, undefined);
  });

  it('are kept apart where two workspace folders have a project of the same name', async () => {
    const folders = ['a/app', 'b/app'].map((name) => join(temporaryFolder({}), name));
    for (const folder of folders) writeIn(folder, 'tsconfig.json', '{}');
    const view = await View.openLoaded(...folders);
    const [first = '', second = ''] = folders.map((folder) => join(folder, 'tsconfig.json'));
    await view.ran(first, {});
    await view.ran(second, warm);
    const summaries = (await view.projects()).map(({ path, summary }) => [path, summary]);
    assert.deepEqual(summaries, [
      ['tsconfig.json', '8.0 s · 800 MB'],
      ['tsconfig.json', '2.0 s · 400 MB'],
    ]);
  });

  it('that are damaged on disk are none, and the projects are listed all the same', async () => {
    const folder = temporaryFolder(monorepo);
    const tsconfig = join(folder, 'tsconfig.json');
    const view = await View.openLoaded(folder);
    await view.ran(tsconfig, {});
    const { runs } = storageOf(view.storage, tsconfig);
    writeIn(dirname(runs), basename(runs), '{"runs":');
    assert.equal((await view.project(tsconfig)).lastRun, undefined);
  });
});

describe('a comparison of runs', () => {
  it('comes as a page, as Markdown and as JSON, of the runs that are chosen', async () => {
    const folder = temporaryFolder(monorepo);
    const tsconfig = join(folder, 'web/tsconfig.json');
    const view = await View.openLoaded(folder);
    await view.ran(tsconfig, {}, warm, { ...warm, start: 'edited' });
    const comparison = await view.compare({ project: uriOf(tsconfig) });
    assert(comparison);
    assert.match(comparison.html, /<h1>Type check of web\/tsconfig\.json<\/h1>/);
    assert.match(comparison.markdown, /^## Type check of `web\/tsconfig\.json`\n/);
    const { before, after, runs } = JSON.parse(comparison.json);
    assert.deepEqual([before.start, after.start, runs.length], ['cold', 'edited', 3]);
    const [, chosen] = runs;
    const other = await view.compare({ project: uriOf(tsconfig), after: chosen.startedAt });
    assert.deepEqual(JSON.parse(other?.json ?? '').after, chosen);
  });

  it('is none of a project that was never run, or of what is no project', async () => {
    const folder = temporaryFolder(monorepo);
    const view = await View.openLoaded(folder);
    assert.equal(await view.compare({ project: uriOf(join(folder, 'tsconfig.json')) }), null);
    assert.equal(await view.compare({ project: 'untitled:Untitled-1' }), null);
  });
});
