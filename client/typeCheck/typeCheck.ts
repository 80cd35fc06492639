import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { TypeCheckProject } from '../../server/protocol';
import { explainSlowCheck } from './advice';
import { ComparisonPages } from './comparison';
import { explainOutOfMemory } from './outOfMemory';
import { Projects } from './projects';
import { ProjectsTree } from './projectsTree';
import { RunOnSave } from './runOnSave';
import { Runs } from './runs';
import { TypeCheckTasks, taskType } from './tasks';

/** What a command of a row is given; nothing in the palette. */
interface Target {
  readonly project: TypeCheckProject;
}

/** Wires the Type Check view, its commands and its tasks. */
export function createTypeCheck(context: vscode.ExtensionContext, client: LanguageClient): vscode.Disposable {
  const projects = new Projects(client);
  const storage = context.storageUri ?? context.globalStorageUri;
  const tasks = new TypeCheckTasks(projects, context.asAbsolutePath('dist/cli.js'), storage.fsPath);
  const runs = new Runs(projects, tasks);
  const onSave = new RunOnSave(projects, runs);
  const tree = new ProjectsTree(projects, runs, onSave);
  const pages = new ComparisonPages(client);

  const choose = (target: Target | undefined) => target?.project ?? tree.selected ?? pick(projects);
  const forProject =
    (act: (project: TypeCheckProject) => unknown) =>
    async (target?: Target): Promise<void> => {
      const project = await choose(target);
      if (project) await act(project);
    };
  const running =
    (act: (project: TypeCheckProject) => unknown): ((target?: Target) => Promise<void>) =>
    async (target) => {
      if (vscode.workspace.isTrusted) return forProject(act)(target);
      void vscode.window.showInformationMessage('Nothing is run in a workspace that is not trusted.');
    };
  const commands = {
    run: running((project) => runs.start(project, { mode: 'incremental' })),
    runCold: running((project) => runs.start(project, { mode: 'cold' })),
    stop: (target?: Target) => (target ? runs.stop(target.project) : runs.stopAll()),
    runOnSave: running((project) => onSave.turn(project, true)),
    stopRunOnSave: forProject((project) => onSave.turn(project, false)),
    compare: forProject((project) => pages.show(project)),
    export: forProject((project) => pages.export(project)),
    explain: running((project) => explainSlowCheck(client, runs, project)),
    openTsconfig: forProject((project) => vscode.window.showTextDocument(vscode.Uri.parse(project.uri))),
    refresh: () => projects.refresh(),
  };
  const refresh = () => void projects.refresh();

  return vscode.Disposable.from(
    ...Object.entries(commands).map(([id, run]) => vscode.commands.registerCommand(`perfHints.typeCheck.${id}`, run)),
    vscode.tasks.registerTaskProvider(taskType, tasks),
    vscode.workspace.onDidGrantWorkspaceTrust(refresh),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('perfHints.typeCheck')) refresh();
    }),
    runs.onDidEnd((project) => {
      void pages.update(project);
      void explainOutOfMemory(project, runs);
    }),
    ...[tree, onSave, runs, pages, projects],
  );
}

async function pick({ all }: Projects): Promise<TypeCheckProject | undefined> {
  if (all.length < 2) return all[0];
  const items = all.map((project) => ({ label: project.path, description: project.summary ?? '', project }));
  return (await vscode.window.showQuickPick(items, { title: 'Which project?' }))?.project;
}
