import * as vscode from 'vscode';

const fixAllKind = vscode.CodeActionKind.SourceFixAll.append('perfHints');

/** Applies what the server calls safe to the file in the active editor, in one undoable step. */
export async function fixAllInActiveFile(): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (!document) {
    void vscode.window.showInformationMessage('Open a file to fix its problems.');
    return;
  }
  const whole = new vscode.Range(0, 0, document.lineCount, 0);
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[] | undefined>(
    'vscode.executeCodeActionProvider',
    document.uri,
    whole,
    fixAllKind.value,
    1,
  );
  const edit = actions?.find(({ kind }) => kind && fixAllKind.contains(kind))?.edit;
  if (!edit || edit.size === 0) {
    void vscode.window.showInformationMessage('Nothing in this file can be fixed without changing what it does.');
    return;
  }
  await vscode.workspace.applyEdit(edit);
}
