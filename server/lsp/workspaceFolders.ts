import type { WorkspaceFoldersChangeEvent } from 'vscode-languageserver/node';
import type { Folder } from './folder';
import type { Session } from './session';

/** Told of workspace folders that came and went. */
export interface FolderListener {
  added(folders: readonly Folder[]): void | Promise<void>;
  removed(folder: Folder): void;
}

/** Follows the client's workspace folders; every open document finds its new place. */
export function handleWorkspaceFolders({ connection, documents, folders }: Session, listener: FolderListener): void {
  const change = ({ added, removed }: WorkspaceFoldersChangeEvent) => {
    for (const each of removed) {
      const folder = folders.remove(each);
      if (folder) listener.removed(folder);
    }
    const fresh = added.flatMap((each) => folders.add(each) ?? []);
    documents.reindex();
    for (const document of documents.all()) {
      const place = folders.placeOf(document);
      place?.folder.opened(place.file);
    }
    return listener.added(fresh);
  };
  connection.workspace.onDidChangeWorkspaceFolders(change);
}
