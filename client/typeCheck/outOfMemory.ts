import * as vscode from 'vscode';
import type { OutOfMemoryAction, TypeCheckProject } from '../../server/protocol';
import { ruleOf } from '../findings';
import type { Runs } from './runs';
import { taskType } from './tasks';

/** Says that a run has had too little memory, and carries out what the person chooses to do about it. */
export async function explainOutOfMemory(project: TypeCheckProject, runs: Runs): Promise<void> {
  const { outOfMemory } = project;
  if (!outOfMemory) return;
  const { message, actions } = outOfMemory;
  const chosen = await vscode.window.showWarningMessage(
    `${project.path}: ${message}`,
    ...actions.map(({ title }) => title),
  );
  const action = actions.find(({ title }) => title === chosen);
  if (action) await carryOut(action, project, runs);
}

async function carryOut({ kind, heapMb }: OutOfMemoryAction, project: TypeCheckProject, runs: Runs): Promise<void> {
  switch (kind) {
    case 'raise-heap':
      if (heapMb !== undefined) await writeTask(project, heapMb);
      return runs.start(project, { mode: 'incremental' });
    case 'incremental':
      return runs.start(project, { mode: 'incremental' });
    case 'skip-lib-check':
      return applyRuleFix(project, 'tsconfig-skip-lib-check');
    case 'split':
      await vscode.env.openExternal(
        vscode.Uri.parse('https://www.typescriptlang.org/docs/handbook/project-references.html'),
      );
  }
}

/** Writes how much memory a project needs into `tasks.json`, where its team finds it. */
async function writeTask({ folder, path }: TypeCheckProject, heapMb: number): Promise<void> {
  const settings = vscode.workspace.getConfiguration('tasks', vscode.Uri.parse(folder));
  const before = settings.inspect<vscode.TaskDefinition[]>('tasks')?.workspaceFolderValue ?? [];
  const isOwn = (task: vscode.TaskDefinition) => task.type === taskType && task.tsconfig === path;
  const own = before.find(isOwn) ?? { type: taskType, tsconfig: path, problemMatcher: ['$tsc'], group: 'build' };
  const tasks = [...before.filter((task) => !isOwn(task)), { ...own, heapMb }];
  await settings.update('tasks', tasks, vscode.ConfigurationTarget.WorkspaceFolder);
}

/** Shows the configuration, and repairs in it what a rule of ours finds there. */
async function applyRuleFix({ uri }: TypeCheckProject, rule: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
  await vscode.window.showTextDocument(document);
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[] | undefined>(
    'vscode.executeCodeActionProvider',
    document.uri,
    new vscode.Range(0, 0, document.lineCount, 0),
    vscode.CodeActionKind.QuickFix.value,
    20,
  );
  const edit = actions?.find(({ diagnostics }) => diagnostics?.some((each) => ruleOf(each) === rule))?.edit;
  if (edit) await vscode.workspace.applyEdit(edit);
}
