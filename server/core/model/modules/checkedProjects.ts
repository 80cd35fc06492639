import type { DocumentFacts } from '../../syntax/documentFacts';
import { folderOf, resolvePath } from './paths';

/** A `tsconfig.json` that a compiler is run on. */
export interface CheckedProject {
  /** Relative to the workspace folder, with `/`. */
  readonly file: string;
  /** The files of the projects that it refers to, as far as they are known. */
  readonly references: readonly string[];
}

/**
 * Returns the projects of a workspace folder: every `tsconfig.json`, and what they refer to. Not those that are only there
 * to be extended, nor variants that some tool is given by name. In the order of their folders, the outer ones first.
 */
export function checkedProjects(documents: ReadonlyMap<string, DocumentFacts>): readonly CheckedProject[] {
  const configurations = new Map<string, CheckedProject>();
  const bases = new Set<string>();
  for (const [file, facts] of documents) {
    if (facts.kind !== 'tsconfig') continue;
    const references = facts.references.map((path) => referredFile(folderOf(file), path));
    configurations.set(file, { file, references: references.filter((other) => documents.has(other)) });
    for (const extended of facts.extends) {
      const base = extended.startsWith('.') ? withExtension(resolvePath(folderOf(file), extended)) : undefined;
      // Beside its variants (`tsconfig.build.json`) it is what the editor and `tsc` itself go by.
      if (base !== undefined && folderOf(base) !== folderOf(file)) bases.add(base);
    }
  }
  const referred = new Set([...configurations.values()].flatMap(({ references }) => references));
  const isProject = ({ file }: CheckedProject): boolean => {
    if (referred.has(file)) return true;
    return nameOf(file) === 'tsconfig.json' && !(bases.has(file) && listsNothing(documents.get(file)));
  };
  return [...configurations.values()].filter(isProject).sort((a, b) => depth(a.file) - depth(b.file));
}

/** A base that says itself what it would check is checked too: the root of many a small workspace. */
function listsNothing(facts: DocumentFacts | undefined): boolean {
  if (facts?.kind !== 'tsconfig') return false;
  const { files, include, references } = facts;
  return files === undefined && include === undefined && references.length === 0;
}

function referredFile(folder: string, path: string): string {
  const target = resolvePath(folder, path);
  return target.endsWith('.json') ? target : resolvePath(target, 'tsconfig.json');
}

function withExtension(path: string): string {
  return path.endsWith('.json') ? path : `${path}.json`;
}

function nameOf(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}

function depth(file: string): number {
  return file.split('/').length;
}
