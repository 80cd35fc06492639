import type { Connection } from 'vscode-languageserver/node';
import { rules as allRules } from '../core/rules';
import type { Rule } from '../core/rules/rule';
import type { Client } from './client';
import { type DocumentPlace, Folders, pathIn } from './folders';
import { createLog, type Log } from './log';
import { OpenDocuments } from './openDocuments';

/** What the handlers share from `initialize` to `shutdown`. */
export interface Session {
  readonly connection: Connection;
  readonly client: Client;
  readonly log: Log;
  readonly documents: OpenDocuments;
  readonly folders: Folders;
  readonly rules: readonly Rule[];
}

/** Returns a session without folders or documents. */
export function createSession(connection: Connection, client: Client): Session {
  const log = createLog(connection);
  const documents: OpenDocuments = new OpenDocuments((document) => {
    const place = folders.placeOf(document);
    return place && pathIn(place.folder, place.file);
  });
  const tooLong = new Set<string>();
  const folders = new Folders((path) => documents.at(path), {
    tooLong(file) {
      if (!tooLong.has(file)) log.info(`${file} is skipped: it is too long to have been written by hand.`);
      tooLong.add(file);
    },
    failed: log.failure,
  });
  return { connection, client, log, documents, folders, rules: allRules };
}

/** An open document, where it belongs; undefined for one that is not open or not ours. */
export function findOpen(session: Session, uri: string): DocumentPlace | undefined {
  const document = session.documents.get(uri);
  return document && session.folders.placeOf(document);
}
