import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import {
  type TypeCheckProject,
  TypeCheckProjectsChangedNotification,
  TypeCheckProjectsMethod,
  type TypeCheckProjectsParams,
  TypeCheckRanNotification,
} from '../../server/protocol';

/** The TypeScript projects of the workspace as the server last told of them, and which of them were edited since. */
export class Projects implements vscode.Disposable {
  readonly #client: LanguageClient;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #stale = new Set<string>();
  readonly #subscription: vscode.Disposable;
  #all: readonly TypeCheckProject[] = [];
  #asked = 0;

  /** Fires when projects came, went, ran or were edited. */
  readonly onDidChange = this.#changed.event;

  constructor(client: LanguageClient) {
    this.#client = client;
    this.#subscription = client.onNotification(TypeCheckProjectsChangedNotification, () => this.refresh());
  }

  /** In the order of their paths. */
  get all(): readonly TypeCheckProject[] {
    return this.#all;
  }

  /** The project that a `tsconfig.json` makes; undefined if it makes none that is known. */
  at(uri: string): TypeCheckProject | undefined {
    return this.#all.find((project) => project.uri === uri);
  }

  /** True if a file of the project was saved since its last run. */
  isStale(project: TypeCheckProject): boolean {
    return this.#stale.has(project.uri);
  }

  /** Takes note that a project was run, and asks the server what came of it. */
  async ran(project: TypeCheckProject): Promise<TypeCheckProject | undefined> {
    this.#stale.delete(project.uri);
    await this.#client.sendNotification(TypeCheckRanNotification);
    await this.refresh();
    return this.at(project.uri);
  }

  /** Asks the server anew. What an older question brings after a newer one is dropped. */
  async refresh(): Promise<void> {
    this.#asked += 1;
    const question = this.#asked;
    const tscPath = tscPathOf();
    const params: TypeCheckProjectsParams = tscPath === '' ? {} : { tscPath };
    const all = await this.#client.sendRequest<readonly TypeCheckProject[] | null>(TypeCheckProjectsMethod, params);
    if (question !== this.#asked || !all) return;
    this.#all = all;
    this.#changed.fire();
  }

  /** Returns the innermost projects around a file that was saved, and remembers that they are no longer up to date. */
  saved(file: vscode.Uri): readonly TypeCheckProject[] {
    const around = this.#all.filter((project) => file.path.startsWith(`${folderOf(project)}/`));
    const innermost = Math.max(...around.map((project) => folderOf(project).length));
    const touched = around.filter((project) => folderOf(project).length === innermost);
    for (const { uri } of touched) this.#stale.add(uri);
    if (touched.length > 0) this.#changed.fire();
    return touched;
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }
}

/** The setting `perfHints.typeCheck.tscPath`; empty where it is not set or not to be trusted. */
export function tscPathOf(folder?: vscode.Uri): string {
  if (!vscode.workspace.isTrusted) return '';
  return vscode.workspace.getConfiguration('perfHints.typeCheck', folder).get('tscPath', '');
}

function folderOf({ uri }: TypeCheckProject): string {
  const { path } = vscode.Uri.parse(uri);
  return path.slice(0, path.lastIndexOf('/'));
}
