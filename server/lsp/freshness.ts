import { type DocumentReport, reportOn } from './diagnostics';
import { findOpen, type Session } from './session';

/** Long enough for the keystrokes of a fast writer to be one change. */
const SETTLED_AFTER_MS = 200;

/**
 * Keeps what the client shows in step with what holds. A pulling client asks again by itself when
 * *it* changes a document; it is asked to refresh only where another file changed what an open one
 * says. A client that can't pull gets its diagnostics pushed.
 */
export class Freshness {
  readonly #given = new Map<string, { readonly version: number; readonly resultId: string }>();
  #timer: NodeJS.Timeout | undefined;

  constructor(readonly session: Session) {}

  /** Takes note of what the client was given for a document. */
  readonly given = (uri: string, { resultId }: DocumentReport): void => {
    const document = this.session.documents.get(uri);
    if (document) this.#given.set(uri, { version: document.version, resultId });
  };

  /** Something changed: look again once it is quiet. */
  readonly changed = (): void => {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#settle(), SETTLED_AFTER_MS);
  };

  /** A document was closed: nothing is shown for it any more. */
  closed(uri: string): void {
    this.#given.delete(uri);
    if (!this.session.client.pullsDiagnostics) this.#push(uri, undefined, []);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #settle(): void {
    try {
      if (this.session.client.pullsDiagnostics) this.#refresh();
      else this.#pushAll();
    } catch (error) {
      this.session.log.failure('Diagnostics after a change', error);
    }
  }

  #refresh(): void {
    if (!this.session.client.refreshesDiagnostics || !this.#isOutdated()) return;
    // Forgotten until the client has pulled again, so that it is asked once.
    this.#given.clear();
    this.session.connection.languages.diagnostics.refresh().catch((error: unknown) => {
      this.session.log.failure('workspace/diagnostic/refresh', error);
    });
  }

  /** A document that was edited since it was pulled is left out: its client is about to pull it. */
  #isOutdated(): boolean {
    for (const [uri, { version, resultId }] of this.#given) {
      const place = findOpen(this.session, uri);
      const isCurrent = this.session.documents.get(uri)?.version === version;
      if (place && isCurrent && reportOn(this.session, place).resultId !== resultId) return true;
    }
    return false;
  }

  #pushAll(): void {
    for (const { uri, version } of this.session.documents.all()) {
      const place = findOpen(this.session, uri);
      if (!place) continue;
      const report = reportOn(this.session, place);
      const given = this.#given.get(uri);
      if (given?.resultId === report.resultId && given.version === version) continue;
      this.given(uri, report);
      this.#push(uri, version, report.items);
    }
  }

  #push(uri: string, version: number | undefined, diagnostics: DocumentReport['items']): void {
    const params = { uri, diagnostics, ...(version === undefined ? {} : { version }) };
    this.session.connection.sendDiagnostics(params).catch((error: unknown) => {
      this.session.log.failure('textDocument/publishDiagnostics', error);
    });
  }
}
