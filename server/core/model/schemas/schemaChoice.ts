import type { DocumentFacts } from '../../syntax/documentFacts';
import { folderOf, foldersUp, isWithin, resolvePath } from '../modules/paths';
import type { Schema } from './schema';

const ASIDE = /(^|\/)(docs?|examples?|tests?|fixtures?|templates?|__tests__|e2e)(\/|$)/;

/**
 * Returns a function that tells which schema's client a file uses by default: the nearest one in or
 * above the file's own package, that of a package it depends on, else the only one there is.
 */
export function createSchemaChoice(
  documents: ReadonlyMap<string, DocumentFacts>,
  schemas: readonly Schema[],
): (file: string) => Schema | undefined {
  const byFolder = new Map<string, Schema | undefined>();
  const main = schemas.filter((schema) => schema.models.size > 0 && !ASIDE.test(schema.folder));
  const packageNames = new Map<Schema, string | undefined>(
    main.map((schema) => [schema, packageAt(schema.packageFolder)?.name]),
  );

  function packageAt(folder: string) {
    const facts = documents.get(resolvePath(folder, 'package.json'));
    return facts?.kind === 'package' ? facts : undefined;
  }

  const choose = (folder: string): Schema | undefined => {
    const owned = schemas
      .filter((schema) => isWithin(schema.packageFolder, `${folder}/x`) && schema.packageFolder !== '')
      .sort((a, b) => b.packageFolder.length - a.packageFolder.length || b.models.size - a.models.size)[0];
    if (owned) return owned;
    for (const above of foldersUp(folder)) {
      const dependencies = packageAt(above)?.dependencies;
      if (!dependencies) continue;
      const used = main.filter((schema) => dependencies.includes(packageNames.get(schema) ?? ''));
      // Of one package that has a schema for each kind of database, any will do: they say the same.
      if (new Set(used.map(({ packageFolder }) => packageFolder)).size === 1) return largest(used);
    }
    const atTop = main.filter((schema) => schema.packageFolder === '');
    if (atTop.length > 0) return largest(atTop);
    return main.length === 1 ? main[0] : undefined;
  };

  return (file) => {
    const folder = folderOf(file);
    if (!byFolder.has(folder)) byFolder.set(folder, choose(folder));
    return byFolder.get(folder);
  };
}

function largest(schemas: readonly Schema[]): Schema | undefined {
  return [...schemas].sort((a, b) => b.models.size - a.models.size)[0];
}
