import {
  DidChangeWatchedFilesNotification,
  type FileOperationOptions,
  FileOperationPatternKind,
  type FileOperationRegistrationOptions,
  type FileSystemWatcher,
} from 'vscode-languageserver/node';
import { configFileName } from '../core/config/defaults';
import { isForeignFolder } from '../workspace/trackedFiles';
import type { Folder } from './folder';
import type { Session } from './session';
import { pathOf } from './uris';

/** The files that the analysis reads, and no others: the client watches just these. */
const WATCHED = [
  '**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs,prisma}',
  '**/{package,tsconfig*,jsconfig*}.json',
  '**/*{tsconfig,ts-config,typescript}*/*.json',
  '**/.vscode/tasks.json',
  '**/migrations/**/migration.sql',
  `**/${configFileName}`,
];

/** Told of the files (or folders of files) that may have changed on disk in one workspace folder. */
export type OnDiskChange = (folder: Folder, files: readonly string[]) => Promise<void>;

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

/**
 * Hears of changes on disk: from watchers, and from the editor where a whole folder is renamed or
 * deleted, of which watchers of files say nothing.
 */
export function handleDiskChanges(session: Session, onChange: OnDiskChange): void {
  const { connection, folders, log } = session;
  const tell = async (uris: readonly string[]) => {
    try {
      const files = new Map<Folder, string[]>();
      for (const uri of uris) {
        const path = pathOf(uri);
        const place = path === undefined ? undefined : folders.placeOfPath(path);
        if (place && !isForeign(place.file)) files.set(place.folder, [...(files.get(place.folder) ?? []), place.file]);
      }
      await Promise.all([...files].map(([folder, of]) => onChange(folder, of)));
    } catch (error) {
      log.failure('A change on disk', error);
    }
  };
  connection.onDidChangeWatchedFiles(({ changes }) => tell(changes.map(({ uri }) => uri)));
  connection.workspace.onDidDeleteFiles(({ files }) => tell(files.map(({ uri }) => uri)));
  connection.workspace.onDidRenameFiles(({ files }) => tell(files.map(({ oldUri }) => oldUri)));
}

/** Told apart before anything is read: an installation writes thousands of files. */
function isForeign(file: string): boolean {
  return file.split('/').some((segment) => isForeignFolder(segment, false));
}

const FOLDERS: FileOperationRegistrationOptions = {
  filters: [{ scheme: 'file', pattern: { glob: '**/*', matches: FileOperationPatternKind.folder } }],
};

/** What the server wants to hear of the editor's own file operations. */
export const FILE_OPERATIONS: FileOperationOptions = { didDelete: FOLDERS, didRename: FOLDERS };
