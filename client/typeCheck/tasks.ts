import * as vscode from 'vscode';
import type { TypeCheckMode, TypeCheckProject } from '../../server/protocol';
import type { Projects } from './projects';

export const taskType = 'perf-hints-typecheck';

/** What a task in `tasks.json` may say; `onSave` is an incremental run that is repeated after each save. */
export interface TypeCheckTaskDefinition extends vscode.TaskDefinition {
  /** Relative to the workspace folder, with `/`. */
  readonly tsconfig: string;
  readonly mode?: TypeCheckMode | 'onSave';
  readonly heapMb?: number;
  readonly checkers?: number;
}

/** What the extension runs beyond what a task can say. */
export interface RunOptions {
  /** Also finds out what is slow. */
  readonly trace?: boolean;
  /** Leaves the terminal where it is: nobody asked for this run. */
  readonly quiet?: boolean;
}

/** Makes tasks that check types with our own command line, in a terminal. */
export class TypeCheckTasks implements vscode.TaskProvider {
  readonly #projects: Projects;
  readonly #commandLine: string;
  readonly #storage: string;

  /** `commandLine` is the path of the bundled command, `storage` the folder that keeps what runs leave behind. */
  constructor(projects: Projects, commandLine: string, storage: string) {
    this.#projects = projects;
    this.#commandLine = commandLine;
    this.#storage = storage;
  }

  async provideTasks(): Promise<vscode.Task[]> {
    if (!vscode.workspace.isTrusted) return [];
    if (this.#projects.all.length === 0) await this.#projects.refresh();
    return this.#projects.all.flatMap((project) =>
      (['incremental', 'cold', 'onSave'] as const).flatMap((mode) => this.taskFor(project, { mode }) ?? []),
    );
  }

  resolveTask(task: vscode.Task): vscode.Task | undefined {
    const { definition, scope } = task;
    if (!vscode.workspace.isTrusted || !isTypeCheck(definition) || !isFolder(scope)) return undefined;
    return this.#task(definition, scope, {});
  }

  /** The task that runs a project, with what `tasks.json` and the settings say of it; undefined outside of all folders. */
  taskFor(
    { folder, path }: TypeCheckProject,
    said: Pick<TypeCheckTaskDefinition, 'mode'>,
    options: RunOptions = {},
  ): vscode.Task | undefined {
    const workspaceFolder = vscode.workspace.getWorkspaceFolder(vscode.Uri.parse(folder));
    if (!workspaceFolder) return undefined;
    return this.#task({ ...said, type: taskType, tsconfig: path }, workspaceFolder, options);
  }

  #task(definition: TypeCheckTaskDefinition, folder: vscode.WorkspaceFolder, options: RunOptions): vscode.Task {
    const { tsconfig, mode = 'incremental' } = definition;
    const name = mode === 'incremental' ? tsconfig : `${tsconfig} (${mode === 'cold' ? 'cold' : 'on save'})`;
    const execution = new vscode.ProcessExecution(
      process.execPath,
      [this.#commandLine, 'type-check', ...argumentsFor(definition, folder, this.#storage), ...traced(options)],
      { cwd: folder.uri.fsPath, env: { ELECTRON_RUN_AS_NODE: '1', FORCE_COLOR: '1' } },
    );
    const task = new vscode.Task(definition, folder, name, 'type check', execution, ['$tsc']);
    task.group = vscode.TaskGroup.Build;
    task.presentationOptions = {
      reveal: options.quiet ? vscode.TaskRevealKind.Never : vscode.TaskRevealKind.Silent,
      panel: vscode.TaskPanelKind.Shared,
      clear: true,
      showReuseMessage: false,
    };
    return task;
  }
}

/** True for a task that checks types. */
export function isTypeCheck(definition: vscode.TaskDefinition): definition is TypeCheckTaskDefinition {
  return definition.type === taskType && typeof definition.tsconfig === 'string';
}

/** The URI of the `tsconfig.json` that a task checks; undefined for any other task. */
export function checkedBy({ definition, scope }: vscode.Task): string | undefined {
  if (!isTypeCheck(definition) || !isFolder(scope)) return undefined;
  return vscode.Uri.joinPath(scope.uri, definition.tsconfig).toString();
}

function argumentsFor(
  { tsconfig, mode, ...said }: TypeCheckTaskDefinition,
  folder: vscode.WorkspaceFolder,
  storage: string,
): string[] {
  const settings = vscode.workspace.getConfiguration('perfHints.typeCheck', folder.uri);
  const inFile = definedInFile(tsconfig, folder);
  const heapMb = said.heapMb ?? inFile?.heapMb ?? settings.get('heapMb', 0);
  const checkers = said.checkers ?? inFile?.checkers ?? settings.get('checkers', 0);
  const tscPath = settings.get('tscPath', '');
  return [
    ...['--project', tsconfig, '--storage', storage],
    ...(mode === 'cold' ? ['--cold'] : []),
    ...(heapMb > 0 ? ['--heap', String(heapMb)] : []),
    ...(checkers > 0 ? ['--checkers', String(checkers)] : []),
    ...(tscPath === '' ? [] : ['--tsc', tscPath]),
  ];
}

/** The task in `tasks.json` that names a project: what it says of memory holds for every run. */
function definedInFile(tsconfig: string, folder: vscode.WorkspaceFolder): TypeCheckTaskDefinition | undefined {
  const tasks: unknown = vscode.workspace.getConfiguration('tasks', folder.uri).get('tasks');
  const definitions: readonly vscode.TaskDefinition[] = Array.isArray(tasks) ? tasks : [];
  return definitions.filter(isTypeCheck).find((definition) => definition.tsconfig === tsconfig);
}

function traced({ trace }: RunOptions): string[] {
  return trace ? ['--trace'] : [];
}

function isFolder(scope: vscode.Task['scope']): scope is vscode.WorkspaceFolder {
  return typeof scope === 'object' && 'uri' in scope;
}
