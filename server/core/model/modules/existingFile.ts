import type { DocumentFacts } from '../../syntax/documentFacts';

const ENDINGS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'];

/** What a JavaScript ending in an import may stand for, besides itself. */
const WRITTEN_FOR: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx'],
  '.jsx': ['.tsx', '.ts'],
  '.mjs': ['.mts'],
  '.cjs': ['.cts'],
};

/**
 * Returns the source file that a path without or with an ending means, or the `index` of the folder
 * that it names (a path that ends in `/` names nothing else); undefined if there is none.
 * `entries` gives what the `package.json` of a folder says the folder means.
 */
export function existingFile(
  documents: ReadonlyMap<string, DocumentFacts>,
  path: string,
  entries: (folder: string) => readonly string[],
): string | undefined {
  const source = (file: string): string | undefined => (documents.get(file)?.kind === 'typescript' ? file : undefined);
  const ended = (name: string, endings: readonly string[]): string | undefined => {
    for (const ending of endings) if (source(name + ending)) return name + ending;
    return undefined;
  };
  const file = (name: string): string | undefined => {
    const [, bare = name, ending = ''] = /^(.*)(\.[cm]?jsx?)$/.exec(name) ?? [];
    return ended(bare, WRITTEN_FOR[ending] ?? []) ?? source(name) ?? ended(name, ENDINGS);
  };

  const isFolder = path === '' || path.endsWith('/');
  const named = isFolder ? undefined : file(path);
  if (named !== undefined) return named;
  const folder = path.replace(/\/$/, '');
  const inFolder = (name: string): string => (folder === '' ? name : `${folder}/${name}`);
  for (const entry of entries(folder)) {
    const found = file(entry) ?? file(`${entry}/index`);
    if (found !== undefined) return found;
  }
  return ended(inFolder('index'), ENDINGS);
}
