import type { DocumentFacts, PackageFacts } from '../../syntax/documentFacts';
import { exportTargets } from './exportsMap';
import { folderOf, foldersUp, isWithin, resolvePath } from './paths';

/** A package of the workspace. */
export interface WorkspacePackage {
  readonly folder: string;
  readonly facts: PackageFacts;
}

/** The packages of a workspace, found without any `node_modules`. */
export interface Packages {
  /** The places that `name`, `@scope/name`, `name/sub` or, within a package, `#name` mean. */
  places(from: string, specifier: string): readonly string[];
  /** The places of the configuration that `extends: "name"` or `extends: "name/base.json"` means. */
  configurationPlaces(from: string, specifier: string): readonly string[];
  /** The places that a folder's own `package.json` gives for the folder. */
  entries(folder: string): readonly string[];
}

type Documents = ReadonlyMap<string, DocumentFacts>;

const MAX_HOPS = 4;

/** Makes the {@link Packages} of a set of documents. */
export function createPackages(documents: Documents): Packages {
  const byName = packagesByName(documents);

  const at = (folder: string): WorkspacePackage | undefined => {
    const facts = documents.get(resolvePath(folder, 'package.json'));
    return facts?.kind === 'package' ? { folder, facts } : undefined;
  };

  const owner = (from: string): WorkspacePackage | undefined => {
    for (const folder of foldersUp(folderOf(from))) {
      const found = at(folder);
      if (found) return found;
    }
    return undefined;
  };

  const places = (from: string, specifier: string, hops = 0): readonly string[] => {
    if (specifier.startsWith('#')) return hops < MAX_HOPS ? internalPlaces(from, specifier, hops + 1) : [];
    const { found, rest } = named(from, specifier);
    return found ? placesIn(found, rest) : [];
  };

  const named = (from: string, specifier: string) => {
    const name = packageName(specifier);
    return { found: nearest(byName.get(name) ?? [], from), rest: specifier.slice(name.length + 1) };
  };

  const internalPlaces = (from: string, specifier: string, hops: number): readonly string[] => {
    const own = owner(from);
    if (!own) return [];
    const targets = exportTargets(own.facts.entryPoints.imports, specifier) ?? [];
    return targets.flatMap((target) =>
      target.startsWith('.')
        ? withSources(own, [target])
        : places(resolvePath(own.folder, 'package.json'), target, hops),
    );
  };

  return {
    places: (from, specifier) => places(from, specifier),
    configurationPlaces: (from, specifier) => {
      const { found, rest } = named(from, specifier);
      if (!found) return [];
      const { exports: map, tsconfig } = found.facts.entryPoints;
      const listed = exportTargets(map, rest === '' ? '.' : `./${rest}`) ?? [];
      const declared = rest === '' && typeof tsconfig === 'string' ? [tsconfig] : [];
      return [...listed, ...declared, rest].map((path) => resolvePath(found.folder, path));
    },
    entries: (folder) => {
      const own = at(folder);
      return own ? withSources(own, mainEntries(own)) : [];
    },
  };
}

function packagesByName(documents: Documents): ReadonlyMap<string, readonly WorkspacePackage[]> {
  const found = new Map<string, WorkspacePackage[]>();
  for (const [file, facts] of documents) {
    if (facts.kind !== 'package' || facts.name === undefined) continue;
    const ofSameName = found.get(facts.name) ?? [];
    ofSameName.push({ folder: folderOf(file), facts });
    found.set(facts.name, ofSameName);
  }
  return found;
}

/** Of packages with one name: the one that holds the file, else the one that shares most folders with it. */
function nearest(packages: readonly WorkspacePackage[], from: string): WorkspacePackage | undefined {
  const closeness = ({ folder }: WorkspacePackage) => {
    const shared = [...foldersUp(folder)].find((above) => isWithin(above, from)) ?? '';
    return shared === '' ? 0 : shared.split('/').length;
  };
  return packages.reduce<WorkspacePackage | undefined>(
    (best, next) => (best && closeness(best) >= closeness(next) ? best : next),
    undefined,
  );
}

/** `@scope/name/sub` → `@scope/name`; `name/sub` → `name`. */
function packageName(specifier: string): string {
  const end = specifier.indexOf('/', specifier.startsWith('@') ? specifier.indexOf('/') + 1 : 0);
  return end < 0 ? specifier : specifier.slice(0, end);
}

function placesIn(found: WorkspacePackage, rest: string): readonly string[] {
  const exported = exportTargets(found.facts.entryPoints.exports, rest === '' ? '.' : `./${rest}`);
  if (!exported) return [];
  if (rest === '') return withSources(found, [...exported, ...mainEntries(found), 'index', 'src/index']);
  return withSources(found, [...exported, rest, `src/${rest}`]);
}

function mainEntries({ facts }: WorkspacePackage): string[] {
  const { source, types, typings, module, main } = facts.entryPoints;
  return [source, types, typings, module, main].filter((entry) => typeof entry === 'string');
}

/** The folders of build products, with the kind of module some builds put below. */
const BUILT = /^(?:\.\/)?(?:dist|build|lib|out|esm|cjs|es|types)(?:\/(?:esm|cjs|es|commonjs|types))?(?:\/src)?(?=\/|$)/;

/** Manifests name built files, which a workspace does not hold: each is followed by the sources it may be made from. */
function withSources({ folder }: WorkspacePackage, targets: readonly string[]): string[] {
  const built = targets.filter((target) => BUILT.test(target));
  const sources = built.flatMap((target) => {
    const path = target.replace(BUILT, '.').replace(/\.d\.([cm]?)ts$/, '.$1js');
    const anyModule = path.replace(/\.[cm]js$/, '.js');
    return [`src/${path}`, `src/${anyModule}`, path, anyModule];
  });
  const all = sources.length === 0 ? targets : [...targets, ...sources];
  return [...new Set(all.map((target) => resolvePath(folder, target)))];
}
