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

/** The `baseUrl` and `paths` of a configuration, its own or by `extends`. */
interface PathMapping {
  readonly baseUrl?: string;
  /** Of the configuration that lists `paths`: they count from there where there is no `baseUrl`. */
  readonly folder: string;
  readonly paths: readonly (readonly [pattern: string, targets: readonly string[]])[];
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
    const inherited = facts.extends.flatMap((base) => {
      const extended = configFile(folder, base);
      return (extended === undefined ? undefined : readMapping(extended, depth + 1)) ?? [];
    });
    return [...inherited, ownMapping(facts, folder)].reduce(overridden);
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

function ownMapping({ paths, baseUrl }: TsconfigFacts, folder: string): PathMapping {
  return {
    folder,
    paths: Object.entries(paths ?? {}).sort(([a], [b]) => bySpecificity(a, b)),
    ...(baseUrl === undefined ? {} : { baseUrl: resolvePath(folder, baseUrl) }),
  };
}

/** What `over` says, and of what it says nothing, what `mapping` says. */
function overridden(mapping: PathMapping, over: PathMapping): PathMapping {
  const { folder, paths } = over.paths.length > 0 ? over : mapping;
  const baseUrl = over.baseUrl ?? mapping.baseUrl;
  return { folder, paths, ...(baseUrl === undefined ? {} : { baseUrl }) };
}

function mappedPaths({ folder, paths, baseUrl }: PathMapping, specifier: string): string[] {
  for (const [pattern, targets] of paths) {
    const star = starOf(pattern, specifier);
    if (star !== undefined) return targets.map((target) => resolvePath(baseUrl ?? folder, filled(target, star)));
  }
  return [];
}

/** Patterns without `*` first, then the longest: the first that matches is the one that counts. */
function bySpecificity(a: string, b: string): number {
  return Number(a.includes('*')) - Number(b.includes('*')) || b.length - a.length;
}

/** What the `*` of a pattern stands for in a specifier, `''` where it has none; undefined if they don't match. */
function starOf(pattern: string, specifier: string): string | undefined {
  const star = pattern.indexOf('*');
  if (star < 0) return specifier === pattern ? '' : undefined;
  const suffix = pattern.slice(star + 1);
  const matches =
    specifier.length >= star + suffix.length &&
    specifier.startsWith(pattern.slice(0, star)) &&
    specifier.endsWith(suffix);
  return matches ? specifier.slice(star, specifier.length - suffix.length) : undefined;
}

function filled(target: string, star: string): string {
  return target.replaceAll('*', () => star);
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
  for (const [pattern, target] of Object.entries(map).sort(([a], [b]) => bySpecificity(a, b))) {
    const star = starOf(pattern, subpath);
    if (star !== undefined) return targetsOf(target, star);
  }
  return [];
}

function targetsOf(target: unknown, star: string): string[] {
  if (typeof target === 'string') return [filled(target, star)];
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
  const index = resolvePath(path, 'index');
  for (const ending of ENDINGS) if (isSource(index + ending)) return index + ending;
  return undefined;
}
