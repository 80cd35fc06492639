import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { FileChangeType } from 'vscode-languageserver-protocol/node';
import { LspClient, uriOf } from '../support/lspClient';
import { modernEditor } from '../support/modernEditor';
import { temporaryFolder, writeIn } from '../support/temporaryFolder';
import { shop, shopWith } from './shop';

async function openShop(files: Readonly<Record<string, string>> = shop, settings?: unknown) {
  const folder = temporaryFolder(files);
  const client = await LspClient.startLoaded({ folders: [folder], settings });
  return { folder, client, open: (file: string, text?: string) => client.open(join(folder, file), text) };
}

describe('a file and the others', () => {
  it('changes what an open file says when the schema is edited, and asks the client to look again', async () => {
    const { client, open } = await openShop();
    const orders = await open('src/orders.ts');
    const schema = await open('prisma/schema.prisma');
    assert((await client.rulesIn(orders)).includes('unbounded-find-many'));
    await client.replace(schema, 'model Order {', 'model Purchase {');
    await client.until(() => client.refreshes > 0);
    assert(!(await client.rulesIn(orders)).includes('unbounded-find-many'));
  });

  it('is watched, if it is one that the analysis reads', async () => {
    const { client } = await openShop();
    const watching = client.registered.find(({ method }) => method === 'workspace/didChangeWatchedFiles');
    assert(watching);
    const patterns = JSON.stringify(watching.registerOptions);
    assert(patterns.includes('prisma') && patterns.includes('perf-hints.config.json'));
    assert(!patterns.includes('"**/*"'));
  });

  it('counts when it changes on disk', async () => {
    const { folder, client, open } = await openShop();
    const orders = await open('src/orders.ts');
    assert((await client.rulesIn(orders)).includes('unbounded-find-many'));
    writeIn(folder, 'prisma/schema.prisma', 'model Unrelated {\n  id Int @id\n}\n');
    await client.changedOnDisk(join(folder, 'prisma/schema.prisma'), FileChangeType.Changed);
    await client.until(() => client.refreshes > 0);
    assert(!(await client.rulesIn(orders)).includes('unbounded-find-many'));
  });

  it('counts when it is one of hundreds, as after a checkout', async () => {
    const { folder, client, open } = await openShop();
    const orders = await open('src/orders.ts');
    assert((await client.rulesIn(orders)).includes('unbounded-find-many'));
    const names = Array.from({ length: 300 }, (_, index) => `src/added${index}.ts`);
    for (const name of names) writeIn(folder, name, 'export {};\n');
    writeIn(folder, 'prisma/schema.prisma', 'model Unrelated {\n  id Int @id\n}\n');
    const changes = [...names, 'prisma/schema.prisma'].map((name) => ({ uri: uriOf(join(folder, name)), type: 2 }));
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
    await client.until(() => client.progressEnds >= 2);
    assert(!(await client.rulesIn(orders)).includes('unbounded-find-many'));
  });

  it('does not count on disk while it is open', async () => {
    const { folder, client, open } = await openShop();
    const schema = await open('prisma/schema.prisma');
    const before = await client.diagnostics(schema);
    writeIn(folder, 'prisma/schema.prisma', '');
    await client.changedOnDisk(join(folder, 'prisma/schema.prisma'), FileChangeType.Changed);
    assert.deepEqual(await client.diagnostics(schema), before);
  });

  it('is not taken up when git ignores it or it lies in node_modules', async () => {
    const { folder, client, open } = await openShop(shopWith({ '.gitignore': 'generated/\n' }));
    await open('src/orders.ts');
    for (const file of ['generated/schema.prisma', 'node_modules/pkg/schema.prisma']) {
      writeIn(folder, file, shop['prisma/schema.prisma']);
      await client.changedOnDisk(join(folder, file), FileChangeType.Created);
    }
    const audit = await client.connection.sendRequest<{ files: { path: string }[] }>('perfHints/audit', {});
    const files = audit.files.map(({ path }) => path);
    assert(files.includes('prisma/schema.prisma'));
    assert(!files.some((file) => file.startsWith('generated') || file.startsWith('node_modules')));
  });
});

describe('a file that nobody wants analysed', () => {
  const ignored = { '.gitignore': 'generated/\n', 'generated/schema.prisma': shop['prisma/schema.prisma'] };

  it('says nothing when it is opened', async () => {
    const { open, client } = await openShop(shopWith(ignored));
    assert.deepEqual(await client.diagnostics(await open('generated/schema.prisma')), []);
  });

  it('is let go of when it is excluded, and found again when it is not', async () => {
    const { folder, client, open } = await openShop();
    const orders = await open('src/orders.ts');
    assert((await client.rulesIn(orders)).includes('unbounded-find-many'));
    const config = join(folder, 'perf-hints.config.json');
    writeIn(folder, 'perf-hints.config.json', '{ "exclude": ["prisma/**"] }');
    await client.changedOnDisk(config, FileChangeType.Created);
    await client.until(() => client.progressEnds >= 2);
    assert(!(await client.rulesIn(orders)).includes('unbounded-find-many'), 'its model is not read');
    writeIn(folder, 'perf-hints.config.json', '{}');
    await client.changedOnDisk(config, FileChangeType.Changed);
    await client.until(() => client.progressEnds >= 3);
    assert((await client.rulesIn(orders)).includes('unbounded-find-many'));
  });

  it('goes with the folder that it lay in', async () => {
    const { folder, client, open } = await openShop();
    const orders = await open('src/orders.ts');
    assert((await client.rulesIn(orders)).includes('unbounded-find-many'));
    rmSync(join(folder, 'prisma'), { recursive: true });
    await client.connection.sendNotification('workspace/didDeleteFiles', {
      files: [{ uri: uriOf(join(folder, 'prisma')) }],
    });
    assert(!(await client.rulesIn(orders)).includes('unbounded-find-many'));
  });
});

describe('several workspace folders', () => {
  it('each have their own schema', async () => {
    const first = temporaryFolder(shop);
    const second = temporaryFolder(shopWith({ 'prisma/schema.prisma': 'model Unrelated {\n  id Int @id\n}\n' }));
    const client = await LspClient.startLoaded({ folders: [first, second] });
    const inFirst = await client.open(join(first, 'src/orders.ts'));
    const inSecond = await client.open(join(second, 'src/orders.ts'));
    assert((await client.rulesIn(inFirst)).includes('unbounded-find-many'));
    assert(!(await client.rulesIn(inSecond)).includes('unbounded-find-many'));
  });

  it('may come and go', async () => {
    const first = temporaryFolder(shop);
    const second = temporaryFolder(shop);
    const client = await LspClient.startLoaded({ folders: [first] });
    const added = { uri: uriOf(second), name: 'second' };
    const change = (event: object) =>
      client.connection.sendNotification('workspace/didChangeWorkspaceFolders', { event });
    await change({ added: [added], removed: [] });
    await client.until(() => client.progressEnds >= 2);
    const audited = async () => {
      const { files } = await client.connection.sendRequest<{ files: { folder: string }[] }>('perfHints/audit', {});
      return new Set(files.map(({ folder }) => folder));
    };
    assert.deepEqual(await audited(), new Set([uriOf(first), uriOf(second)]));
    await change({ added: [], removed: [added] });
    assert.deepEqual(await audited(), new Set([uriOf(first)]));
  });
});

describe('configuration', () => {
  it('has its typos shown in the config file, and the rest counts', async () => {
    const config = '{ "rules": { "redundant-indx": "off", "unindexed-foreign-key": "off" } }\n';
    const { client, open } = await openShop(shopWith({ 'perf-hints.config.json': config }));
    const uri = await open('perf-hints.config.json');
    const [problem] = await client.diagnostics(uri);
    assert(problem);
    assert.match(String(problem.message), /redundant-index/);
    assert.match(client.document(uri).getText(problem.range), /redundant-indx/);
    const rules = await client.rulesIn(await open('prisma/schema.prisma'));
    assert(rules.includes('redundant-index') && !rules.includes('unindexed-foreign-key'));
  });

  it('counts as it is typed, before it is saved', async () => {
    const { client, open } = await openShop(shopWith({ 'perf-hints.config.json': '{}\n' }));
    const schema = await open('prisma/schema.prisma');
    assert((await client.rulesIn(schema)).includes('redundant-index'));
    const config = await open('perf-hints.config.json');
    await client.replace(config, '{}', '{ "rules": { "redundant-index": "off" } }');
    await client.until(() => client.refreshes > 0);
    assert(!(await client.rulesIn(schema)).includes('redundant-index'));
  });

  it('is read again when it changes on disk', async () => {
    const { folder, client, open } = await openShop();
    const schema = await open('prisma/schema.prisma');
    assert((await client.rulesIn(schema)).includes('redundant-index'));
    writeIn(folder, 'perf-hints.config.json', '{ "exclude": ["prisma/**"] }');
    await client.changedOnDisk(join(folder, 'perf-hints.config.json'), FileChangeType.Created);
    assert.deepEqual(await client.rulesIn(schema), []);
  });

  it('comes from the editor’s settings too: severities, exclusions, and off altogether', async () => {
    const rules = { 'redundant-index': 'hint', 'unindexed-foreign-key': 'off' };
    const { client, open } = await openShop(shop, { enable: true, rules, exclude: ['src/**'] });
    const schema = await open('prisma/schema.prisma');
    const found = await client.diagnostics(schema);
    assert.deepEqual(
      found.map(({ code, severity }) => [code, severity]),
      [['redundant-index', 4]],
    );
    assert.deepEqual(await client.rulesIn(await open('src/orders.ts')), []);
    client.settings = { enable: false };
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    await client.until(() => client.refreshes > 0);
    assert.deepEqual(await client.rulesIn(schema), []);
  });

  it('comes from a client that sends its settings unasked', async () => {
    const { configuration: _, ...workspace } = modernEditor.workspace ?? {};
    const folder = temporaryFolder(shop);
    const client = await LspClient.startLoaded({ folders: [folder], capabilities: { ...modernEditor, workspace } });
    const schema = await client.open(join(folder, 'prisma/schema.prisma'));
    assert((await client.rulesIn(schema)).includes('redundant-index'));
    const settings = { perfHints: { rules: { 'redundant-index': 'off' } } };
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings });
    assert(!(await client.rulesIn(schema)).includes('redundant-index'));
  });

  it('tells of a setting that is not understood', async () => {
    const { client } = await openShop(shop, { rules: { 'redundant-indx': 'off', 'redundant-index': 'loud' } });
    const told = client.logged.join('\n');
    assert.match(told, /redundant-indx/);
    assert.match(told, /"redundant-index" can be/);
  });
});
