import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { AuditReportMethod } from '../../server/protocol';

/** Writes the last audit to a file that the person picks, and opens it. */
export async function saveAuditReport(client: LanguageClient): Promise<void> {
  const report = await client.sendRequest<string | null>(AuditReportMethod);
  if (report === null) {
    void vscode.window.showInformationMessage('There is no audit to save yet: run Audit Workspace first.');
    return;
  }
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const target = await vscode.window.showSaveDialog({
    ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, 'perf-hints-audit.md') } : {}),
    filters: { Markdown: ['md'] },
  });
  if (!target) return;
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(report));
  await vscode.window.showTextDocument(target);
}
