import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from '../support/until';
import { noReportOf, open, reportOf, revert } from './demo';

/** How the kinds of actions follow each other. */
const ORDER = ['fix', 'Ignore', 'Show'];

export function codeActionsSuite(): void {
  describe('code actions', () => {
    it('offer the best fix first, then to ignore, then the documentation', async () => {
      const { document } = await open('src/jobs/dealDigest.ts');
      const { range } = await reportOf('query-in-loop', document.uri);
      const actions = await actionsAt(document, range);
      const [best] = actions;
      assert.match(best?.title ?? '', /^Include `owner`/);
      assert.equal(best?.isPreferred, true);
      assert.deepEqual(
        actions.map(({ title }) => title).filter((title) => title.endsWith('query-in-loop')),
        [
          'Ignore on this line: query-in-loop',
          'Ignore in this file: query-in-loop',
          'Show documentation for query-in-loop',
        ],
      );
      const kinds = actions.map(({ title }) => /^(?:Ignore|Show)/.exec(title)?.[0] ?? 'fix');
      assert.deepEqual(
        kinds,
        kinds.toSorted((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b)),
      );
    });

    it('are applied in one step that can be undone', async () => {
      const { document } = await open('src/services/invoiceService.ts');
      const before = document.getText();
      const { range } = await reportOf('query-in-loop', document.uri);
      const fix = (await actionsAt(document, range)).find(({ title }) => title.startsWith('Read all at once'));
      assert(fix?.edit, 'the batched query is offered, with its edit');
      await vscode.workspace.applyEdit(fix.edit);
      assert.match(document.getText(), /prisma\.product\.findMany\(/);
      await noReportOf('query-in-loop', document.uri);
      await vscode.commands.executeCommand('undo');
      assert.equal(document.getText(), before);
      await revert();
    });

    it('add an index with its migration, where the project keeps migrations', async () => {
      const { document } = await open('prisma/schema.prisma');
      const before = document.getText();
      const fix = await until('a fix with a migration', async () => {
        const { range } = await reportOf('unindexed-foreign-key', document.uri);
        return (await actionsAt(document, range)).find(({ title }) => title.includes('create a migration'));
      });
      assert(fix.edit, 'the fix has its edit');
      await vscode.workspace.applyEdit(fix.edit);
      assert.notEqual(document.getText(), before);
      const created = fix.edit.entries().find(([uri]) => uri.path.endsWith('migration.sql'))?.[0];
      assert(created, 'the fix writes a migration');
      const sql = (await vscode.workspace.openTextDocument(created)).getText();
      assert.match(
        sql,
        /^CREATE INDEX CONCURRENTLY IF NOT EXISTS "Contact_accountId_idx" ON "Contact"\("accountId"\);/m,
      );
      await open('prisma/schema.prisma');
      await revert();
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      await vscode.workspace.fs.delete(created);
    });

    it('apply what is safe, and nothing else, to a whole file', async () => {
      const { document } = await open('src/services/dealService.ts');
      const { message } = await reportOf('sequential-awaits', document.uri);
      assert.ok(message);
      await vscode.commands.executeCommand('perfHints.fixAll');
      assert.match(document.getText(), /const \[stages, owners\] = await Promise\.all\(\[/);
      await noReportOf('sequential-awaits', document.uri);
      await reportOf('unbounded-find-many', document.uri);
      await revert();
    });
  });
}

/** What is offered at a place, with its edits. */
function actionsAt({ uri }: vscode.TextDocument, range: vscode.Range): Thenable<vscode.CodeAction[]> {
  return vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    uri,
    range,
    vscode.CodeActionKind.QuickFix.value,
    20,
  );
}
