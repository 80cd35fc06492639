import { type Dirent, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { GitIgnore } from './gitIgnore';
import { type Note, reasonOf } from './notes';
import { isForeignFolder, trackedKind } from './trackedFiles';

const FOLDERS_PER_TURN = 64;

export interface Discovery {
  /** The tracked files, relative to the folder, with `/`, sorted. */
  readonly files: readonly string[];
  readonly notes: readonly Note[];
}

export interface DiscoverOptions {
  /** Files and folders (relative, with `/`) to leave out. */
  readonly excludes?: (path: string) => boolean;
  readonly signal?: AbortSignal;
}

/**
 * Finds the files of a folder (absolute) that the analysis reads: not what git ignores, nor in
 * `node_modules` and its like. Links to folders are not followed. A folder that can't be read
 * becomes a note. Rejects when the signal aborts.
 */
export async function discover(
  folder: string,
  { excludes = () => false, signal }: DiscoverOptions = {},
): Promise<Discovery> {
  const files: string[] = [];
  const notes: Note[] = [];
  const open: Folder[] = [{ path: folder, name: '', ignored: GitIgnore.above(folder) }];
  for (let visited = 1, current = open.pop(); current; visited++, current = open.pop()) {
    if (visited % FOLDERS_PER_TURN === 0) await nextTurn();
    signal?.throwIfAborted();
    try {
      visit(current, excludes, { files, notes, open });
    } catch (error) {
      notes.push({ file: current.name || '.', message: `folder not read: ${reasonOf(error)}` });
    }
  }
  return { files: files.sort(), notes };
}

interface Folder {
  readonly path: string;
  /** Relative to the discovered folder, with `/`. */
  readonly name: string;
  readonly ignored: GitIgnore;
}

/** What has been found so far, and the folders still to be visited. */
interface Found {
  readonly files: string[];
  readonly notes: Note[];
  readonly open: Folder[];
}

function visit(folder: Folder, excludes: (path: string) => boolean, { files, notes, open }: Found): void {
  const entries = readdirSync(folder.path, { withFileTypes: true });
  const besidePackage = entries.some(({ name }) => name === 'package.json');
  const ignored = entries.some((entry) => entry.name === '.gitignore' && entry.isFile())
    ? folder.ignored.within(folder.path)
    : folder.ignored;
  for (const entry of entries) {
    const path = join(folder.path, entry.name);
    const name = folder.name ? `${folder.name}/${entry.name}` : entry.name;
    if (entry.isDirectory()) {
      if (isForeignFolder(entry.name, besidePackage) || ignored.ignores(path, true) || excludes(name)) continue;
      open.push({ path, name, ignored });
    } else if (trackedKind(name) && !ignored.ignores(path, false) && !excludes(name)) {
      try {
        if (isReadable(entry, path)) files.push(name);
      } catch (error) {
        notes.push({ file: name, message: `not read: ${reasonOf(error)}` });
      }
    }
  }
}

/** A file, or a link to one: never a pipe or a device, whose reading might not end. Throws for a link that can't be followed. */
function isReadable(entry: Dirent, path: string): boolean {
  if (entry.isFile()) return true;
  return entry.isSymbolicLink() && (statSync(path, { throwIfNoEntry: false })?.isFile() ?? false);
}
