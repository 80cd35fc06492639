import type { DocumentFacts } from '../../syntax/documentFacts';
import type { TypeScriptFacts, Value } from '../../syntax/typescript/facts';
import type { RouteFact } from '../../syntax/typescript/routeFacts';
import type { Definitions } from '../modules/definitions';
import { folderOf, foldersUp } from '../modules/paths';
import type { Project } from '../project';

/** What endpoints are found from. */
export type Workspace = Pick<Project, 'documents' | 'definitions'>;

export interface Source {
  readonly file: string;
  readonly facts: TypeScriptFacts;
}

/** Returns the TypeScript files. */
export function sourcesOf({ documents }: Workspace): readonly Source[] {
  return [...documents].flatMap(([file, facts]) => (facts.kind === 'typescript' ? [{ file, facts }] : []));
}

/** Returns the routes of one kind in a file. */
export function routesOf<Kind extends RouteFact['kind']>(
  { routes }: TypeScriptFacts,
  kind: Kind,
): readonly Extract<RouteFact, { kind: Kind }>[] {
  return routes.filter((route): route is Extract<RouteFact, { kind: Kind }> => route.kind === kind);
}

/** True for a file whose head says so: `'use server'`, `'use client'`. */
export function isDirected({ facts }: Source, directive: 'use server' | 'use client'): boolean {
  return routesOf(facts, 'directive').some((route) => route.function === 0 && route.directive === directive);
}

/** The package a file belongs to. */
export interface OwnPackage {
  /** `''` for the workspace folder. */
  readonly folder: string;
  /** Whether it or a package above it depends on a module of such a name; true where no package is known. */
  dependsOn(name: RegExp): boolean;
}

/** Returns the nearest package of a file. */
export function packageOf(file: string, documents: ReadonlyMap<string, DocumentFacts>): OwnPackage {
  const found = [...foldersUp(folderOf(file))].flatMap((folder) => {
    const facts = documents.get(folder === '' ? 'package.json' : `${folder}/package.json`);
    return facts?.kind === 'package' ? [{ folder, dependencies: facts.dependencies }] : [];
  });
  return {
    folder: found[0]?.folder ?? '',
    dependsOn: (name) =>
      found.length === 0 || found.some(({ dependencies }) => dependencies.some((dependency) => name.test(dependency))),
  };
}

/** Returns a file's path within a folder that holds it. */
export function pathWithin(folder: string, file: string): string {
  return folder === '' ? file : file.slice(folder.length + 1);
}

/** Returns the text that pieces of a path make up, `…` for what can't be seen. */
export function textOf(pieces: readonly Value[], source: Source, definitions: Definitions): string {
  return pieces
    .map((piece) => {
      const { value } = definitions.resolve({ ...source, value: piece });
      return value.kind === 'literal' ? String(value.value) : '…';
    })
    .join('');
}

/** Returns a path with one `/` between its parts, and one before them. */
export function cleanPath(path: string): string {
  const parts = path.split('/').filter((part) => part !== '');
  return `/${parts.join('/')}`;
}

/** Returns what a call calls and is given; of one that may be a query too, these stand in a table of their own. */
export function partsOfCall(
  value: Value & { kind: 'call' | 'new' },
  { calls }: TypeScriptFacts,
): { readonly callee: Value; readonly arguments: readonly Value[] } {
  const tracked = value.kind === 'call' && value.call !== undefined ? calls[value.call] : undefined;
  return tracked ? { callee: tracked.target, arguments: tracked.arguments } : value;
}
