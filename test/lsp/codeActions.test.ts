import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import {
  type CodeAction,
  type CreateFile,
  type Diagnostic,
  FileChangeType,
  type SnippetTextEdit,
  type TextDocumentEdit,
} from 'vscode-languageserver-protocol/node';
import { ClientCommand, type InsertDirective } from '../../server/protocol';
import { type ClientOptions, LspClient } from '../support/lspClient';
import { modernEditor } from '../support/modernEditor';
import { temporaryFolder } from '../support/temporaryFolder';
import { shop, shopWith } from './shop';

async function openIn(file: string, files: Readonly<Record<string, string>> = shop, options?: Partial<ClientOptions>) {
  const folder = temporaryFolder(files);
  const client = await LspClient.startLoaded({ folders: [folder], ...options });
  const uri = await client.open(join(folder, file));
  const find = async (rule: string): Promise<Diagnostic> => {
    const found = (await client.diagnostics(uri)).find(({ code }) => code === rule);
    assert(found, `${rule} is reported`);
    return found;
  };
  return { folder, client, uri, find };
}

function titled(actions: readonly CodeAction[], title: RegExp): CodeAction {
  const found = actions.find((action) => title.test(action.title));
  assert(found, `${title} is among ${actions.map((action) => action.title).join(' | ')}`);
  return found;
}

const withoutResolve = {
  ...modernEditor,
  textDocument: {
    ...modernEditor.textDocument,
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix'] } } },
  },
};

describe('quick-fixes', () => {
  for (const [rule, file] of [
    ['redundant-index', 'prisma/schema.prisma'],
    ['unindexed-foreign-key', 'prisma/schema.prisma'],
    ['unbounded-find-many', 'src/orders.ts'],
    ['sequential-awaits', 'src/orders.ts'],
    ['query-in-loop', 'src/customers.ts'],
  ] as const) {
    it(`make the finding of ${rule} go, and bring no other`, async () => {
      const { client, uri, find } = await openIn(file);
      const before = await client.rulesIn(uri);
      const finding = await find(rule);
      const [best] = (await client.actions(uri, finding)).filter(({ isPreferred }) => isPreferred);
      assert(best);
      assert.equal(best.kind, 'quickfix');
      assert.deepEqual(best.diagnostics?.[0]?.code, rule);
      assert.equal(best.edit, undefined, 'the edit is left to resolve');
      await client.apply((await client.resolve(best)).edit);
      const after = await client.rulesIn(uri);
      assert.deepEqual(
        after,
        before.filter((each) => each !== rule),
      );
    });
  }

  it('carry their edit for a client that can not resolve', async () => {
    const { client, uri, find } = await openIn('prisma/schema.prisma', shop, { capabilities: withoutResolve });
    const [best] = await client.actions(uri, await find('redundant-index'));
    assert(best?.edit);
    await client.apply(best.edit);
    assert(!client.text(uri).includes('@@index([number])'));
  });

  it('use plain changes for a client without versioned ones', async () => {
    const { documentChanges: _, ...workspaceEdit } = modernEditor.workspace?.workspaceEdit ?? {};
    const capabilities = { ...withoutResolve, workspace: { ...modernEditor.workspace, workspaceEdit } };
    const { client, uri, find } = await openIn('prisma/schema.prisma', shop, { capabilities });
    const [best] = await client.actions(uri, await find('redundant-index'));
    assert.deepEqual(Object.keys(best?.edit?.changes ?? {}), [uri]);
    assert.equal(best?.edit?.documentChanges, undefined);
  });

  it('are refused when the document has changed since they were offered', async () => {
    const { client, uri, find } = await openIn('prisma/schema.prisma');
    const [best] = await client.actions(uri, await find('redundant-index'));
    assert(best);
    await client.change(uri, [{ start: 0, end: 0, text: '\n' }]);
    await assert.rejects(client.resolve(best), /changed since/);
  });

  it('are computed for the text as it is now, whatever diagnostic they are asked for', async () => {
    const { client, uri, find } = await openIn('prisma/schema.prisma');
    const before = await find('redundant-index');
    await client.replace(uri, '  @@index([number])\n', '');
    const actions = await client.actions(uri, before);
    assert(!actions.some(({ diagnostics }) => diagnostics?.some(({ code }) => code === 'redundant-index')));
  });

  it('are not offered away from a finding', async () => {
    const { client, uri } = await openIn('prisma/schema.prisma');
    const start = { line: 0, character: 0 };
    assert.deepEqual(await client.actions(uri, { start, end: start }), []);
  });
});

describe('fixes that create a file', () => {
  const migrated = shopWith({
    'prisma/migrations/20240101000000_first/migration.sql': `CREATE TABLE "Order" ("id" TEXT, "customerId" TEXT, "number" INT, "createdAt" TIMESTAMP);
CREATE INDEX "Order_number_idx" ON "Order"("number");
`,
  });
  const creating = /^Add @@index\(\[customerId\]\) to Order and create a migration$/;

  const isRedundant = (rule: string) => rule === 'redundant-index';

  for (const [way, capabilities] of [
    ['resolved', modernEditor],
    ['at once', withoutResolve],
  ] as const) {
    it(`leave the new file to the editor, and no finding (${way})`, async () => {
      const { client, uri, find } = await openIn('prisma/schema.prisma', migrated, { capabilities });
      const action = titled(await client.actions(uri, await find('unindexed-foreign-key')), creating);
      assert(!action.isPreferred, 'the schema alone comes first');
      const { edit } = action.edit ? action : await client.resolve(action);
      const created = edit?.documentChanges?.find((change): change is CreateFile => 'kind' in change)?.uri;
      assert(created && /\/prisma\/migrations\/\d{14}_add_order_customer_id_idx\/migration\.sql$/.test(created));
      assert(!existsSync(fileURLToPath(created)), 'the server writes nothing');
      const before = await client.rulesIn(uri);
      await client.apply(edit);
      await client.changedOnDisk(fileURLToPath(created), FileChangeType.Created);
      assert.equal(
        readFileSync(fileURLToPath(created), 'utf8'),
        '-- CreateIndex\nCREATE INDEX CONCURRENTLY IF NOT EXISTS "Order_customerId_idx" ON "Order"("customerId");\n',
      );
      const after = await client.rulesIn(uri);
      assert(!after.includes('unindexed-foreign-key'));
      assert.deepEqual(after.filter(isRedundant), before.filter(isRedundant), 'the migration is no second index');
    });
  }

  it('are not offered to a client that can create none', async () => {
    const capabilities = {
      ...modernEditor,
      workspace: { ...modernEditor.workspace, workspaceEdit: { documentChanges: true } },
    };
    const { client, uri, find } = await openIn('prisma/schema.prisma', migrated, { capabilities });
    const actions = await client.actions(uri, await find('unindexed-foreign-key'));
    titled(actions, /^Add @@index\(\[customerId\]\) to Order \(needs a migration\)$/);
    assert(!actions.some(({ title }) => title.includes('create')));
  });

  it('are not offered where no migrations are kept', async () => {
    const { client, uri, find } = await openIn('prisma/schema.prisma');
    const actions = await client.actions(uri, await find('unindexed-foreign-key'));
    assert(!actions.some(({ title }) => title.includes('create')));
  });
});

describe('ignoring', () => {
  it('a finding on its line writes a directive with the line’s indentation', async () => {
    const { client, uri, find } = await openIn('prisma/schema.prisma');
    const action = titled(await client.actions(uri, await find('redundant-index')), /^Ignore on this line/);
    await client.apply(action.edit);
    assert(client.text(uri).includes('\n  // perf-hints-ignore redundant-index: reason\n  @@index([number])\n'));
    assert(!(await client.rulesIn(uri)).includes('redundant-index'));
  });

  it('a rule in a file writes a directive at its top', async () => {
    const { client, uri, find } = await openIn('prisma/schema.prisma');
    const action = titled(await client.actions(uri, await find('redundant-index')), /^Ignore in this file/);
    await client.apply(action.edit);
    assert(client.text(uri).startsWith('// perf-hints-ignore-file redundant-index: reason\n'));
    assert(!(await client.rulesIn(uri)).includes('redundant-index'));
  });

  it('keeps a shebang and a “use” prologue first, and the file’s line breaks', async () => {
    const text = `#!/usr/bin/env node\n'use strict';\n${shop['src/orders.ts']}`.replaceAll('\n', '\r\n');
    const { client, uri, find } = await openIn('src/orders.ts', shopWith({ 'src/orders.ts': text }));
    const action = titled(await client.actions(uri, await find('unbounded-find-many')), /^Ignore in this file/);
    await client.apply(action.edit);
    assert(
      client
        .text(uri)
        .startsWith(
          "#!/usr/bin/env node\r\n'use strict';\r\n// perf-hints-ignore-file unbounded-find-many: reason\r\nimport",
        ),
    );
    assert(!(await client.rulesIn(uri)).includes('unbounded-find-many'));
  });

  it('puts the cursor on the reason where the client knows snippets', async () => {
    const workspaceEdit = { documentChanges: true, snippetEditSupport: true };
    const capabilities = { ...modernEditor, workspace: { ...modernEditor.workspace, workspaceEdit } };
    const { client, uri, find } = await openIn('prisma/schema.prisma', shop, { capabilities });
    const action = titled(await client.actions(uri, await find('redundant-index')), /^Ignore on this line/);
    const [change] = (action.edit?.documentChanges ?? []) as TextDocumentEdit[];
    const [edit] = (change?.edits ?? []) as SnippetTextEdit[];
    assert.equal(edit?.snippet.value, `  // perf-hints-ignore redundant-index: \${0:reason}\n`);
  });

  it('is left to the client’s command where it has one instead', async () => {
    const initializationOptions = { clientCommands: [ClientCommand.insertDirective] };
    const { client, uri, find } = await openIn('prisma/schema.prisma', shop, { initializationOptions });
    const action = titled(await client.actions(uri, await find('redundant-index')), /^Ignore on this line/);
    assert.equal(action.edit, undefined);
    assert.equal(action.command?.command, ClientCommand.insertDirective);
    const [argument] = (action.command?.arguments ?? []) as InsertDirective[];
    assert.equal(argument?.before, '  // perf-hints-ignore redundant-index: ');
    assert.equal(argument?.position.character, 0);
  });
});

describe('other code actions', () => {
  it('show a rule’s documentation, where the client can', async () => {
    const initializationOptions = { clientCommands: Object.values(ClientCommand) };
    const { client, uri, find } = await openIn('prisma/schema.prisma', shop, { initializationOptions });
    const action = titled(await client.actions(uri, await find('redundant-index')), /^Show documentation for/);
    assert.deepEqual(action.command?.arguments, ['redundant-index']);
  });

  it('fix all that is safe, and nothing else, when asked for it', async () => {
    const files = shopWith({
      'src/orders.ts': `// perf-hints-ignore write-in-space: no such rule\n${shop['src/orders.ts']}`,
    });
    const { client, uri, find } = await openIn('src/orders.ts', files);
    const lightbulb = await client.actions(uri, await find('unused-ignore'));
    assert(!lightbulb.some(({ kind }) => kind?.startsWith('source')), 'a lightbulb is no place for it');
    const whole = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
    const offered = await client.actions(uri, whole, ['source.fixAll']);
    assert.deepEqual(
      offered.map(({ kind }) => kind),
      ['source.fixAll.perfHints'],
    );
    await client.apply(offered[0]?.edit);
    const left = await client.rulesIn(uri);
    assert(!left.includes('unused-ignore') && !left.includes('sequential-awaits'));
    assert(left.includes('unbounded-find-many'), 'its fix changes results');
    assert.deepEqual(await client.actions(uri, whole, ['source.fixAll.perfHints']), []);
  });

  it('are limited to the kinds asked for', async () => {
    const { client, uri, find } = await openIn('prisma/schema.prisma');
    assert.deepEqual(await client.actions(uri, await find('redundant-index'), ['refactor']), []);
  });
});
