import type { DocumentFacts } from '../../syntax/documentFacts';
import { folderOf, isWithin } from '../modules/paths';
import { type Tsconfig, tsconfigsOf } from './tsconfigs';

/** A project below another, whose files both check. */
export interface CheckedTwice {
  readonly project: Tsconfig;
  readonly files: number;
}

/** Fewer are not worth a word: a configuration of a tool, a small sample. */
const SOME_FILES = 5;

/**
 * Returns the projects in the folders below a project's own of whose files it takes in by its globs at least some, not
 * by importing them; the one with most files first.
 */
export function checkedTwice(
  project: Tsconfig,
  documents: ReadonlyMap<string, DocumentFacts>,
  isAside: (file: string) => boolean,
): readonly CheckedTwice[] {
  const folder = folderOf(project.file);
  const below = tsconfigsOf(documents).projects.filter(
    (other) => isWithin(folder, other.file) && folderOf(other.file) !== folder && !isAside(other.file),
  );
  if (below.length === 0) return [];
  const own = filesOf(project, folder, documents);
  return below
    .map((other) => ({
      project: other,
      files: own.filter((file) => isWithin(folderOf(other.file), file) && other.includes(file)).length,
    }))
    .filter(({ files }) => files >= SOME_FILES)
    .sort((a, b) => b.files - a.files);
}

/** The sources that the globs of a project take in; wildcards enter no folder whose name begins with a dot. */
function filesOf(project: Tsconfig, folder: string, documents: ReadonlyMap<string, DocumentFacts>): readonly string[] {
  return [...documents].flatMap(([file, { kind }]) => {
    const isCandidate = kind === 'typescript' && /\.[cm]?tsx?$/.test(file) && isWithin(folder, file);
    return isCandidate && !file.slice(folder.length).includes('/.') && project.includes(file) ? [file] : [];
  });
}
