import assert from 'node:assert/strict';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { CancellationTokenSource } from 'vscode-languageserver-protocol/node';
import { LspClient, uriOf } from '../support/lspClient';
import { startServer } from '../support/startServer';
import { temporaryFolder } from '../support/temporaryFolder';
import { shop } from './shop';

async function openSchema() {
  const folder = temporaryFolder(shop);
  const client = await LspClient.startLoaded({ folders: [folder] });
  const uri = await client.open(join(folder, 'prisma/schema.prisma'));
  return { folder, client, uri };
}

describe('the server survives', () => {
  it('requests that make no sense, and answers the next one that does', async () => {
    const { client, uri } = await openSchema();
    const before = await client.rulesIn(uri);
    const nonsense: readonly (readonly [string, object])[] = [
      ['textDocument/diagnostic', {}],
      ['textDocument/diagnostic', { textDocument: { uri: 'file:///%' } }],
      ['textDocument/codeAction', { textDocument: { uri }, range: null, context: null }],
      ['textDocument/codeAction', { textDocument: { uri: 'nowhere:' }, range: {}, context: {} }],
      ['codeAction/resolve', { title: 'x', data: { uri, version: 1, index: 99 } }],
      ['codeAction/resolve', { title: 'x', data: 'garbage' }],
      ['perfHints/audit', { folders: 'none' }],
      ['perfHints/ruleDocumentation', { rule: 7 }],
      ['perfHints/noSuchRequest', {}],
      ['textDocument/hover', { textDocument: { uri } }],
    ];
    for (const [method, params] of nonsense) {
      await client.connection.sendRequest(method, params).then(
        () => undefined,
        (error: unknown) => assert(error instanceof Error, method),
      );
    }
    await client.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: 'file:///nowhere.ts', version: 2 },
      contentChanges: [{ text: 'x' }],
    });
    await client.connection.sendNotification('textDocument/didOpen', {});
    await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri: 'file:///nowhere.ts' } });
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: '::', type: 9 }] });
    await client.connection.sendNotification('workspace/didChangeConfiguration', {});
    assert.deepEqual(await client.rulesIn(uri), before);
  });

  it('edits beyond the end, and versions that repeat', async () => {
    const { client, uri } = await openSchema();
    const range = { start: { line: 9_999, character: 9 }, end: { line: 99_999, character: 9 } };
    for (let repeat = 0; repeat < 2; repeat++) {
      await client.connection.sendNotification('textDocument/didChange', {
        textDocument: { uri, version: 2 },
        contentChanges: [{ range, text: '\nmodel Late {' }],
      });
    }
    assert((await client.rulesIn(uri)).includes('redundant-index'));
  });

  it('requests that are cancelled at once, and answers the last', async () => {
    const { client, uri } = await openSchema();
    const superseded = Array.from({ length: 50 }, () => {
      const source = new CancellationTokenSource();
      const answer = client.pull(uri, undefined, source.token).then(
        () => 'answered',
        (error: { code?: number }) => error.code,
      );
      source.cancel();
      return answer;
    });
    assert((await client.rulesIn(uri)).includes('redundant-index'));
    const outcomes = new Set(await Promise.all(superseded));
    assert(outcomes.has(-32800), 'cancelled requests are told so');
  });

  it('a folder that is not there', async () => {
    const client = await LspClient.startLoaded({ folders: [join(temporaryFolder({}), 'gone')] });
    const uri = await client.open('/elsewhere/schema.prisma', shop['prisma/schema.prisma']);
    assert((await client.rulesIn(uri)).includes('redundant-index'));
  });

  it('files with names that URIs must escape', async () => {
    const folder = temporaryFolder({ 'a b#ü/[id]%/schema.prisma': shop['prisma/schema.prisma'] });
    const client = await LspClient.startLoaded({ folders: [folder] });
    const path = join(folder, 'a b#ü/[id]%/schema.prisma');
    const asEditorsWriteIt = uriOf(path).replaceAll('[', '%5B').replaceAll(']', '%5D');
    const uri = await client.open(path, undefined, asEditorsWriteIt);
    assert((await client.rulesIn(uri)).includes('redundant-index'));
  });
});

describe('the server ends', () => {
  it('with success when it is asked to', async () => {
    const { client } = await openSchema();
    assert.equal(await client.stop(), 0);
  });

  it('when its client is gone', async () => {
    const server = startServer();
    server.stdin?.end();
    const [code] = await once(server, 'exit');
    assert.equal(code, 1, 'nobody said shutdown');
  });
});
