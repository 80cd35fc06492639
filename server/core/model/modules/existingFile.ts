import type { DocumentFacts } from '../../syntax/documentFacts';

/** In the order in which they are tried. */
const ENDINGS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'];

/** What a JavaScript ending in an import may stand for, besides itself. */
const WRITTEN_FOR: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx'],
  '.jsx': ['.tsx', '.ts'],
  '.mjs': ['.mts'],
  '.cjs': ['.cts'],
};

/**
 * Returns a function that finds the source file that a path without or with an ending means, or the
 * `index` of the folder that it names (a path that ends in `/` names nothing else); undefined if
 * there is none. `entries` gives what the `package.json` of a folder says the folder means.
 */
export function createFileSearch(
  documents: ReadonlyMap<string, DocumentFacts>,
  entries: (folder: string) => readonly string[],
): (path: string) => string | undefined {
  const byBareName = filesByBareName(documents);
  const isSource = (file: string): boolean => documents.get(file)?.kind === 'typescript';

  const file = (name: string): string | undefined => {
    const dot = name.lastIndexOf('.');
    const writtenFor = dot < 0 ? undefined : WRITTEN_FOR[name.slice(dot)];
    const written = writtenFor?.map((ending) => name.slice(0, dot) + ending).find(isSource);
    return written ?? (dot >= 0 && isSource(name) ? name : byBareName.get(name));
  };

  return (path) => {
    const isFolder = path === '' || path.endsWith('/');
    const named = isFolder ? undefined : file(path);
    if (named !== undefined) return named;
    const folder = path.endsWith('/') ? path.slice(0, -1) : path;
    for (const entry of entries(folder)) {
      const found = file(entry) ?? byBareName.get(`${entry}/index`);
      if (found !== undefined) return found;
    }
    return byBareName.get(folder === '' ? 'index' : `${folder}/index`);
  };
}

/** Source files by their paths without ending; of several, the one whose ending is tried first. */
function filesByBareName(documents: ReadonlyMap<string, DocumentFacts>): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [file, { kind }] of documents) {
    if (kind !== 'typescript') continue;
    const bare = file.slice(0, file.lastIndexOf('.'));
    const other = found.get(bare);
    if (other === undefined || rank(file) < rank(other)) found.set(bare, file);
  }
  return found;
}

function rank(file: string): number {
  return ENDINGS.indexOf(file.slice(file.lastIndexOf('.')));
}
