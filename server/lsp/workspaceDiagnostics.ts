import {
  type CancellationToken,
  type Disposable,
  DocumentDiagnosticReportKind,
  type WorkspaceDiagnosticParams,
  type WorkspaceDiagnosticReport,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver/node';
import type { AuditedFolder } from './audit';
import { type DocumentReport, reportOf, reportOn } from './diagnostics';
import type { Folder } from './folder';
import { pathIn } from './folders';
import { cancelled, guard } from './guard';
import type { Session } from './session';
import { toDiagnostic, versionOf } from './toProtocol';
import { uriOf } from './uris';

/**
 * Serves `workspace/diagnostic` from the last audit: what it found in files that are not open. The
 * request is kept until there is something new to say, as the protocol asks.
 */
export class WorkspaceDiagnostics {
  readonly #reports = new Map<string, DocumentReport & { readonly version: number | null }>();
  readonly #waiting = new Set<() => void>();

  constructor(readonly session: Session) {
    const { connection, log } = session;
    const empty: WorkspaceDiagnosticReport = { items: [] };
    connection.languages.diagnostics.onWorkspace(
      guard<WorkspaceDiagnosticParams, WorkspaceDiagnosticReport>('workspace/diagnostic', log, empty, (params, token) =>
        this.#answer(params, token),
      ),
    );
  }

  /** Replaces what is known of the audited folders. */
  audited(folders: readonly AuditedFolder[]): void {
    for (const { folder, findings } of folders) {
      this.forget(folder);
      for (const file of new Set(findings.map((finding) => finding.file))) {
        const document = folder.texts.document(file);
        if (!document) continue;
        const items = findings
          .filter((finding) => finding.file === file)
          .map((finding) => toDiagnostic(finding, document, folder.texts.document, this.session.client));
        this.#reports.set(document.uri, { ...reportOf(items), version: versionOf(document) });
      }
    }
    this.#tell();
  }

  /** Looks again at audited files that changed. */
  changed(folder: Folder, files: Iterable<string>): void {
    for (const file of files) {
      const uri = uriOf(pathIn(folder, file));
      if (this.#reports.has(uri))
        this.#reports.set(uri, { ...reportOn(this.session, { folder, file }), version: null });
    }
    this.#tell();
  }

  /** Drops what was found in a folder. */
  forget(folder: Folder): void {
    const prefix = `${folder.uri.replace(/\/$/, '')}/`;
    for (const uri of [...this.#reports.keys()]) if (uri.startsWith(prefix)) this.#reports.delete(uri);
  }

  async #answer({ previousResultIds }: WorkspaceDiagnosticParams, token: CancellationToken) {
    const known = new Map(previousResultIds.map(({ uri, value }) => [uri, value]));
    while (!token.isCancellationRequested) {
      const items = this.#itemsBeyond(known);
      if (items.some(({ kind }) => kind === DocumentDiagnosticReportKind.Full)) return { items };
      await this.#news(token);
    }
    throw cancelled();
  }

  #itemsBeyond(known: ReadonlyMap<string, string>): WorkspaceDocumentDiagnosticReport[] {
    const reports = [...this.#reports].map(([uri, { resultId, version, items }]): WorkspaceDocumentDiagnosticReport => {
      return known.get(uri) === resultId
        ? { kind: DocumentDiagnosticReportKind.Unchanged, uri, version, resultId }
        : { kind: DocumentDiagnosticReportKind.Full, uri, version, resultId, items };
    });
    const gone = [...known].filter(([uri, value]) => !this.#reports.has(uri) && value !== EMPTY.resultId);
    const emptied = gone.map(
      ([uri]): WorkspaceDocumentDiagnosticReport => ({
        kind: DocumentDiagnosticReportKind.Full,
        uri,
        version: null,
        ...EMPTY,
      }),
    );
    return [...reports, ...emptied];
  }

  #news(token: CancellationToken): Promise<void> {
    return new Promise((resolve) => {
      const subscriptions: Disposable[] = [];
      const wake = () => {
        this.#waiting.delete(wake);
        for (const subscription of subscriptions) subscription.dispose();
        resolve();
      };
      this.#waiting.add(wake);
      subscriptions.push(token.onCancellationRequested(wake));
    });
  }

  #tell(): void {
    for (const wake of [...this.#waiting]) wake();
  }
}

const EMPTY: DocumentReport = reportOf([]);
