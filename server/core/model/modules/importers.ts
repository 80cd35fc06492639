import type { DocumentFacts } from '../../syntax/documentFacts';
import type { ModuleResolver } from './moduleResolution';

type Documents = ReadonlyMap<string, DocumentFacts>;

/** Who imports whom. */
export interface Importers {
  /** The files, and all that import them, by way of others too. */
  withDependents(files: Iterable<string>): ReadonlySet<string>;
}

/** Makes the {@link Importers} of a set of documents; the imports are read when first asked. */
export function createImporters(documents: Documents, modules: ModuleResolver): Importers {
  let importers: ReadonlyMap<string, readonly string[]> | undefined;
  return {
    withDependents: (files) => {
      importers ??= readImporters(documents, modules);
      const found = new Set(files);
      // A set goes on to what is added to it while it is gone through.
      for (const file of found) for (const importer of importers.get(file) ?? []) found.add(importer);
      return found;
    },
  };
}

function readImporters(documents: Documents, modules: ModuleResolver): ReadonlyMap<string, readonly string[]> {
  const importers = new Map<string, string[]>();
  for (const [file, facts] of documents) {
    if (facts.kind !== 'typescript') continue;
    for (const module of facts.modules) {
      const target = modules.resolve(file, module);
      if (target === undefined) continue;
      const known = importers.get(target);
      if (known) known.push(file);
      else importers.set(target, [file]);
    }
  }
  return importers;
}
