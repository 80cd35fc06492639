import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import {
  type TypeCheckAdvice,
  TypeCheckAdviceMethod,
  type TypeCheckAdviceParams,
  type TypeCheckProject,
} from '../../server/protocol';
import type { Runs } from './runs';

/** Runs a project with a trace, and lists what made it slow; a line that is chosen opens its place. */
export async function explainSlowCheck(client: LanguageClient, runs: Runs, project: TypeCheckProject): Promise<void> {
  await runs.start(project, { mode: 'cold' }, { trace: true });
  const params: TypeCheckAdviceParams = { project: project.uri };
  const advice = await client.sendRequest<readonly TypeCheckAdvice[] | null>(TypeCheckAdviceMethod, params);
  if (!advice || advice.length === 0) {
    void vscode.window.showInformationMessage(`The trace of ${project.path} names nothing that stands out.`);
    return;
  }
  const chosen = await vscode.window.showQuickPick(
    advice.map((item) => ({ label: item.title, detail: item.detail, item })),
    { title: `What the type check of ${project.path} spends its time on`, matchOnDetail: true, ignoreFocusOut: true },
  );
  if (chosen) await open(chosen.item);
}

async function open({ uri, position }: TypeCheckAdvice): Promise<void> {
  if (uri === undefined) return;
  const at = new vscode.Position(position?.line ?? 0, position?.character ?? 0);
  await vscode.window.showTextDocument(vscode.Uri.parse(uri), { selection: new vscode.Range(at, at) });
}
