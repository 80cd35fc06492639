import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { noReportOf, open, reportOf, revert } from './demo';

export function diagnosticsSuite(): void {
  describe('diagnostics', () => {
    it('come once the extension is active, which a TypeScript file makes it', async () => {
      const { document } = await open('src/jobs/dealDigest.ts');
      const found = await reportOf('query-in-loop', document.uri);
      assert.equal(vscode.extensions.getExtension('perf-hints.perf-hints')?.isActive, true);
      assert.equal(found.severity, vscode.DiagnosticSeverity.Warning);
      assert.equal(document.getText(found.range), 'prisma.user.findUnique');
      assert.match(found.message, /user\.findUnique/);
    });

    it('come for a schema', async () => {
      const { document } = await open('prisma/schema.prisma');
      const found = await reportOf('unindexed-foreign-key', document.uri);
      assert.equal(document.languageId, 'prisma');
      assert.equal(document.getText(found.range), 'accountId');
      assert.ok(found.relatedInformation?.length, 'it names the queries that go through the key');
    });

    it('follow text that is not saved, and not finished', async () => {
      const { document, edit } = await open('src/jobs/index.ts');
      const before = document.getText();
      const addition = `${before}\nimport { prisma } from '@/lib/prisma';\nfor (const id of ids) {\n  await prisma.user.findUnique({ where: { id } });\n  con`;
      await edit((builder) => builder.replace(new vscode.Range(0, 0, document.lineCount, 0), addition));
      await reportOf('query-in-loop', document.uri);
      await revert();
      await noReportOf('query-in-loop', document.uri);
      assert.equal(document.getText(), before);
    });
  });
}
