import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { noReportOf, reportOf, revert, uriOf } from './demo';

const SERVICE = `import { prisma } from '../lib/prisma';

export async function dealsOf(ownerId: string) {
  return prisma.deal.count({ where: { ownerId } });
}
`;
const JOB = `import { dealsOf } from './dealCounts';

export async function countAll(owners: string[]) {
  for (const owner of owners) console.log(await dealsOf(owner));
}
`;

export function acrossFilesSuite(): void {
  describe('a loop in one file and the query in another', () => {
    it('is shown at the call, with the way to the query, for as long as it is there', async () => {
      const service = uriOf('src/services/dealCounts.ts');
      const job = uriOf('src/services/countAll.ts');
      await vscode.workspace.fs.writeFile(service, Buffer.from(SERVICE));
      await vscode.workspace.fs.writeFile(job, Buffer.from(JOB));
      // Beside: an editor that a preview takes the place of would be closed.
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(job), {
        viewColumn: vscode.ViewColumn.Two,
        preview: false,
      });
      const { relatedInformation } = await reportOf('query-in-loop', job);
      assert(relatedInformation?.some(({ location }) => location.uri.toString() === service.toString()));

      const { document, edit } = await vscode.window.showTextDocument(service, { viewColumn: vscode.ViewColumn.One });
      const sent = document.getText().indexOf('prisma.deal.count');
      const end = document.getText().indexOf(';', sent);
      await edit((builder) =>
        builder.replace(new vscode.Range(document.positionAt(sent), document.positionAt(end)), 'ownerId.length'),
      );
      await noReportOf('query-in-loop', job);
      await revert();
      await reportOf('query-in-loop', job);
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      for (const uri of [service, job]) await vscode.workspace.fs.delete(uri);
    });
  });
}
