import * as vscode from 'vscode';
import type { DiagnosticCollectionProvider } from 'vscode-languageclient/node';

/** A file and what is wrong in it. */
export interface FileFindings {
  readonly uri: vscode.Uri;
  readonly diagnostics: readonly vscode.Diagnostic[];
}

/** The id of the rule that a diagnostic of ours comes from; empty if it comes from none. */
export function ruleOf({ code }: vscode.Diagnostic): string {
  return String((typeof code === 'object' ? code.value : code) ?? '');
}

/** The code of what is wrong in a config file: a problem to show, but none that an audit counts. */
const configProblem = 'config';

/**
 * What is shown in the Problems panel: the last audit for files that are not open, the server's current answer
 * for those that are. Both are written to one collection, so that no finding can show twice.
 */
export class Findings implements vscode.Disposable {
  readonly #shown = vscode.languages.createDiagnosticCollection('perf-hints');
  readonly #known = new Map<string, FileFindings>();
  readonly #open = new Set<string>();
  readonly #changed = new vscode.EventEmitter<void>();
  #audited = false;

  /** Fires when {@link audited} has changed. */
  readonly onDidChange = this.#changed.event;

  /** What the language client writes the server's answers for open files to. */
  readonly forOpenFiles: DiagnosticCollectionProvider = {
    create: (name) => this.#viewForOpenFiles(name),
    dispose: (view) => view.dispose(),
  };

  /** The files with findings: those of the last audit, kept up to date where a file was opened since. */
  get audited(): readonly FileFindings[] {
    return [...this.#known.values()]
      .map(({ uri, diagnostics }) => ({ uri, diagnostics: diagnostics.filter((one) => ruleOf(one) !== configProblem) }))
      .filter(({ diagnostics }) => diagnostics.length > 0);
  }

  /** Takes over the result of an audit. Open files keep what the server last said of their current text. */
  replaceByAudit(files: readonly FileFindings[]): void {
    const open = [...this.#open].map((key) => {
      const uri = vscode.Uri.parse(key);
      return { uri, diagnostics: this.#shown.get(uri) ?? [] };
    });
    this.#audited = true;
    this.#known.clear();
    this.#shown.clear();
    for (const file of [...files, ...open]) this.#known.set(file.uri.toString(), file);
    for (const { uri, diagnostics } of this.#known.values()) this.#shown.set(uri, diagnostics);
    this.#changed.fire();
  }

  dispose(): void {
    this.#shown.dispose();
    this.#changed.dispose();
  }

  #viewForOpenFiles(name: string | undefined): vscode.DiagnosticCollection {
    const shown = this.#shown;
    return {
      name: name ?? shown.name,
      set: (target: vscode.Uri | Entries, diagnostics?: readonly vscode.Diagnostic[]) => {
        const entries: Entries = target instanceof vscode.Uri ? [[target, diagnostics]] : target;
        for (const [uri, some] of entries) this.#setOpen(uri, some ?? []);
      },
      delete: (uri) => this.#setClosed(uri),
      clear: () => this.#closeAll(),
      // The client lets go of its view when the server stops; the collection lives on.
      dispose: () => this.#closeAll(),
      forEach: (callback, thisArg) => shown.forEach(callback, thisArg),
      get: (uri) => shown.get(uri),
      has: (uri) => shown.has(uri),
      [Symbol.iterator]: () => shown[Symbol.iterator](),
    };
  }

  #setOpen(uri: vscode.Uri, diagnostics: readonly vscode.Diagnostic[]): void {
    this.#open.add(uri.toString());
    this.#shown.set(uri, diagnostics);
    if (!this.#audited) return;
    this.#known.set(uri.toString(), { uri, diagnostics });
    this.#changed.fire();
  }

  #setClosed(uri: vscode.Uri): void {
    this.#open.delete(uri.toString());
    this.#shown.set(uri, this.#known.get(uri.toString())?.diagnostics ?? []);
  }

  #closeAll(): void {
    for (const key of this.#open) this.#setClosed(vscode.Uri.parse(key));
  }
}

type Entries = ReadonlyArray<readonly [vscode.Uri, readonly vscode.Diagnostic[] | undefined]>;
