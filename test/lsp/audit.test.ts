import assert from 'node:assert/strict';
import { join, resolve } from 'node:path';
import { describe, it } from 'node:test';
import {
  CancellationTokenSource,
  FileChangeType,
  type WorkspaceDiagnosticReport,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver-protocol/node';
import {
  AuditMethod,
  AuditReportMethod,
  type AuditResult,
  type RuleDocumentation,
  RuleDocumentationMethod,
  type RuleSummary,
  RulesMethod,
} from '../../server/protocol';
import { LspClient, uriOf } from '../support/lspClient';
import { temporaryFolder, writeIn } from '../support/temporaryFolder';
import { shop } from './shop';

const demo = resolve(__dirname, '../workspace');

function manySchemas(count: number): Record<string, string> {
  const files = Array.from({ length: count }, (_, index) => [
    `packages/p${index}/prisma/schema.prisma`,
    shop['prisma/schema.prisma'],
  ]);
  return Object.fromEntries(files);
}

describe('an audit', () => {
  it('finds in every file what its document alone would show, open or not', async () => {
    const client = await LspClient.startLoaded({ folders: [demo] });
    const { files, counts } = await client.connection.sendRequest<AuditResult>(AuditMethod, {});
    assert(files.length > 0);
    assert.equal(
      counts.findings,
      files.reduce((sum, { findings }) => sum + findings.length, 0),
    );
    assert.equal(counts.findings, counts.warning + counts.information + counts.hint);
    assert(counts.analysed >= files.length);
    for (const { path, findings } of files) {
      const uri = await client.open(join(demo, path));
      const shown = (await client.diagnostics(uri)).map(({ code, message, range }) => ({ code, message, range }));
      assert.deepEqual(
        findings.map(({ rule, message, range }) => ({ code: rule, message, range })),
        shown,
        path,
      );
    }
  });

  it('tells how far it is, counting files and findings', async () => {
    const client = await LspClient.startLoaded({ folders: [temporaryFolder(manySchemas(60))] });
    await client.connection.sendRequest<AuditResult>(AuditMethod, { workDoneToken: 'audit-1' });
    assert(client.progressOf('audit-1').some((message) => /^\d+ of 60 files, \d+ findings?$/.test(message)));
  });

  it('can be cancelled', async () => {
    const client = await LspClient.startLoaded({ folders: [temporaryFolder(manySchemas(300))] });
    const { token, cancel } = cancellation();
    const audit = client.connection.sendRequest<AuditResult>(AuditMethod, { workDoneToken: 'audit-2' }, token);
    await client.until(() => client.progressOf('audit-2').length > 0);
    cancel();
    await assert.rejects(audit, { code: -32800 });
    assert.equal(await client.connection.sendRequest(AuditReportMethod), null, 'what was cancelled is no audit');
  });

  it('can be cancelled while the workspace is still being read', async () => {
    const folder = temporaryFolder(shop);
    const client = await LspClient.start({ folders: [] });
    // The server reads nothing before it may show its progress: so it is reading for as long as we like.
    client.connection.onRequest('window/workDoneProgress/create', () => new Promise(() => undefined));
    const added = [{ uri: uriOf(folder), name: 'shop' }];
    await client.connection.sendNotification('workspace/didChangeWorkspaceFolders', { event: { added, removed: [] } });
    const { token, cancel } = cancellation();
    const audit = client.connection.sendRequest<AuditResult>(AuditMethod, { workDoneToken: 'audit-3' }, token);
    await client.until(() => client.progressOf('audit-3').length > 0);
    cancel();
    await assert.rejects(audit, { code: -32800 });
  });

  it('waits until the workspace is read', async () => {
    const client = await LspClient.start({ folders: [temporaryFolder(manySchemas(40))] });
    const { counts } = await client.connection.sendRequest<AuditResult>(AuditMethod);
    assert.equal(counts.analysed, 40);
  });

  it('is limited to the folders asked for', async () => {
    const [first, second] = [temporaryFolder(shop), temporaryFolder(shop)];
    const client = await LspClient.startLoaded({ folders: [first, second] });
    const { files } = await client.connection.sendRequest<AuditResult>(AuditMethod, { folders: [uriOf(second)] });
    assert.deepEqual(new Set(files.map(({ folder }) => folder)), new Set([uriOf(second)]));
  });

  it('can be read as Markdown afterwards', async () => {
    const client = await LspClient.startLoaded({ folders: [temporaryFolder(shop)] });
    assert.equal(await client.connection.sendRequest(AuditReportMethod), null);
    await client.connection.sendRequest<AuditResult>(AuditMethod, {});
    const report = await client.connection.sendRequest<string>(AuditReportMethod);
    assert.match(report, /^# /);
    assert.match(report, /redundant-index/);
  });

  it('is what `workspace/diagnostic` answers with, once and when a file changed', async () => {
    const folder = temporaryFolder(shop);
    const client = await LspClient.startLoaded({ folders: [folder] });
    const pull = (previousResultIds: readonly { uri: string; value: string }[]) =>
      client.connection.sendRequest<WorkspaceDiagnosticReport>('workspace/diagnostic', { previousResultIds });
    const waiting = pull([]);
    await client.connection.sendRequest<AuditResult>(AuditMethod, {});
    const reports = (await waiting).items;
    const schema = uriOf(join(folder, 'prisma/schema.prisma'));
    const onSchema = reports.find(({ uri }) => uri === schema);
    assert(codesOf(onSchema).includes('redundant-index'));

    const next = pull(reports.map(({ uri, resultId }) => ({ uri, value: resultId ?? '' })));
    const path = join(folder, 'prisma/schema.prisma');
    writeIn(folder, 'prisma/schema.prisma', shop['prisma/schema.prisma'].replace('  @@index([number])\n', ''));
    await client.changedOnDisk(path, FileChangeType.Changed);
    const codes = codesOf((await next).items.find(({ uri }) => uri === schema));
    assert(codes.length > 0 && !codes.includes('redundant-index'));
  });

  it('says nothing in `workspace/diagnostic` about open files, nor twice about one whose URI is written otherwise', async () => {
    const folder = temporaryFolder({
      'a/[id]/schema.prisma': shop['prisma/schema.prisma'],
      'b/schema.prisma': shop['prisma/schema.prisma'],
    });
    const client = await LspClient.startLoaded({ folders: [folder] });
    const open = await client.open(join(folder, 'b/schema.prisma'));
    await client.connection.sendRequest<AuditResult>(AuditMethod, {});
    const { items } = await client.connection.sendRequest<WorkspaceDiagnosticReport>('workspace/diagnostic', {
      previousResultIds: [{ uri: open, value: 'of its own pull' }],
    });
    const [only, ...others] = items;
    assert(only);
    assert(only.uri.includes('/a/') && others.length === 0);
    const source = new CancellationTokenSource();
    const again = client.connection.sendRequest(
      'workspace/diagnostic',
      {
        previousResultIds: [
          { uri: only.uri.replace('[id]', '%5Bid%5D'), value: only.resultId },
          { uri: open, value: 'of its own pull' },
        ],
      },
      source.token,
    );
    await client.diagnostics(open);
    source.cancel();
    await assert.rejects(again, { code: -32800 }, 'there was nothing new to answer');
  });
});

describe('the rules', () => {
  it('are listed, each with its page', async () => {
    const client = await LspClient.start({ folders: [] });
    const rules = await client.connection.sendRequest<RuleSummary[]>(RulesMethod);
    assert(rules.length > 0);
    for (const { id, title } of rules) {
      const page = await client.connection.sendRequest<RuleDocumentation>(RuleDocumentationMethod, { rule: id });
      assert.equal(page.title, title);
      assert(page.markdown.length > title.length + 10, `${id} has a page`);
    }
  });

  it('have no page under another name', async () => {
    const client = await LspClient.start({ folders: [] });
    const page = (rule: string) => client.connection.sendRequest(RuleDocumentationMethod, { rule });
    assert.equal(await page('no-such-rule'), null);
    assert.equal(await page('../../package'), null);
  });
});

function cancellation() {
  const source = new CancellationTokenSource();
  return { token: source.token, cancel: () => source.cancel() };
}

function codesOf(report: WorkspaceDocumentDiagnosticReport | undefined): unknown[] {
  return report?.kind === 'full' ? report.items.map(({ code }) => code) : [];
}
