import { basename, dirname, join, relative, sep } from 'node:path';
import type { WorkspaceFolder } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { Folder, type FolderTrouble } from './folder';
import { pathOf, uriOf } from './uris';

/** Where a document belongs: its folder, and its name there (relative, with `/`). */
export interface DocumentPlace {
  readonly folder: Folder;
  readonly file: string;
}

const EXTENSIONS: Readonly<Record<string, string>> = {
  typescript: '.ts',
  typescriptreact: '.tsx',
  javascript: '.js',
  javascriptreact: '.jsx',
  prisma: '.prisma',
};

/** The workspace folders, and a folder of its own for each directory with files outside of them. */
export class Folders {
  readonly #folders = new Map<string, Folder>();
  readonly #alone = new Map<string, Folder>();

  /** `open` finds the open document of an absolute path. */
  constructor(
    readonly open: (path: string) => TextDocument | undefined,
    readonly trouble: FolderTrouble,
  ) {}

  /** The workspace folders, in no particular order. */
  all(): readonly Folder[] {
    return [...this.#folders.values()];
  }

  /** Every folder with something open or loaded. */
  everything(): readonly Folder[] {
    return [...this.#folders.values(), ...this.#alone.values()];
  }

  /** Adds a workspace folder; undefined where its URI names no path of this machine. */
  add({ uri }: Pick<WorkspaceFolder, 'uri'>): Folder | undefined {
    const root = pathOf(uri)?.replace(/(?<=[^:\\/])[\\/]+$/, '');
    if (root === undefined) return undefined;
    const folder = new Folder(uri, root, false, this.open, this.trouble);
    this.#folders.set(root, folder);
    this.#alone.clear();
    return folder;
  }

  /** Removes a workspace folder, and returns it. */
  remove({ uri }: Pick<WorkspaceFolder, 'uri'>): Folder | undefined {
    const folder = this.all().find((each) => each.uri === uri);
    if (folder) this.#folders.delete(folder.root);
    return folder;
  }

  /** Where an open document belongs; undefined for the documents of schemes we know nothing of. */
  placeOf(document: Pick<TextDocument, 'uri' | 'languageId'>): DocumentPlace | undefined {
    const path = pathOf(document.uri);
    if (path !== undefined) return this.placeOfPath(path) ?? this.#placeAlone(path);
    return document.uri.startsWith('untitled:') ? this.#placeUntitled(document) : undefined;
  }

  /** Where a path belongs, by the innermost workspace folder around it; undefined outside of all. */
  placeOfPath(path: string): DocumentPlace | undefined {
    let innermost: Folder | undefined;
    for (const folder of this.#folders.values()) {
      if (isWithin(folder.root, path) && (innermost?.root.length ?? -1) < folder.root.length) innermost = folder;
    }
    return innermost && { folder: innermost, file: relativeName(innermost.root, path) };
  }

  #placeAlone(path: string): DocumentPlace {
    const root = dirname(path);
    let folder = this.#alone.get(root);
    if (!folder) {
      folder = new Folder(uriOf(root), root, true, this.open, this.trouble);
      this.#alone.set(root, folder);
    }
    return { folder, file: basename(path) };
  }

  /** A document without a file is looked at as if it lay in the first workspace folder. */
  #placeUntitled({ uri, languageId }: Pick<TextDocument, 'uri' | 'languageId'>): DocumentPlace | undefined {
    const [folder] = this.all();
    const extension = EXTENSIONS[languageId];
    if (!folder || extension === undefined) return undefined;
    const name = uri.slice('untitled:'.length).replace(/[^\w-]+/g, '-');
    return { folder, file: `untitled-${name}${extension}` };
  }
}

/** True for a path below `root`, both absolute. */
export function isWithin(root: string, path: string): boolean {
  return path.startsWith(root.endsWith(sep) ? root : root + sep);
}

function relativeName(root: string, path: string): string {
  const name = relative(root, path);
  return sep === '/' ? name : name.replaceAll(sep, '/');
}

/** The absolute path of a file of a folder. */
export function pathIn(folder: Folder, file: string): string {
  return join(folder.root, file);
}
