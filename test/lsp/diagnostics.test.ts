import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { FileChangeType } from 'vscode-languageserver-protocol/node';
import { LspClient } from '../support/lspClient';
import { modernEditor } from '../support/modernEditor';
import { temporaryFolder, writeIn } from '../support/temporaryFolder';
import { shop, shopWith } from './shop';

async function openShop(files: Readonly<Record<string, string>> = shop) {
  const folder = temporaryFolder(files);
  const client = await LspClient.startLoaded({ folders: [folder] });
  return { folder, client, open: (file: string, text?: string) => client.open(join(folder, file), text) };
}

describe('diagnostics of an open document', () => {
  it('name the rule, its severity and the place, in a schema', async () => {
    const { client, open } = await openShop();
    const schema = await open('prisma/schema.prisma');
    const found = await client.diagnostics(schema);
    const foreignKey = found.find(({ code }) => code === 'unindexed-foreign-key');
    assert(foreignKey);
    assert.equal(foreignKey.source, 'perf-hints');
    assert.equal(foreignKey.severity, 2);
    assert.match(String(foreignKey.message), /customerId/);
    assert.deepEqual(foreignKey.data, { rule: 'unindexed-foreign-key' });
    const redundant = found.find(({ code }) => code === 'redundant-index');
    assert(redundant);
    assert.equal(client.document(schema).getText(redundant.range), '@@index([number])');
  });

  it('mark the call, in TypeScript', async () => {
    const { client, open } = await openShop();
    const orders = await open('src/orders.ts');
    const unbounded = (await client.diagnostics(orders)).find(({ code }) => code === 'unbounded-find-many');
    assert(unbounded);
    assert.match(client.document(orders).getText(unbounded.range), /^prisma\.order\.findMany/);
  });

  it('point to the loop as related information', async () => {
    const { client, open } = await openShop();
    const customers = await open('src/customers.ts');
    const inLoop = (await client.diagnostics(customers)).find(({ code }) => code === 'query-in-loop');
    const [loop] = inLoop?.relatedInformation ?? [];
    assert(loop);
    assert.equal(loop.location.uri, customers);
    assert.match(client.document(customers).getText(loop.location.range), /^for/);
  });

  it('follow what is typed, also while it is half-written', async () => {
    const { client, open } = await openShop();
    const orders = await open('src/orders.ts');
    assert((await client.rulesIn(orders)).includes('unbounded-find-many'));
    await client.replace(orders, 'findMany()', 'findMany({ take: 10 })');
    assert(!(await client.rulesIn(orders)).includes('unbounded-find-many'));
    await client.replace(orders, '{ take: 10 })', '{ ta');
    await client.diagnostics(orders);
    await client.replace(orders, 'findMany({ ta;', 'findMany();');
    assert((await client.rulesIn(orders)).includes('unbounded-find-many'));
  });

  it('come from the unsaved text, not from the disk', async () => {
    const { client, open } = await openShop();
    const schema = await open('prisma/schema.prisma', 'model Empty {\n  id Int @id\n}\n');
    assert.deepEqual(await client.diagnostics(schema), []);
  });

  it('are not sent again when they are unchanged', async () => {
    const { client, open } = await openShop();
    const schema = await open('prisma/schema.prisma');
    const first = await client.pull(schema);
    assert.equal(first.kind, 'full');
    const second = await client.pull(schema, first.resultId);
    assert.deepEqual(second, { kind: 'unchanged', resultId: first.resultId });
    await client.replace(schema, '  @@index([number])\n', '');
    assert.equal((await client.pull(schema, first.resultId)).kind, 'full');
  });

  it('return after an edit is undone', async () => {
    const { client, open } = await openShop();
    const schema = await open('prisma/schema.prisma');
    const before = await client.diagnostics(schema);
    await client.replace(schema, '@@index([number])', '@@index([nu');
    await client.replace(schema, '@@index([nu', '@@index([number])');
    assert.deepEqual(await client.diagnostics(schema), before);
  });

  it('are there before the workspace is read, and again after', async () => {
    const folder = temporaryFolder(shop);
    const client = await LspClient.start({ folders: [folder] });
    const orders = await client.open(join(folder, 'src/orders.ts'));
    const early = await client.rulesIn(orders);
    await client.until(() => client.progressEnds >= 1);
    assert.deepEqual(await client.rulesIn(orders), early);
    assert(early.includes('unbounded-find-many'));
  });

  it('go with the file, and come back with it', async () => {
    const { folder, client, open } = await openShop();
    const schema = await open('prisma/schema.prisma');
    const path = join(folder, 'prisma/schema.prisma');
    const before = await client.rulesIn(schema);
    await client.close(schema);
    rmSync(path);
    await client.changedOnDisk(path, FileChangeType.Deleted);
    const orders = await open('src/orders.ts');
    assert(!(await client.rulesIn(orders)).includes('unbounded-find-many'), 'there is no model any more');
    writeIn(folder, 'prisma/schema.prisma', shop['prisma/schema.prisma']);
    await client.changedOnDisk(path, FileChangeType.Created);
    assert((await client.rulesIn(orders)).includes('unbounded-find-many'));
    assert.deepEqual(await client.rulesIn(await open('prisma/schema.prisma')), before);
  });
});

describe('documents of every kind', () => {
  const schemaText = shop['prisma/schema.prisma'];

  it('have the same places with CRLF', async () => {
    const { client, open } = await openShop();
    const plain = await client.diagnostics(await open('prisma/schema.prisma'));
    const windows = await openShop(shopWith({ 'prisma/schema.prisma': schemaText.replaceAll('\n', '\r\n') }));
    const uri = await windows.open('prisma/schema.prisma');
    assert(plain.length > 0);
    assert.deepEqual(
      (await windows.client.diagnostics(uri)).map(({ range }) => range),
      plain.map(({ range }) => range),
    );
  });

  it('have the same places with a byte order mark on disk', async () => {
    const { client, open, folder } = await openShop(shopWith({ 'src/orders.ts': `\uFEFF${shop['src/orders.ts']}` }));
    const orders = await open('src/orders.ts');
    const found = await client.diagnostics(orders);
    const unbounded = found.find(({ code }) => code === 'unbounded-find-many');
    assert(unbounded, folder);
    assert.match(client.document(orders).getText(unbounded.range), /^prisma\.order/);
  });

  it('count an emoji as two columns', async () => {
    const { client, open } = await openShop();
    const orders = await open('src/orders.ts');
    await client.replace(orders, 'await prisma.order.findMany', '/* 🧾🧾 */ await prisma.order.findMany');
    const unbounded = (await client.diagnostics(orders)).find(({ code }) => code === 'unbounded-find-many');
    assert(unbounded);
    assert.match(client.document(orders).getText(unbounded.range), /^prisma\.order/);
  });

  it('may be empty, of an unknown kind, or of no file', async () => {
    const { client, open, folder } = await openShop();
    assert.deepEqual(await client.diagnostics(await open('src/empty.ts', '')), []);
    assert.deepEqual(await client.diagnostics(await open('empty.prisma', '')), []);
    assert.deepEqual(await client.diagnostics(await open('notes.md', '# Notes')), []);
    const git = await client.open(join(folder, 'src/old.ts'), 'await prisma.order.findMany()', 'git:/src/old.ts?HEAD');
    assert.deepEqual(await client.diagnostics(git), []);
  });

  it('may be unsaved: they are looked at as part of the first folder', async () => {
    const { client, folder } = await openShop();
    const text = `import { prisma } from './src/prisma';\nexport const all = () => prisma.order.findMany();\n`;
    const uri = await client.open(join(folder, 'x.ts'), text, 'untitled:Untitled-1');
    assert.deepEqual(await client.rulesIn(uri), ['unbounded-find-many']);
  });

  it('are skipped with a log line when they are too long to be written by hand', async () => {
    const { client, open } = await openShop();
    const long = `${'export const filler = 1;\n'.repeat(90_000)}// perf-hints-ignore query-in-loop\n`;
    const uri = await open('src/generated.ts', long);
    assert.deepEqual(await client.diagnostics(uri), []);
    await client.until(() => client.logged.some((message) => message.includes('src/generated.ts is skipped')));
  });

  it('are served alone outside of every workspace folder', async () => {
    const folder = temporaryFolder({ 'schema.prisma': schemaText });
    const client = await LspClient.start({ folders: [] });
    const uri = await client.open(join(folder, 'schema.prisma'));
    assert((await client.rulesIn(uri)).includes('redundant-index'));
  });
});

describe('a client that can not pull', () => {
  const { diagnostic: _, ...textDocument } = modernEditor.textDocument ?? {};

  it('gets diagnostics pushed, with the version, and taken back when the document closes', async () => {
    const folder = temporaryFolder(shop);
    const client = await LspClient.start({ folders: [folder], capabilities: { ...modernEditor, textDocument } });
    assert.equal(client.initialized.capabilities.diagnosticProvider, undefined);
    const schema = await client.open(join(folder, 'prisma/schema.prisma'));
    await client.until(() => (client.published.get(schema)?.diagnostics.length ?? 0) > 0);
    await client.change(schema, [{ start: 0, end: client.text(schema).length, text: '' }]);
    await client.until(() => client.published.get(schema)?.diagnostics.length === 0);
    assert.equal(client.published.get(schema)?.version, 2);
    await client.close(schema);
    await client.until(() => client.published.get(schema)?.version === undefined);
  });

  it('is not pushed to if it can', async () => {
    const folder = temporaryFolder(shop);
    const client = await LspClient.startLoaded({ folders: [folder] });
    const schema = await client.open(join(folder, 'prisma/schema.prisma'));
    await client.replace(schema, '@@index([number])', '');
    await client.diagnostics(schema);
    await client.stop();
    assert.equal(client.published.size, 0);
  });
});
