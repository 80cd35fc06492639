import type { DocumentFacts, TsconfigFacts } from '../../syntax/documentFacts';
import { includedFiles } from './includedFiles';
import { folderOf, foldersUp, isWithin, resolvePath } from './paths';
import { bySpecificity, filled, starOf } from './patterns';

/** A `tsconfig.json` or `jsconfig.json`, with what it has from those it extends. */
export interface Configuration {
  /** The places that a specifier which is no relative path means by `paths` or `baseUrl`. */
  mapped(specifier: string): readonly string[];
  /** The places that a path, as relative imports give one, means by `rootDirs` besides itself. */
  merged(path: string): readonly string[];
}

/** Tells by which configurations the imports of a file are read. */
export interface Configurations {
  /**
   * The nearest that includes the file, itself or by a reference; then the nearest of all, if it is
   * another. The same list for all files that share it.
   */
  of(file: string): readonly Configuration[];
  /** True if any configuration has `rootDirs`. */
  readonly mergeFolders: boolean;
  /** Whether a configuration takes in a file by its own or inherited `files`, `include` and `exclude`. */
  includes(configuration: string, file: string): boolean;
  /** The configurations that one extends itself, in its order; undefined in place of those that are not of the workspace. */
  extended(configuration: string): readonly (string | undefined)[];
}

/** A path and the folder it counts from. */
interface Located {
  readonly folder: string;
  readonly path: string;
}

/** What configurations say and inherit; of what they say nothing, the key is absent. */
interface Settings {
  readonly baseUrl?: Located;
  /** `folder`: of the configuration that lists them; they count from there where there is no `baseUrl`. */
  readonly paths?: { readonly folder: string; readonly table: Readonly<Record<string, readonly string[]>> };
  readonly rootDirs?: readonly Located[];
  readonly files?: readonly Located[];
  readonly include?: readonly Located[];
  readonly exclude?: readonly Located[];
}

interface ReadConfiguration extends Configuration {
  readonly file: string;
  includes(file: string): boolean;
  readonly references: readonly string[];
}

type Documents = ReadonlyMap<string, DocumentFacts>;

const NAMES = ['tsconfig.json', 'jsconfig.json'];
const CONFIG_FOLDER = '$' + '{configDir}';

/** Makes the {@link Configurations} of a set of documents; `inPackages` gives the places of `extends: "package/…"`. */
export function createConfigurations(
  documents: Documents,
  inPackages: (from: string, specifier: string) => readonly string[],
): Configurations {
  const configurations = new Map<string, ReadConfiguration | undefined>();
  const settings = new Map<string, Settings>();
  const lists = new Map<string, readonly Configuration[]>();
  const byFile = new Map<string, readonly Configuration[]>();

  const read = (file: string): ReadConfiguration | undefined => {
    if (!configurations.has(file)) {
      const facts = documents.get(file);
      configurations.set(
        file,
        facts?.kind === 'tsconfig' ? configuration(file, settingsOf(file, facts), facts.references) : undefined,
      );
    }
    return configurations.get(file);
  };

  const settingsOf = (file: string, facts: TsconfigFacts): Settings => {
    const known = settings.get(file);
    if (known) return known;
    // What extends itself finds nothing there.
    settings.set(file, {});
    let own: Settings = {};
    for (const base of facts.extends) {
      const extended = extendedFile(file, base);
      const inherited = extended && documents.get(extended);
      if (inherited && inherited.kind === 'tsconfig') own = { ...own, ...settingsOf(extended, inherited) };
    }
    own = { ...own, ...ownSettings(facts, folderOf(file)) };
    settings.set(file, own);
    return own;
  };

  const extendedFile = (file: string, base: string): string | undefined => {
    const places = base.startsWith('.') ? [resolvePath(folderOf(file), base)] : inPackages(file, base);
    return places
      .flatMap((path) => [path, `${path}.json`, `${path}/tsconfig.json`])
      .find((path) => documents.get(path)?.kind === 'tsconfig');
  };

  /** A configuration, or one it refers to, that includes the file. */
  const including = (
    own: ReadConfiguration,
    file: string,
    asked: Set<ReadConfiguration>,
  ): ReadConfiguration | undefined => {
    if (asked.has(own)) return undefined;
    asked.add(own);
    if (own.includes(file)) return own;
    for (const reference of own.references) {
      const referred = read(reference) ?? read(resolvePath(reference, 'tsconfig.json'));
      const found = referred && including(referred, file, asked);
      if (found) return found;
    }
    return undefined;
  };

  /** The same list for the same configurations, so that what follows from it can be kept by it. */
  const listOf = (found: readonly (ReadConfiguration | undefined)[]): readonly Configuration[] => {
    const present = found.filter((configuration) => configuration !== undefined);
    const key = present.map(({ file }) => file).join('\n');
    const list = lists.get(key) ?? present;
    lists.set(key, list);
    return list;
  };

  const find = (file: string): readonly Configuration[] => {
    let nearest: ReadConfiguration | undefined;
    for (const folder of foldersUp(folderOf(file))) {
      const own = NAMES.map((name) => read(resolvePath(folder, name))).find((found) => found !== undefined);
      nearest ??= own;
      const found = own && including(own, file, new Set());
      if (found) return listOf(found === nearest ? [found] : [found, nearest]);
    }
    return listOf([nearest]);
  };

  return {
    of: (file) => {
      const known = byFile.get(file) ?? find(file);
      byFile.set(file, known);
      return known;
    },
    includes: (configuration, file) => read(configuration)?.includes(file) ?? false,
    extended: (configuration) => {
      const facts = documents.get(configuration);
      return facts?.kind === 'tsconfig' ? facts.extends.map((base) => extendedFile(configuration, base)) : [];
    },
    mergeFolders: [...documents.values()].some((facts) => facts.kind === 'tsconfig' && facts.rootDirs !== undefined),
  };
}

function ownSettings(facts: TsconfigFacts, folder: string): Settings {
  const located = (path: string): Located => ({ folder, path });
  const { baseUrl, paths, rootDirs, files, include, exclude } = facts;
  return {
    ...(baseUrl === undefined ? {} : { baseUrl: located(baseUrl) }),
    ...(paths ? { paths: { folder, table: paths } } : {}),
    ...(rootDirs ? { rootDirs: rootDirs.map(located) } : {}),
    ...(files ? { files: files.map(located) } : {}),
    ...(include ? { include: include.map(located) } : {}),
    ...(exclude ? { exclude: exclude.map(located) } : {}),
  };
}

function configuration(file: string, settings: Settings, referred: readonly string[]): ReadConfiguration {
  const folder = folderOf(file);
  const place = ({ folder: from, path }: Located): string =>
    path.startsWith(CONFIG_FOLDER)
      ? resolvePath(folder, `./${path.slice(CONFIG_FOLDER.length)}`)
      : resolvePath(from, path);
  const places = (paths: readonly Located[] | undefined) => paths?.map(place);
  const [files, include, rootDirs] = [
    places(settings.files),
    places(settings.include),
    places(settings.rootDirs) ?? [],
  ];
  const baseUrl = settings.baseUrl && place(settings.baseUrl);
  const pathsFolder = baseUrl ?? settings.paths?.folder ?? folder;
  const table = Object.entries(settings.paths?.table ?? {}).sort(([a], [b]) => bySpecificity(a, b));
  return {
    file,
    references: referred.map((path) => resolvePath(folder, path)),
    includes: includedFiles({
      folder,
      exclude: places(settings.exclude) ?? [],
      ...(files ? { files } : {}),
      ...(include ? { include } : {}),
    }),
    mapped: (specifier) => {
      for (const [pattern, targets] of table) {
        const star = starOf(pattern, specifier);
        if (star === undefined) continue;
        return targets.map((target) => place({ folder: pathsFolder, path: filled(target, star) }));
      }
      return baseUrl === undefined ? [] : [resolvePath(baseUrl, specifier)];
    },
    merged: (path) => {
      const own = rootDirs.filter((root) => isWithin(root, path)).sort((a, b) => b.length - a.length)[0];
      if (own === undefined) return [];
      const rest = own === '' ? path : path.slice(own.length + 1);
      return rootDirs.filter((root) => root !== own).map((root) => resolvePath(root, rest));
    },
  };
}
