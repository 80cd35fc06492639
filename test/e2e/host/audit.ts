import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { AuditCounts } from '../../../server/protocol';
import { idOf, noReportOf, open, reportedOn, reportOf, revert, uriOf } from './demo';

export function auditSuite(): void {
  describe('an audit', () => {
    it('shows each finding once, in open files and closed ones', async () => {
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      const { document } = await open('src/jobs/dealDigest.ts');
      await reportOf('query-in-loop', document.uri);
      const counts = await audit();
      const shown = vscode.languages
        .getDiagnostics()
        .flatMap(([uri]) => reportedOn(uri).map((one) => placeOf(uri, one)));
      assert.equal(shown.length, counts.findings);
      assert.deepEqual(shown, [...new Set(shown)]);
      assert.ok(reportedOn(document.uri).length > 0, 'an open file');
      assert.ok(reportedOn(uriOf('src/jobs/taskReminders.ts')).length > 0, 'a closed file');
    });

    it('keeps its findings of a file that is opened and closed', async () => {
      const uri = uriOf('src/jobs/taskReminders.ts');
      const before = reportedOn(uri).map((one) => placeOf(uri, one));
      await open('src/jobs/taskReminders.ts');
      await reportOf('loop-invariant-query', uri);
      await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
      assert.deepEqual(
        reportedOn(uri).map((one) => placeOf(uri, one)),
        before,
      );
    });

    it('reads the text in the editor, saved or not', async () => {
      const { document, edit } = await open('src/jobs/dealDigest.ts');
      const before = await audit();
      await edit((builder) =>
        builder.insert(new vscode.Position(0, 0), '// perf-hints-ignore-file query-in-loop: a test\n'),
      );
      await noReportOf('query-in-loop', document.uri);
      const ignored = await audit();
      assert.equal(ignored.findings, before.findings - 1);
      assert.equal(ignored.suppressed, before.suppressed + 1);
      await revert();
    });
  });
}

async function audit(): Promise<AuditCounts> {
  const counts = await vscode.commands.executeCommand<AuditCounts | undefined>('perfHints.auditWorkspace');
  assert(counts, 'the audit has a result');
  return counts;
}

function placeOf({ path }: vscode.Uri, { code, range }: vscode.Diagnostic): string {
  return `${path}:${range.start.line}:${range.start.character} ${idOf(code)}`;
}
