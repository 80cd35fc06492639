import * as vscode from 'vscode';
import type { InsertDirective } from '../server/protocol';

/** Writes an ignore directive above a finding and leaves the cursor where its reason belongs. */
export async function insertDirective({ uri, version, position, before, after }: InsertDirective): Promise<void> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
  const editor = await vscode.window.showTextDocument(document);
  if (document.version !== version) {
    void vscode.window.showInformationMessage('The file has changed meanwhile: open the lightbulb again.');
    return;
  }
  const at = new vscode.Position(position.line, position.character);
  const inserted = await editor.edit((edit) => edit.insert(at, before + after));
  if (!inserted) return;
  const reason = at.translate(0, before.length);
  editor.selection = new vscode.Selection(reason, reason);
  editor.revealRange(editor.selection);
}
