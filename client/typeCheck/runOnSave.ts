import * as vscode from 'vscode';
import type { TypeCheckProject } from '../../server/protocol';
import type { Projects } from './projects';
import type { Runs } from './runs';
import { checkedBy, isTypeCheck } from './tasks';

const QUIET_MS = 800;
const CHECKED_FILE = /\.(?:[cm]?[jt]sx?|json|vue|svelte)$/;

/**
 * Runs projects again after a save: one incremental run at a time, the older one given up. (`tsc --watch` of TypeScript
 * 7.0 misses edits on Linux.)
 */
export class RunOnSave implements vscode.Disposable {
  readonly #projects: Projects;
  readonly #runs: Runs;
  readonly #on = new Set<string>();
  readonly #due = new Map<string, NodeJS.Timeout>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable[];

  readonly onDidChange = this.#changed.event;

  constructor(projects: Projects, runs: Runs) {
    this.#projects = projects;
    this.#runs = runs;
    this.#subscriptions = [
      vscode.workspace.onDidSaveTextDocument(({ uri }) => this.#saved(uri)),
      vscode.tasks.onDidStartTask(({ execution }) => this.#startedByTask(execution.task)),
    ];
  }

  isOn({ uri }: TypeCheckProject): boolean {
    return this.#on.has(uri);
  }

  turn({ uri }: TypeCheckProject, on: boolean): void {
    if (on) this.#on.add(uri);
    else this.#on.delete(uri);
    if (!on) clearTimeout(this.#due.get(uri));
    this.#changed.fire();
  }

  dispose(): void {
    for (const timer of this.#due.values()) clearTimeout(timer);
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
  }

  /** A task with the mode `onSave` is both: a run, and the wish for more. */
  #startedByTask(task: vscode.Task): void {
    const project = this.#projects.at(checkedBy(task) ?? '');
    if (project && isTypeCheck(task.definition) && task.definition.mode === 'onSave') this.turn(project, true);
  }

  #saved(uri: vscode.Uri): void {
    if (uri.scheme !== 'file' || !CHECKED_FILE.test(uri.path) || uri.path.includes('/node_modules/')) return;
    for (const project of this.#projects.saved(uri)) {
      if (!this.isOn(project) || !vscode.workspace.isTrusted) continue;
      clearTimeout(this.#due.get(project.uri));
      const run = () => void this.#runs.start(project, { mode: 'incremental' }, { quiet: true });
      this.#due.set(project.uri, setTimeout(run, QUIET_MS));
    }
  }
}
