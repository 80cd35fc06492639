import type { DocumentFacts } from '../../syntax/documentFacts';
import { createConfigurations } from './configurations';
import { createFileSearch } from './existingFile';
import { createPackages } from './packages';
import { folderOf, resolvePath } from './paths';

/** Finds the file of the workspace that an import means. */
export interface ModuleResolver {
  /** The imported file, or undefined for what is not of this workspace. */
  resolve(from: string, specifier: string): string | undefined;
  /** The places a specifier could mean, most likely first, whether or not a file is there. */
  candidates(from: string, specifier: string): readonly string[];
}

/** Makes the resolver of a set of documents: TypeScript's rules, without any `node_modules`. */
export function createModuleResolver(documents: ReadonlyMap<string, DocumentFacts>): ModuleResolver {
  const packages = createPackages(documents);
  const configurations = createConfigurations(documents, packages.configurationPlaces);
  const existingFile = createFileSearch(documents, packages.entries);
  const known = new WeakMap<object, Map<string, string | undefined>>();
  const relative = {};

  /** By whose rules a specifier is read: all imports of a folder that share them mean the same file. */
  const rulesFor = (from: string, specifier: string) =>
    isRelative(specifier) && !configurations.mergeFolders ? relative : configurations.of(from);

  const candidates = (from: string, specifier: string): readonly string[] => {
    if (isRelative(specifier)) {
      const path = resolvePath(folderOf(from), specifier);
      // `.`, `..` and `./lib/` name a folder, never the file beside it.
      const place = /(^|\/)\.{0,2}$/.test(specifier) ? `${path}/` : path;
      if (!configurations.mergeFolders) return [place];
      return [place, ...configurations.of(from).flatMap(({ merged }) => merged(place))];
    }
    return [...configurations.of(from).flatMap(({ mapped }) => mapped(specifier)), ...packages.places(from, specifier)];
  };

  const resolve = (from: string, specifier: string): string | undefined => {
    const rules = rulesFor(from, specifier);
    const files = known.get(rules) ?? new Map<string, string | undefined>();
    known.set(rules, files);
    const key = `${folderOf(from)}\n${specifier}`;
    if (!files.has(key)) {
      let file: string | undefined;
      for (const path of candidates(from, specifier)) {
        file = existingFile(path);
        if (file !== undefined) break;
      }
      files.set(key, file);
    }
    return files.get(key);
  };

  return { resolve, candidates };
}

function isRelative(specifier: string): boolean {
  return specifier.startsWith('.');
}
