import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from '../support/until';

/** Where a file of the demo application lies. */
export function uriOf(path: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert(folder, 'the demo application is open');
  return vscode.Uri.joinPath(folder.uri, path);
}

/** Opens a file of the demo application in the editor. */
export async function open(path: string): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uriOf(path)));
}

/** What we report on a file, at this moment. */
export function reportedOn(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'perf-hints');
}

/** Waits until a rule reports on a file, and returns the first place. */
export function reportOf(rule: string, uri: vscode.Uri): Promise<vscode.Diagnostic> {
  return until(`${rule} reports on ${uri.path}`, () => reportedOn(uri).find(({ code }) => idOf(code) === rule));
}

/** Waits until a rule no longer reports on a file. */
export function noReportOf(rule: string, uri: vscode.Uri): Promise<true> {
  return until(`${rule} no longer reports on ${uri.path}`, () =>
    reportedOn(uri).every(({ code }) => idOf(code) !== rule),
  );
}

/** The rule's id in a diagnostic's code. */
export function idOf(code: vscode.Diagnostic['code']): string {
  return String(typeof code === 'object' ? code.value : code);
}

/** Takes back every edit of the active editor, so that the next test finds the file as it was. */
export async function revert(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.files.revert');
}
