import * as vscode from 'vscode';
import type { TypeCheckProject, TypeCheckRun } from '../../server/protocol';
import type { Projects } from './projects';
import type { RunOnSave } from './runOnSave';
import type { Runs } from './runs';

const viewId = 'perfHints.typeCheck';

/** A project where it stands in the tree: below another that refers to it, or at the top. */
interface Row {
  readonly project: TypeCheckProject;
  readonly parent?: Row;
}

/** The Type Check view: a row for each project, those that it refers to below it. */
export class ProjectsTree implements vscode.TreeDataProvider<Row>, vscode.Disposable {
  readonly #projects: Projects;
  readonly #runs: Runs;
  readonly #onSave: RunOnSave;
  readonly #view: vscode.TreeView<Row>;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #subscriptions: vscode.Disposable[];

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(projects: Projects, runs: Runs, onSave: RunOnSave) {
    this.#projects = projects;
    this.#runs = runs;
    this.#onSave = onSave;
    const redraw = () => this.#redraw();
    this.#subscriptions = [projects, runs, onSave].map(({ onDidChange }) => onDidChange(redraw));
    this.#view = vscode.window.createTreeView(viewId, { treeDataProvider: this, showCollapseAll: true });
  }

  /** The project of the row that is selected, if one is. */
  get selected(): TypeCheckProject | undefined {
    return this.#view.selection[0]?.project;
  }

  getChildren(row?: Row): Row[] {
    const { all } = this.#projects;
    if (!vscode.workspace.isTrusted) return [];
    if (row) {
      return row.project.references
        .flatMap((uri) => this.#projects.at(uri) ?? [])
        .filter((project) => !isWithin(project, row))
        .map((project) => ({ project, parent: row }));
    }
    const referred = new Set(all.flatMap(({ references }) => references));
    const tops = all.filter(({ uri }) => !referred.has(uri));
    return (tops.length > 0 ? tops : all).map((project) => ({ project }));
  }

  getTreeItem(row: Row): vscode.TreeItem {
    const { project } = row;
    const item = new vscode.TreeItem(this.#label(project), collapsible(project));
    const elapsed = this.#runs.elapsed(project);
    item.id = idOf(row);
    item.description = elapsed === undefined ? this.#description(project) : `running for ${seconds(elapsed)}`;
    item.iconPath = elapsed === undefined ? iconOf(project.lastRun) : new vscode.ThemeIcon('loading~spin');
    item.contextValue = this.#contextValue(project, elapsed !== undefined);
    item.tooltip = tooltipOf(project);
    item.accessibilityInformation = { label: `${project.path}: ${item.description}` };
    return item;
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#view.dispose();
    this.#changed.dispose();
  }

  #redraw(): void {
    const set = (key: string, value: boolean) =>
      void vscode.commands.executeCommand('setContext', `perfHints.typeCheck.${key}`, value);
    set('listed', true);
    set('any', this.#projects.all.length > 0);
    this.#changed.fire(undefined);
  }

  /** Two folders may have a project of the same path. */
  #label({ path, folder }: TypeCheckProject): string {
    const name = path === 'tsconfig.json' ? path : path.replace(/\/tsconfig\.json$/, '');
    const folders = vscode.workspace.workspaceFolders ?? [];
    const own = folders.find(({ uri }) => uri.toString() === vscode.Uri.parse(folder).toString());
    return folders.length > 1 && own ? `${own.name}: ${name}` : name;
  }

  #description(project: TypeCheckProject): string {
    if ('problem' in project.compiler) return project.compiler.problem;
    const { lastRun, summary = '' } = project;
    if (!lastRun) return 'never run';
    const state = lastRun.outcome === 'clean' ? `clean · ${summary}` : summary;
    return this.#projects.isStale(project) ? `${state} · edited since` : state;
  }

  #contextValue(project: TypeCheckProject, running: boolean): string {
    return [
      'project',
      ...(running ? ['running'] : []),
      ...(project.lastRun ? ['ran'] : []),
      ...(this.#onSave.isOn(project) ? ['saved'] : []),
    ].join(' ');
  }
}

function collapsible({ references }: TypeCheckProject): vscode.TreeItemCollapsibleState {
  return references.length > 0 ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.None;
}

function iconOf(run: TypeCheckRun | undefined): vscode.ThemeIcon {
  switch (run?.outcome) {
    case undefined:
      return new vscode.ThemeIcon('circle-outline');
    case 'clean':
      return new vscode.ThemeIcon('pass', new vscode.ThemeColor('testing.iconPassed'));
    case 'errors':
      return new vscode.ThemeIcon('error', new vscode.ThemeColor('testing.iconFailed'));
    case 'stopped':
      return new vscode.ThemeIcon('debug-stop');
    case 'failed':
      return new vscode.ThemeIcon('warning', new vscode.ThemeColor('testing.iconErrored'));
    default:
      return new vscode.ThemeIcon('flame', new vscode.ThemeColor('testing.iconErrored'));
  }
}

function tooltipOf({ path, compiler, history }: TypeCheckProject): vscode.MarkdownString {
  const by = 'problem' in compiler ? compiler.problem : `TypeScript ${compiler.version}`;
  const tooltip = new vscode.MarkdownString();
  tooltip.appendText(`${path}\n\n${by}`);
  if (history !== undefined) tooltip.appendMarkdown(`\n\n${history}`);
  return tooltip;
}

function isWithin(project: TypeCheckProject, row: Row | undefined): boolean {
  return row !== undefined && (row.project.uri === project.uri || isWithin(project, row.parent));
}

function idOf({ project, parent }: Row): string {
  return parent ? `${idOf(parent)} ${project.uri}` : project.uri;
}

function seconds(ms: number): string {
  return `${Math.floor(ms / 1000)} s`;
}
