import type { DocumentFacts } from '../syntax/documentFacts';
import { createCallees } from './calls/callees';
import { type CallGraph, callsWithout, createCallGraph, type KeptCalls } from './calls/callGraph';
import { createDefinitions, type Definitions } from './modules/definitions';
import { createExportTables, exportsWithout, type KeptExports } from './modules/exportTables';
import { createImporters, type Importers } from './modules/importers';
import { createModuleResolver, type ModuleResolver } from './modules/moduleResolution';
import { createOrigins } from './modules/origins';
import { sameFace } from './modules/publicFace';
import { createClients } from './queries/clients';
import type { Query } from './queries/query';
import { readQueries } from './queries/readQueries';
import { joinSchemas } from './schemas/joinSchemas';
import type { Schema } from './schemas/schema';
import { createSchemaChoice } from './schemas/schemaChoice';

/** A workspace folder, resolved: immutable; every answer is computed when first asked and kept. */
export interface Project {
  readonly documents: ReadonlyMap<string, DocumentFacts>;
  readonly schemas: readonly Schema[];
  readonly modules: ModuleResolver;
  readonly definitions: Definitions;
  /** The schema whose client a file would use by default: that of its package, else the only one. */
  schemaFor(file: string): Schema | undefined;
  /** The Prisma calls of one file; empty for a file that is not known. */
  queriesOf(file: string): readonly Query[];
  /** Who calls whom, and which queries a function comes to. */
  readonly calls: CallGraph;
  /** The project with some documents replaced (`undefined`: removed). */
  with(changes: ReadonlyMap<string, DocumentFacts | undefined>): Project;
}

type Documents = ReadonlyMap<string, DocumentFacts>;

/** What is still right of an earlier project after some of its documents changed. */
interface Kept {
  readonly schemas?: readonly Schema[];
  readonly modules?: ModuleResolver;
  readonly schemaFor?: (file: string) => Schema | undefined;
  /** For one project alone, which adds to them. */
  readonly queries?: Map<string, readonly Query[]>;
  readonly importers?: Importers;
  readonly exports?: KeptExports;
  readonly calls?: KeptCalls;
}

/** Makes the project of a workspace folder's documents, by their paths relative to it. */
export function createProject(documents: Documents): Project {
  return project(byName(documents), {});
}

function project(documents: Documents, kept: Kept): Project {
  const schemas = kept.schemas ?? joinSchemas(documents);
  const modules = kept.modules ?? createModuleResolver(documents);
  const schemaFor = kept.schemaFor ?? createSchemaChoice(documents, schemas);
  const importers = kept.importers ?? createImporters(documents, modules);
  const exports = createExportTables(documents, modules, kept.exports);
  const definitions = createDefinitions(exports, modules);
  const clients = createClients(definitions, modules, schemas, schemaFor);
  const queries = kept.queries ?? new Map<string, readonly Query[]>();

  const queriesOf = (file: string): readonly Query[] => {
    const known = queries.get(file);
    if (known) return known;
    const facts = documents.get(file);
    const found = facts?.kind === 'typescript' ? readQueries(file, facts, { clients, definitions, schemaFor }) : [];
    queries.set(file, found);
    return found;
  };

  const calls = createCallGraph(
    documents,
    queriesOf,
    createCallees(definitions),
    createOrigins(definitions, modules),
    kept.calls,
  );

  return {
    documents,
    schemas,
    modules,
    definitions,
    schemaFor,
    queriesOf,
    calls,
    with: (changes) => {
      const changed = withChanges(documents, changes);
      const isBeside = everyChange(documents, changes, (_, before, after) => resolvesTheSame(before, after));
      const isOnlyCode = everyChange(documents, changes, (kind) => kind === 'typescript');
      if (!isOnlyCode && !isBeside) return project(changed, {});
      const isInPlace = everyChange(
        documents,
        changes,
        (_, before, after) => before !== undefined && after !== undefined,
      );
      if (!isInPlace && !isBeside) {
        return project(changed, { schemas });
      }
      const isSame = everyChange(documents, changes, (_, before, after) => looksTheSame(before, after));
      // Before the change: who imports a file is not changed by what the file itself imports.
      const affected = isBeside || isSame ? new Set(changes.keys()) : importers.withDependents(changes.keys());
      const importsSame =
        isBeside || everyChange(documents, changes, (_, before, after) => importsTheSame(before, after));
      return project(changed, {
        schemas,
        modules,
        schemaFor,
        ...(importsSame ? { importers } : {}),
        exports: exportsWithout(exports.known, affected),
        queries: withoutFiles(queries, affected),
        calls: callsWithout(calls.known, affected),
      });
    },
  };
}

/** Copied whole and then taken from: for a thousand files quicker than a list to be filtered. */
function withoutFiles<Kept>(kept: ReadonlyMap<string, Kept>, files: ReadonlySet<string>): Map<string, Kept> {
  const rest = new Map(kept);
  for (const file of files) rest.delete(file);
  return rest;
}

function withChanges(documents: Documents, changes: ReadonlyMap<string, DocumentFacts | undefined>): Documents {
  const changed = new Map(documents);
  let added = false;
  for (const [file, facts] of changes) {
    if (facts && !changed.has(file)) added = true;
    if (facts) changed.set(file, facts);
    else changed.delete(file);
  }
  return added ? byName(changed) : changed;
}

/** In an order of their own: what is found must not depend on which file was opened last. */
function byName(documents: Documents): Documents {
  return new Map([...documents].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

function everyChange(
  documents: Documents,
  changes: ReadonlyMap<string, DocumentFacts | undefined>,
  test: (kind: DocumentFacts['kind'] | undefined, before?: DocumentFacts, after?: DocumentFacts) => boolean,
): boolean {
  return [...changes].every(([file, after]) => {
    const before = documents.get(file);
    return test((after ?? before)?.kind, before, after);
  });
}

/** What of a file with settings decides how code is read; the rest is only judged itself. */
const DECISIVE: Readonly<Partial<Record<DocumentFacts['kind'], readonly string[]>>> = {
  package: ['name', 'dependencies', 'prismaVersion', 'entryPoints'],
  tsconfig: ['extends', 'baseUrl', 'paths', 'rootDirs', 'files', 'include', 'exclude', 'references'],
  tasks: [],
  'type-check': [],
};

function resolvesTheSame(before: DocumentFacts | undefined, after: DocumentFacts | undefined): boolean {
  const keys = DECISIVE[(after ?? before)?.kind ?? 'typescript'];
  if (!keys || keys.length === 0) return keys !== undefined;
  const decisive = (facts: DocumentFacts) =>
    JSON.stringify(Object.entries(facts).filter(([key]) => keys.includes(key)));
  return before !== undefined && after?.kind === before.kind && decisive(before) === decisive(after);
}

function importsTheSame(before: DocumentFacts | undefined, after: DocumentFacts | undefined): boolean {
  if (before?.kind !== 'typescript' || after?.kind !== 'typescript') return false;
  return before.modules.join('\n') === after.modules.join('\n');
}

function looksTheSame(before: DocumentFacts | undefined, after: DocumentFacts | undefined): boolean {
  return before?.kind === 'typescript' && after?.kind === 'typescript' && sameFace(before, after);
}
