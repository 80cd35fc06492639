import { type Connection, TextDocuments } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';

/** What happens to the documents that the client has open. */
export interface DocumentListener {
  opened(document: TextDocument): void;
  edited(document: TextDocument): void;
  closed(document: TextDocument): void;
}

/** The documents that are open in the client: their unsaved text wins over the disk. */
export class OpenDocuments {
  readonly #documents = new TextDocuments(TextDocument);
  readonly #byPath = new Map<string, TextDocument>();

  /** `pathOf` tells the absolute path that a document stands for, if it stands for one. */
  constructor(readonly pathOf: (document: TextDocument) => string | undefined) {}

  /** Keeps the documents in step with the client, and tells `listener` of every change. */
  listen(connection: Connection, listener: DocumentListener): void {
    this.#documents.onDidOpen(({ document }) => {
      const path = this.pathOf(document);
      if (path !== undefined) this.#byPath.set(path, document);
      listener.opened(document);
    });
    this.#documents.onDidChangeContent(({ document }) => listener.edited(document));
    this.#documents.onDidClose(({ document }) => {
      const path = this.pathOf(document);
      if (path !== undefined) this.#byPath.delete(path);
      listener.closed(document);
    });
    this.#documents.listen(connection);
  }

  /** The open document of a URI as the client writes it. */
  get(uri: string): TextDocument | undefined {
    return this.#documents.get(uri);
  }

  /** The open document of an absolute path. */
  at(path: string): TextDocument | undefined {
    return this.#byPath.get(path);
  }

  /** Finds the documents' paths anew: the workspace folders have changed. */
  reindex(): void {
    this.#byPath.clear();
    for (const document of this.all()) {
      const path = this.pathOf(document);
      if (path !== undefined) this.#byPath.set(path, document);
    }
  }

  all(): readonly TextDocument[] {
    return this.#documents.all();
  }
}
