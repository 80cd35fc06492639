import * as vscode from 'vscode';
import type { TypeCheckProject } from '../../server/protocol';
import type { Projects } from './projects';
import { checkedBy, isTypeCheck, type RunOptions, type TypeCheckTaskDefinition, type TypeCheckTasks } from './tasks';

const TICK_MS = 1000;

interface Running {
  readonly execution: vscode.TaskExecution;
  readonly since: number;
}

/** The type-checks that run now, whoever started them. */
export class Runs implements vscode.Disposable {
  readonly #projects: Projects;
  readonly #tasks: TypeCheckTasks;
  readonly #running = new Map<string, Running>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #ended = new vscode.EventEmitter<TypeCheckProject>();
  readonly #subscriptions: vscode.Disposable[];
  #ticking: NodeJS.Timeout | undefined;

  /** Fires when a run starts or ends, and each second in between. */
  readonly onDidChange = this.#changed.event;
  /** Fires when a run has ended, with the project as it is after it. */
  readonly onDidEnd = this.#ended.event;

  constructor(projects: Projects, tasks: TypeCheckTasks) {
    this.#projects = projects;
    this.#tasks = tasks;
    this.#subscriptions = [
      vscode.tasks.onDidStartTask(({ execution }) => this.#began(execution)),
      vscode.tasks.onDidEndTask(({ execution }) => this.#finished(execution)),
    ];
  }

  /** Milliseconds since the project's run began; undefined if it is not running. */
  elapsed({ uri }: TypeCheckProject): number | undefined {
    const running = this.#running.get(uri);
    return running && Date.now() - running.since;
  }

  /** Starts a run, in place of the one that is under way. Returns once it has ended. */
  async start(
    project: TypeCheckProject,
    said: Pick<TypeCheckTaskDefinition, 'mode'>,
    options: RunOptions = {},
  ): Promise<void> {
    const task = this.#tasks.taskFor(project, said, options);
    if (!task) return;
    await this.stop(project);
    const execution = await vscode.tasks.executeTask(task);
    await this.#endOf(execution);
  }

  /** Ends a project's run, and waits until nothing of it is left. */
  async stop({ uri }: TypeCheckProject): Promise<void> {
    const running = this.#running.get(uri);
    if (!running) return;
    const end = this.#endOf(running.execution);
    running.execution.terminate();
    await end;
  }

  async stopAll(): Promise<void> {
    await Promise.all(this.#projects.all.map((project) => this.stop(project)));
  }

  dispose(): void {
    clearInterval(this.#ticking);
    for (const { execution } of this.#running.values()) execution.terminate();
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
    this.#ended.dispose();
  }

  #began(execution: vscode.TaskExecution): void {
    const uri = checkedBy(execution.task);
    if (uri === undefined) return;
    this.#running.set(uri, { execution, since: Date.now() });
    this.#ticking ??= setInterval(() => this.#changed.fire(), TICK_MS);
    this.#tell();
  }

  #finished(execution: vscode.TaskExecution): void {
    const uri = checkedBy(execution.task);
    if (uri === undefined || this.#running.get(uri)?.execution !== execution) return;
    this.#running.delete(uri);
    if (this.#running.size === 0) {
      clearInterval(this.#ticking);
      this.#ticking = undefined;
    }
    this.#tell();
    const project = this.#projects.at(uri);
    if (project) void this.#projects.ran(project).then((after) => after && this.#ended.fire(after));
  }

  #tell(): void {
    void vscode.commands.executeCommand('setContext', 'perfHints.typeCheck.running', this.#running.size > 0);
    this.#changed.fire();
  }

  #endOf(execution: vscode.TaskExecution): Promise<void> {
    return new Promise((resolve) => {
      const ended = vscode.tasks.onDidEndTask((end) => {
        if (end.execution !== execution && !isSameRun(end.execution.task, execution.task)) return;
        ended.dispose();
        resolve();
      });
    });
  }
}

function isSameRun(one: vscode.Task, other: vscode.Task): boolean {
  return isTypeCheck(one.definition) && checkedBy(one) === checkedBy(other);
}
