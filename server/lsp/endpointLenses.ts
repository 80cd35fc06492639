import { type CodeLens, CodeLensRefreshRequest } from 'vscode-languageserver/node';
import { nameOfEndpoint } from '../core/model/endpoints/endpoint';
import { endpointCost, queriesText } from '../core/model/endpoints/endpointCost';
import { endpointMarks } from '../core/model/endpoints/endpointMarks';
import { guard } from './guard';
import { findOpen, type Session } from './session';
import { toCodeLens } from './toProtocol';

/** Long enough for the keystrokes of a fast writer to be one change. */
const SETTLED_AFTER_MS = 300;

/** Shows above routes and handlers what a request costs, where the settings ask for it. */
export class EndpointLenses {
  #timer: NodeJS.Timeout | undefined;
  /** A client that was given none has to hear of it when there are some. */
  #isShown = false;

  constructor(readonly session: Session) {
    const { connection, log } = session;
    connection.onCodeLens(guard('textDocument/codeLens', log, [], ({ textDocument }) => this.#in(textDocument.uri)));
  }

  /** Something changed: what other files show may not hold any more. */
  readonly changed = (): void => {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#refresh(), SETTLED_AFTER_MS);
  };

  stop(): void {
    clearTimeout(this.#timer);
  }

  #in(uri: string): CodeLens[] {
    const place = findOpen(this.session, uri);
    const document = place?.folder.texts.document(place.file);
    if (!place || !document || !place.folder.configuration.showsEndpointLenses) return [];
    const { project } = place.folder;
    return endpointMarks(project, place.file).flatMap(({ endpoint, range }) => {
      const cost = endpointCost(project, endpoint);
      if (cost.terms.length === 0) return [];
      return [toCodeLens(`${nameOfEndpoint(endpoint)}: ${queriesText(cost)}`, range, document)];
    });
  }

  #refresh(): void {
    const { client, connection, folders, log } = this.session;
    const wasShown = this.#isShown;
    this.#isShown = folders.everything().some(({ configuration }) => configuration.showsEndpointLenses);
    if (!client.refreshesLenses || !(wasShown || this.#isShown)) return;
    connection.sendRequest(CodeLensRefreshRequest.type).catch((error: unknown) => {
      log.failure('workspace/codeLens/refresh', error);
    });
  }
}
