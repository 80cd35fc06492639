import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { type Diagnostic, FileChangeType } from 'vscode-languageserver-protocol/node';
import { TypeCheckRanNotification, type TypeCheckRun } from '../../server/protocol';
import { addRun } from '../../server/typeCheck/history';
import { LspClient } from '../support/lspClient';
import { temporaryFolder, writeIn } from '../support/temporaryFolder';

const app = {
  'package.json': `{
  "name": "app",
  "scripts": { "typecheck": "tsc --noEmit" },
  "dependencies": { "next": "15.5.8" }
}
`,
  'tsconfig.json': '{ "compilerOptions": { "strict": true, "skipLibCheck": true } }\n',
  '.vscode/tasks.json': `{
  // Of the team.
  "tasks": [
    { "label": "Types", "type": "shell", "command": "npx tsc --noEmit" }
  ]
}
`,
  'next.config.mjs': 'export default {\n  compress: true,\n  swcMinify: true,\n};\n',
};

async function openApp(files: Readonly<Record<string, string>> = app) {
  const folder = temporaryFolder(files);
  const storagePath = temporaryFolder({});
  const client = await LspClient.startLoaded({ folders: [folder], initializationOptions: { storagePath } });
  const find = async (uri: string, rule: string): Promise<Diagnostic> => {
    const found = (await client.diagnostics(uri)).find(({ code }) => code === rule);
    assert(found, `${rule} is reported`);
    return found;
  };
  return { folder, storagePath, client, find, open: (file: string) => client.open(join(folder, file)) };
}

describe('files with settings', () => {
  for (const [file, rule, gone] of [
    ['package.json', 'type-check-not-incremental', 'tsc --noEmit"'],
    ['.vscode/tasks.json', 'type-check-not-incremental', 'tsc --noEmit"'],
    ['next.config.mjs', 'next-config-obsolete', 'swcMinify'],
  ] as const) {
    it(`are judged and fixed as others are: ${file}`, async () => {
      const { client, find, open } = await openApp();
      const uri = await open(file);
      const [best] = (await client.actions(uri, await find(uri, rule))).filter(({ isPreferred }) => isPreferred);
      assert(best);
      await client.apply((await client.resolve(best)).edit);
      assert(!client.text(uri).includes(gone));
      assert.deepEqual(await client.rulesIn(uri), []);
    });
  }

  it('are judged by what is typed, also while it is half-written', async () => {
    const { client, open } = await openApp();
    const uri = await open('package.json');
    await client.replace(uri, 'tsc --noEmit', 'tsc --noEmit --incremental');
    assert.deepEqual(await client.rulesIn(uri), []);
    await client.replace(uri, ' --incremental" },', '');
    await client.diagnostics(uri);
    await client.replace(uri, 'tsc --noEmit', 'tsc --noEmit" },');
    assert.deepEqual(await client.rulesIn(uri), ['type-check-not-incremental']);
  });

  it('say what another of them changes, open or on disk', async () => {
    const { folder, client, open } = await openApp();
    const uri = await open('package.json');
    const tsconfig = await open('tsconfig.json');
    await client.replace(tsconfig, '"strict": true', '"incremental": true');
    assert.deepEqual(await client.rulesIn(uri), []);
    await client.close(tsconfig);
    assert.deepEqual(await client.rulesIn(uri), ['type-check-not-incremental']);
    writeIn(folder, 'tsconfig.json', '{ "compilerOptions": { "composite": true, "skipLibCheck": true } }');
    await client.changedOnDisk(join(folder, 'tsconfig.json'), FileChangeType.Changed);
    assert.deepEqual(await client.rulesIn(uri), []);
    rmSync(join(folder, 'tsconfig.json'));
    await client.changedOnDisk(join(folder, 'tsconfig.json'), FileChangeType.Deleted);
    assert.deepEqual(await client.rulesIn(uri), []);
  });

  it('can be ignored where they have comments, and only there', async () => {
    const { client, find, open } = await openApp();
    const manifest = await open('package.json');
    const titles = async (uri: string) =>
      (await client.actions(uri, await find(uri, 'type-check-not-incremental'))).map(({ title }) => title);
    assert(!(await titles(manifest)).some((title) => title.startsWith('Ignore')));
    const tasks = await open('.vscode/tasks.json');
    assert((await titles(tasks)).includes('Ignore on this line: type-check-not-incremental'));
    const text = '// perf-hints-ignore type-check-not-incremental: it is run once a month\n    { "label"';
    await client.replace(tasks, '{ "label"', text);
    assert.deepEqual(await client.rulesIn(tasks), []);
    await client.replace(tasks, 'tsc --noEmit', 'eslint');
    assert.deepEqual(await client.rulesIn(tasks), ['unused-ignore']);
  });

  it('are part of the audit', async () => {
    const { client } = await openApp();
    const { files } = await client.connection.sendRequest<{ files: { path: string }[] }>('perfHints/audit', {});
    const paths = files.map(({ path }) => path);
    for (const file of ['.vscode/tasks.json', 'next.config.mjs', 'package.json']) assert(paths.includes(file), file);
  });

  it('of a package in node_modules are nobody’s', async () => {
    const { client, open } = await openApp({ ...app, 'node_modules/left/package.json': app['package.json'] });
    assert.deepEqual(await client.rulesIn(await open('node_modules/left/package.json')), []);
  });
});

describe('a type check that ran out of memory', () => {
  const run: TypeCheckRun = {
    startedAt: '2030-01-02T03:04:05.000Z',
    compilerVersion: '6.0.3',
    mode: 'cold',
    start: 'cold',
    outcome: 'out-of-memory',
    errors: 0,
    wallMs: 80_000,
    program: {},
    settings: { configHash: 'a' },
  };

  it('is told at its script as soon as it has ended, and until one ends well', async () => {
    const { folder, storagePath, client, open } = await openApp();
    const uri = await open('package.json');
    const rulesAfter = async (ended: TypeCheckRun) => {
      assert.equal(addRun(storagePath, join(folder, 'tsconfig.json'), ended), undefined);
      await client.connection.sendNotification(TypeCheckRanNotification);
      return client.rulesIn(uri);
    };
    assert.deepEqual(await rulesAfter(run), ['type-check-heap', 'type-check-not-incremental']);
    assert.deepEqual(await rulesAfter({ ...run, outcome: 'stopped' }), [
      'type-check-heap',
      'type-check-not-incremental',
    ]);
    assert.deepEqual(await rulesAfter({ ...run, outcome: 'clean' }), ['type-check-not-incremental']);
  });

  it('is remembered from one session to the next', async () => {
    const folder = temporaryFolder(app);
    const storagePath = temporaryFolder({});
    addRun(storagePath, join(folder, 'tsconfig.json'), run);
    const client = await LspClient.startLoaded({ folders: [folder], initializationOptions: { storagePath } });
    const rules = await client.rulesIn(await client.open(join(folder, 'package.json')));
    assert(rules.includes('type-check-heap'));
  });
});
