import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  type CancellationToken,
  type ClientCapabilities,
  type CodeAction,
  createProtocolConnection,
  type Diagnostic,
  type DocumentDiagnosticReport,
  type FileChangeType,
  type InitializeResult,
  type ProtocolConnection,
  type Range,
  StreamMessageReader,
  StreamMessageWriter,
  type TextEdit,
  type WorkDoneProgressEnd,
  type WorkDoneProgressReport,
  type WorkspaceEdit,
} from 'vscode-languageserver-protocol/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { modernEditor } from './modernEditor';
import { startServer } from './startServer';

export interface ClientOptions {
  /** Absolute paths of the workspace folders; none: files are opened alone. */
  readonly folders: readonly string[];
  readonly capabilities?: ClientCapabilities;
  readonly initializationOptions?: unknown;
  /** The `perfHints` section of the settings. */
  readonly settings?: unknown;
}

/** An editor, as far as the server can tell: a protocol client over the built server's stdio. */
export class LspClient {
  readonly connection: ProtocolConnection;
  readonly logged: string[] = [];
  readonly published = new Map<string, { readonly version?: number; readonly diagnostics: readonly Diagnostic[] }>();
  readonly registered: { readonly method: string; readonly registerOptions?: unknown }[] = [];
  refreshes = 0;
  settings: unknown;
  readonly #progress: { token: unknown; value: WorkDoneProgressReport | WorkDoneProgressEnd }[] = [];
  readonly #documents = new Map<string, TextDocument>();
  readonly #waiting = new Set<() => void>();
  #initialized: InitializeResult | undefined;

  private constructor(readonly process: ChildProcess) {
    const { stdin, stdout } = process;
    assert(stdin && stdout);
    this.connection = createProtocolConnection(new StreamMessageReader(stdout), new StreamMessageWriter(stdin));
    const { connection } = this;
    connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) =>
      items.map(() => this.settings),
    );
    connection.onRequest('client/registerCapability', ({ registrations }: { registrations: { method: string }[] }) => {
      this.registered.push(...registrations);
      this.#tell();
      return null;
    });
    connection.onRequest('window/workDoneProgress/create', () => null);
    connection.onRequest('workspace/diagnostic/refresh', () => {
      this.refreshes++;
      this.#tell();
      return null;
    });
    connection.onNotification('window/logMessage', ({ message }: { message: string }) => {
      this.logged.push(message);
      this.#tell();
    });
    connection.onNotification('textDocument/publishDiagnostics', ({ uri, ...published }) => {
      this.published.set(uri, published);
      this.#tell();
    });
    connection.onNotification('$/progress', (progress) => {
      this.#progress.push(progress);
      this.#tell();
    });
    connection.onUnhandledNotification(() => undefined);
    connection.listen();
  }

  /** Starts a server and initializes it; it is stopped after the test or suite that asked for it. */
  static async start({ folders, capabilities = modernEditor, ...options }: ClientOptions): Promise<LspClient> {
    const client = new LspClient(startServer());
    after(() => client.stop());
    client.settings = options.settings ?? null;
    client.#initialized = await client.connection.sendRequest<InitializeResult>('initialize', {
      processId: process.pid,
      rootUri: null,
      capabilities,
      initializationOptions: options.initializationOptions,
      workspaceFolders: folders.map((folder) => ({ uri: uriOf(folder), name: folder })),
    });
    await client.connection.sendNotification('initialized', {});
    return client;
  }

  /** Starts a server that has read its folders. */
  static async startLoaded(options: ClientOptions): Promise<LspClient> {
    const client = await LspClient.start(options);
    await client.until(() => client.progressEnds >= options.folders.length);
    return client;
  }

  get initialized(): InitializeResult {
    assert(this.#initialized);
    return this.#initialized;
  }

  /** How many pieces of work the server has reported as done. */
  get progressEnds(): number {
    return this.#progress.filter(({ value }) => value.kind === 'end').length;
  }

  /** The messages of the progress reported on a token. */
  progressOf(token: unknown): readonly string[] {
    return this.#progress.flatMap((each) => (each.token === token && each.value.message ? [each.value.message] : []));
  }

  /** Resolves when something that the server sends makes `holds` true. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds()) {
      await new Promise<void>((wake) => {
        this.#waiting.add(wake);
      });
    }
  }

  /** Opens a file with the text it has on disk, or with another. */
  async open(
    path: string,
    text = readFileSync(path, 'utf8').replace(/^\uFEFF/, ''),
    uri = uriOf(path),
  ): Promise<string> {
    const languageId = languageOf(path);
    const document = TextDocument.create(uri, languageId, 1, text);
    this.#documents.set(uri, document);
    await this.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId, version: 1, text },
    });
    return uri;
  }

  async close(uri: string): Promise<void> {
    this.#documents.delete(uri);
    await this.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  }

  /** Replaces one occurrence of some text in an open document, as typing would. */
  async replace(uri: string, searched: string, replacement: string): Promise<void> {
    const start = this.text(uri).indexOf(searched);
    assert(start >= 0, `"${searched}" is in the document`);
    await this.change(uri, [{ start, end: start + searched.length, text: replacement }]);
  }

  /** Sends incremental changes, each in offsets of the text that the one before left. */
  async change(uri: string, changes: readonly { start: number; end: number; text: string }[]): Promise<void> {
    let document = this.document(uri);
    const contentChanges = changes.map(({ start, end, text }) => {
      const change = { range: { start: document.positionAt(start), end: document.positionAt(end) }, text };
      document = TextDocument.update(document, [change], document.version + 1);
      return change;
    });
    this.#documents.set(uri, document);
    await this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: document.version },
      contentChanges,
    });
  }

  document(uri: string): TextDocument {
    const document = this.#documents.get(uri);
    assert(document, `${uri} is open`);
    return document;
  }

  text(uri: string): string {
    return this.document(uri).getText();
  }

  async pull(uri: string, previousResultId?: string, token?: CancellationToken): Promise<DocumentDiagnosticReport> {
    const params = { textDocument: { uri }, ...(previousResultId === undefined ? {} : { previousResultId }) };
    return token
      ? this.connection.sendRequest<DocumentDiagnosticReport>('textDocument/diagnostic', params, token)
      : this.connection.sendRequest<DocumentDiagnosticReport>('textDocument/diagnostic', params);
  }

  /** The diagnostics of an open document. */
  async diagnostics(uri: string): Promise<Diagnostic[]> {
    const report = await this.pull(uri);
    assert(report.kind === 'full');
    return report.items;
  }

  /** The rules that report something in an open document, in order. */
  async rulesIn(uri: string): Promise<string[]> {
    return (await this.diagnostics(uri)).map(({ code }) => String(code));
  }

  /** The code actions at a diagnostic, or at a range. */
  async actions(uri: string, at: Diagnostic | Range, only?: readonly string[]): Promise<CodeAction[]> {
    const isDiagnostic = 'message' in at;
    const params = {
      textDocument: { uri },
      range: isDiagnostic ? at.range : at,
      context: { diagnostics: isDiagnostic ? [at] : [], ...(only ? { only } : {}) },
    };
    return (await this.connection.sendRequest<CodeAction[] | null>('textDocument/codeAction', params)) ?? [];
  }

  async resolve(action: CodeAction): Promise<CodeAction> {
    return this.connection.sendRequest<CodeAction>('codeAction/resolve', action);
  }

  /** Applies an edit as an editor does: refuses it for another version; files that are not open are written, new ones made. */
  async apply(edit: WorkspaceEdit | undefined): Promise<void> {
    assert(edit?.documentChanges, 'the edit has document changes');
    for (const change of edit.documentChanges) {
      if ('kind' in change && change.kind === 'create') {
        const path = fileURLToPath(change.uri);
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, '', { flag: 'wx' });
        continue;
      }
      assert('textDocument' in change);
      const { uri, version } = change.textDocument;
      const edits = change.edits.filter((each): each is TextEdit => 'newText' in each);
      assert.equal(edits.length, change.edits.length);
      if (!this.#documents.has(uri)) {
        assert.equal(version, null, 'a file that is not open has no version');
        const path = fileURLToPath(uri);
        const onDisk = TextDocument.create(uri, '', 0, readFileSync(path, 'utf8'));
        writeFileSync(path, TextDocument.applyEdits(onDisk, edits));
        continue;
      }
      const document = this.document(uri);
      assert.equal(version, document.version, 'the edit is for the current version');
      const text = TextDocument.applyEdits(document, edits);
      await this.change(uri, [{ start: 0, end: document.getText().length, text }]);
    }
  }

  /** Tells the server that files changed on disk. */
  async changedOnDisk(path: string, type: FileChangeType): Promise<void> {
    await this.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: uriOf(path), type }],
    });
  }

  /** Ends the server as an editor does; resolves with its exit code. */
  async stop(): Promise<number | null> {
    if (this.process.exitCode !== null) return this.process.exitCode;
    const exited = new Promise<number | null>((done) => this.process.once('exit', done));
    await this.connection.sendRequest('shutdown');
    await this.connection.sendNotification('exit');
    const code = await exited;
    this.connection.dispose();
    return code;
  }

  #tell(): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const wake of waiting) wake();
  }
}

export function uriOf(path: string): string {
  return pathToFileURL(path).href;
}

function languageOf(path: string): string {
  if (path.endsWith('.prisma')) return 'prisma';
  if (path.endsWith('.json')) return 'json';
  if (path.endsWith('.tsx')) return 'typescriptreact';
  return /\.[cm]?js$/.test(path) ? 'javascript' : 'typescript';
}
