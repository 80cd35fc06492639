import {
  type CancellationToken,
  type Disposable,
  DocumentDiagnosticReportKind,
  type WorkspaceDiagnosticParams,
  type WorkspaceDiagnosticReport,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver/node';
import { byFile } from '../report/report';
import type { AuditedFolder } from './audit';
import { type DocumentReport, reportOf, reportOn } from './diagnostics';
import type { Folder } from './folder';
import { isWithin, pathIn } from './folders';
import { cancelled, guard } from './guard';
import type { Session } from './session';
import { toDiagnostic } from './toProtocol';
import { pathOf, uriOf } from './uris';

/**
 * Serves `workspace/diagnostic` from the last audit: what it found in files that are not open. The
 * request is kept until there is something new to say, as the protocol asks.
 */
export class WorkspaceDiagnostics {
  /** By absolute path: a client may write the URI of a file in another way than we do. */
  readonly #reports = new Map<string, DocumentReport>();
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
      for (const [file, of] of byFile(findings)) {
        const { texts } = folder;
        const document = texts.document(file);
        if (!document) continue;
        const items = of.map((finding) => toDiagnostic(finding, document, texts.document, this.session.client));
        this.#reports.set(pathIn(folder, file), reportOf(items));
      }
    }
    this.#tell();
  }

  /** Looks again at audited files that changed. */
  changed(folder: Folder, files: Iterable<string>): void {
    for (const file of files) {
      const path = pathIn(folder, file);
      if (this.#reports.has(path)) this.#reports.set(path, reportOn(this.session, { folder, file }));
    }
    this.#tell();
  }

  /** Drops what was found in a folder. */
  forget({ root }: Folder): void {
    for (const path of [...this.#reports.keys()]) if (isWithin(root, path)) this.#reports.delete(path);
  }

  async #answer({ previousResultIds }: WorkspaceDiagnosticParams, token: CancellationToken) {
    const known = new Map(previousResultIds.map(({ uri, value }) => [pathOf(uri) ?? uri, value]));
    while (!token.isCancellationRequested) {
      const items = this.#itemsBeyond(known);
      if (items.some(({ kind }) => kind === DocumentDiagnosticReportKind.Full)) return { items };
      await this.#news(token);
    }
    throw cancelled();
  }

  /** Open documents are left out: the client pulls them one by one, and knows more of them than the audit. */
  #itemsBeyond(known: ReadonlyMap<string, string>): WorkspaceDocumentDiagnosticReport[] {
    const gone = [...known.keys()].filter((path) => !this.#reports.has(path) && known.get(path) !== EMPTY.resultId);
    const reports = [...this.#reports, ...gone.map((path): [string, DocumentReport] => [path, EMPTY])];
    return reports
      .filter(([path]) => !this.session.documents.at(path))
      .map(([path, { resultId, items }]): WorkspaceDocumentDiagnosticReport => {
        const document = { uri: uriOf(path), version: null, resultId };
        return known.get(path) === resultId
          ? { kind: DocumentDiagnosticReportKind.Unchanged, ...document }
          : { kind: DocumentDiagnosticReportKind.Full, ...document, items };
      });
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
