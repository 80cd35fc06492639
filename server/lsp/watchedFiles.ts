import {
  DidChangeWatchedFilesNotification,
  type DidChangeWatchedFilesParams,
  FileChangeType,
  type FileSystemWatcher,
} from 'vscode-languageserver/node';
import { configFileName } from '../core/config/defaults';
import type { Folder } from './folder';
import type { Session } from './session';
import { pathOf } from './uris';

/** The files that the analysis reads, and no others: the client watches just these. */
const WATCHED = [
  '**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs,prisma}',
  '**/{package,tsconfig*,jsconfig*}.json',
  '**/migrations/**/migration.sql',
  `**/${configFileName}`,
];

/** What has changed on disk in one folder. */
export interface DiskChange {
  readonly folder: Folder;
  readonly changed: ReadonlySet<string>;
  readonly deleted: ReadonlySet<string>;
}

/** Asks a client that can to watch the files that are analysed. */
export async function registerWatchers({ connection, client, log }: Session): Promise<void> {
  if (!client.registersWatchers) return;
  const watchers: FileSystemWatcher[] = WATCHED.map((globPattern) => ({ globPattern }));
  try {
    await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
  } catch (error) {
    log.failure('Watching files', error);
  }
}

/** Calls `onChange` for each folder that a batch of changes touches. */
export function handleWatchedFiles(session: Session, onChange: (change: DiskChange) => void): void {
  session.connection.onDidChangeWatchedFiles((params) => {
    try {
      for (const change of byFolder(session, params)) onChange(change);
    } catch (error) {
      session.log.failure('workspace/didChangeWatchedFiles', error);
    }
  });
}

function byFolder({ folders }: Session, { changes }: DidChangeWatchedFilesParams): DiskChange[] {
  const result = new Map<Folder, { folder: Folder; changed: Set<string>; deleted: Set<string> }>();
  for (const { uri, type } of changes) {
    const path = pathOf(uri);
    const place = path === undefined ? undefined : folders.placeOfPath(path);
    if (!place) continue;
    const { folder, file } = place;
    const known = result.get(folder) ?? { folder, changed: new Set<string>(), deleted: new Set<string>() };
    result.set(folder, known);
    known[type === FileChangeType.Deleted ? 'deleted' : 'changed'].add(file);
    known[type === FileChangeType.Deleted ? 'changed' : 'deleted'].delete(file);
  }
  return [...result.values()];
}
