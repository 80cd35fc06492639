import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { CodeLens, Hover } from 'vscode-languageserver-protocol/node';
import { LspClient } from '../support/lspClient';
import { modernEditor } from '../support/modernEditor';
import { temporaryFolder } from '../support/temporaryFolder';
import { shopWith } from './shop';

const files = shopWith({
  'src/routes.ts': `import { Router } from 'express';
import { list, names } from './handlers';

export const router = Router();
router.get('/orders', list);
router.get('/names', names);
router.get('/health', (req, res) => res.send('ok'));
`,
  'src/handlers.ts': `import { names as namesOf } from './customers';
import { prisma } from './prisma';

export async function list(req, res) {
  res.json(await prisma.order.findMany({ take: 10 }));
}

export const names = async (req, res) => {
  res.json(await namesOf(req.query.ids));
};
`,
});

async function openShop(options: { readonly settings?: unknown; readonly markdown?: boolean } = {}) {
  const folder = temporaryFolder(files);
  const { markdown = true, settings } = options;
  const client = await LspClient.startLoaded({
    folders: [folder],
    settings,
    capabilities: {
      ...modernEditor,
      workspace: { ...modernEditor.workspace, codeLens: { refreshSupport: true } },
      textDocument: {
        ...modernEditor.textDocument,
        hover: { contentFormat: markdown ? ['markdown', 'plaintext'] : ['plaintext'] },
      },
    },
  });
  return { client, open: (file: string) => client.open(join(folder, file)) };
}

async function hoverOn(client: LspClient, uri: string, text: string): Promise<Hover | null> {
  const start = client.text(uri).indexOf(text);
  assert(start >= 0, text);
  return client.connection.sendRequest<Hover | null>('textDocument/hover', {
    textDocument: { uri },
    position: client.document(uri).positionAt(start + 1),
  });
}

function textOf(hover: Hover | null): string {
  assert(hover && typeof hover.contents === 'object' && 'kind' in hover.contents);
  return hover.contents.value;
}

async function lensesIn(client: LspClient, uri: string): Promise<string[]> {
  const lenses = await client.connection.sendRequest<CodeLens[] | null>('textDocument/codeLens', {
    textDocument: { uri },
  });
  return (lenses ?? []).map(({ range, command }) => `${range.start.line + 1}: ${command?.title}`);
}

describe('a hover', () => {
  it('says at a route what a request costs, and links each call on the way to its queries', async () => {
    const { client, open } = await openShop();
    const routes = await open('src/routes.ts');
    const hover = await hoverOn(client, routes, "get('/names'");
    const text = textOf(hover);
    assert.match(text, /^`GET \/names`: one request sends up to N\(ids\) queries\.$/m);
    const uri = 'file:\\S+';
    const way = `^- \\[\`namesOf\`\\]\\(${uri}/src/handlers\\.ts#L9\\) → \`Customer\\.findUnique\` in \\[src/customers\\.ts:6\\]\\(${uri}/src/customers\\.ts#L6\\)$`;
    assert.match(text, new RegExp(way, 'm'));
    assert(hover?.range);
    assert.equal(client.document(routes).getText(hover.range), 'get');
  });

  it('says so at the handler, too, and in plain text to a client that reads no other', async () => {
    const { client, open } = await openShop({ markdown: false });
    const handlers = await open('src/handlers.ts');
    assert.equal(
      textOf(await hoverOn(client, handlers, 'list(req')),
      '`GET /orders`: one request sends up to 1 query.\n\n- `Order.findMany` in src/handlers.ts:5',
    );
  });

  it('says so of an endpoint without queries, and nothing elsewhere', async () => {
    const { client, open } = await openShop();
    const routes = await open('src/routes.ts');
    assert.match(textOf(await hoverOn(client, routes, "get('/health'")), /^`GET \/health` sends no query/);
    assert.equal(await hoverOn(client, routes, 'Router()'), null);
  });
});

describe('a code lens', () => {
  const settings = { codeLens: { endpoints: true } };

  it('is shown only to those who ask for it', async () => {
    const { client, open } = await openShop();
    assert.deepEqual(await lensesIn(client, await open('src/routes.ts')), []);
  });

  it('stands above routes and handlers that send queries', async () => {
    const { client, open } = await openShop({ settings });
    assert.deepEqual(await lensesIn(client, await open('src/routes.ts')), [
      '5: GET /orders: 1 query',
      '6: GET /names: N(ids) queries',
    ]);
    assert.deepEqual(await lensesIn(client, await open('src/handlers.ts')), [
      '4: GET /orders: 1 query',
      '8: GET /names: N(ids) queries',
    ]);
  });

  it('follows what is typed in another file, and asks the editor to look again', async () => {
    const { client, open } = await openShop({ settings });
    const routes = await open('src/routes.ts');
    const customers = await open('src/customers.ts');
    const refreshed = new Promise<void>((resolve) => {
      client.connection.onRequest('workspace/codeLens/refresh', () => {
        resolve();
        return null;
      });
    });
    await client.replace(customers, '  return result', '  await prisma.customer.count();\n  return result');
    await refreshed;
    assert.deepEqual(await lensesIn(client, routes), ['5: GET /orders: 1 query', '6: GET /names: 1 + N(ids) queries']);
  });
});
