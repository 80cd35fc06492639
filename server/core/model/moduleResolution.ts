import type { DocumentFacts, PackageFacts, TsconfigFacts } from '../syntax/documentFacts';
import { folderOf, resolvePath } from './paths';

/** Finds the file of the workspace that an import means. */
export interface ModuleResolver {
  /** The imported file, or undefined for what is not of this workspace. */
  resolve(from: string, specifier: string): string | undefined;
  /** The places a specifier could mean, most likely first, whether or not a file is there. */
  candidates(from: string, specifier: string): readonly string[];
}

type Documents = ReadonlyMap<string, DocumentFacts>;

interface PathMapping {
  readonly folder: string;
  readonly paths: readonly (readonly [pattern: string, targets: readonly string[]])[];
  readonly baseUrl?: string;
}

const ENDINGS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'];
const MAX_EXTENDS = 8;

/** Makes the resolver of a set of documents; works without any `node_modules`. */
export function createModuleResolver(documents: Documents): ModuleResolver {
  const mappings = new Map<string, PathMapping | undefined>();
  const packages = workspacePackages(documents);
  const resolved = new Map<string, string | undefined>();

  const mappingFor = (folder: string): PathMapping | undefined => {
    if (mappings.has(folder)) return mappings.get(folder);
    const own = ['tsconfig.json', 'jsconfig.json']
      .map((name) => resolvePath(folder, name))
      .find((file) => documents.get(file)?.kind === 'tsconfig');
    const mapping = own !== undefined ? readMapping(own) : folder === '' ? undefined : mappingFor(folderOf(folder));
    mappings.set(folder, mapping);
    return mapping;
  };

  const readMapping = (file: string, depth = 0): PathMapping | undefined => {
    const facts = documents.get(file);
    if (facts?.kind !== 'tsconfig' || depth > MAX_EXTENDS) return undefined;
    const folder = folderOf(file);
    const inherited = facts.extends
      .map((base) => configFile(folder, base))
      .map((base) => (base === undefined ? undefined : readMapping(base, depth + 1)))
      .findLast((mapping) => mapping !== undefined);
    return ownMapping(facts, folder) ?? inherited;
  };

  const configFile = (folder: string, base: string): string | undefined => {
    const path = base.startsWith('.') ? resolvePath(folder, base) : packagePath(base);
    if (path === undefined) return undefined;
    return [path, `${path}.json`, `${path}/tsconfig.json`].find((file) => documents.get(file)?.kind === 'tsconfig');
  };

  const packagePath = (specifier: string): string | undefined => {
    const name = packageName(specifier);
    const folder = packages.get(name)?.folder;
    return folder === undefined ? undefined : resolvePath(folder, `.${specifier.slice(name.length)}`);
  };

  const candidates = (from: string, specifier: string): string[] => {
    if (specifier.startsWith('.')) return [resolvePath(folderOf(from), specifier)];
    const mapping = mappingFor(folderOf(from));
    return [
      ...(mapping ? mappedPaths(mapping, specifier) : []),
      ...packageCandidates(packages.get(packageName(specifier)), specifier),
      ...(mapping?.baseUrl === undefined ? [] : [resolvePath(mapping.baseUrl, specifier)]),
    ];
  };

  const resolve = (from: string, specifier: string): string | undefined => {
    const key = `${folderOf(from)}\n${specifier}`;
    if (!resolved.has(key)) {
      const file = candidates(from, specifier)
        .map((path) => existingFile(documents, path))
        .find((found) => found !== undefined);
      resolved.set(key, file);
    }
    return resolved.get(key);
  };

  return { resolve, candidates };
}

function ownMapping({ paths, baseUrl }: TsconfigFacts, folder: string): PathMapping | undefined {
  if (!paths && baseUrl === undefined) return undefined;
  const base = baseUrl === undefined ? undefined : resolvePath(folder, baseUrl);
  return {
    folder: base ?? folder,
    paths: Object.entries(paths ?? {}).sort(([a], [b]) => b.length - a.length),
    ...(base === undefined ? {} : { baseUrl: base }),
  };
}

function mappedPaths({ folder, paths }: PathMapping, specifier: string): string[] {
  for (const [pattern, targets] of paths) {
    const star = pattern.indexOf('*');
    const prefix = star < 0 ? pattern : pattern.slice(0, star);
    const suffix = star < 0 ? '' : pattern.slice(star + 1);
    const matches = star < 0 ? specifier === pattern : specifier.startsWith(prefix) && specifier.endsWith(suffix);
    if (!matches) continue;
    const middle = specifier.slice(prefix.length, specifier.length - suffix.length);
    return targets.map((target) =>
      resolvePath(
        folder,
        target.replace('*', () => middle),
      ),
    );
  }
  return [];
}

interface WorkspacePackage {
  readonly name: string;
  readonly folder: string;
  readonly facts: PackageFacts;
}

function workspacePackages(documents: Documents): Map<string, WorkspacePackage> {
  const found = new Map<string, WorkspacePackage>();
  for (const [file, facts] of documents) {
    if (facts.kind !== 'package' || facts.name === undefined || found.has(facts.name)) continue;
    found.set(facts.name, { name: facts.name, folder: folderOf(file), facts });
  }
  return found;
}

/** `@scope/name/sub` → `@scope/name`; `name/sub` → `name`. */
function packageName(specifier: string): string {
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? specifier);
}

function packageCandidates(found: WorkspacePackage | undefined, specifier: string): string[] {
  if (!found) return [];
  const { folder, facts, name } = found;
  const rest = specifier.slice(name.length + 1);
  const { exports: map, source, types, module, main } = facts.entryPoints;
  const exported = exportTargets(map, rest === '' ? '.' : `./${rest}`);
  const declared = rest === '' ? [source, types, module, main].filter((entry) => typeof entry === 'string') : [];
  const built = [...exported, ...declared];
  // What `exports` names is often the built file: its source stands under `src` by the same name.
  const sources = built.map((target) => target.replace(/^(\.\/)?(dist|build|lib|out)\//, 'src/'));
  const conventional = rest === '' ? ['index', 'src/index'] : [rest, `src/${rest}`];
  return [...built, ...sources, ...conventional].map((target) => resolvePath(folder, target));
}

/** The files that a package's `exports` gives for a subpath, for any condition. */
function exportTargets(map: unknown, subpath: string): string[] {
  if (typeof map === 'string') return subpath === '.' ? [map] : [];
  if (!isRecord(map)) return [];
  if (!Object.keys(map).some((key) => key.startsWith('.'))) return subpath === '.' ? targetsOf(map, '') : [];
  for (const [pattern, target] of Object.entries(map)) {
    if (pattern === subpath) return targetsOf(target, '');
    const star = pattern.indexOf('*');
    if (star < 0) continue;
    const prefix = pattern.slice(0, star);
    const suffix = pattern.slice(star + 1);
    if (!subpath.startsWith(prefix) || !subpath.endsWith(suffix)) continue;
    return targetsOf(target, subpath.slice(prefix.length, subpath.length - suffix.length));
  }
  return [];
}

function targetsOf(target: unknown, star: string): string[] {
  if (typeof target === 'string') return [target.replace('*', () => star)];
  if (Array.isArray(target)) return target.flatMap((entry) => targetsOf(entry, star));
  return isRecord(target) ? Object.values(target).flatMap((entry) => targetsOf(entry, star)) : [];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The TypeScript file that a path without or with a (JavaScript) ending means. */
function existingFile(documents: Documents, path: string): string | undefined {
  const isSource = (file: string): boolean => documents.get(file)?.kind === 'typescript';
  if (isSource(path)) return path;
  const bare = path.replace(/\.([cm]?)jsx?$/, '');
  const names = bare === path ? [path] : [bare, path];
  for (const name of names) {
    for (const ending of ENDINGS) if (isSource(name + ending)) return name + ending;
  }
  for (const ending of ENDINGS) if (isSource(`${path}/index${ending}`)) return `${path}/index${ending}`;
  return undefined;
}
