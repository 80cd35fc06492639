import type { DocumentFacts } from '../../syntax/documentFacts';
import { folderOf, isWithin, resolvePath } from '../modules/paths';
import type { Tsconfig } from './tsconfigs';

/**
 * Returns the folders, relative to the workspace, into which a project writes what it would then read: `exclude` is
 * given, so that it no longer leaves `outDir` and `declarationDir` out by itself, and does not name them.
 */
export function builtFilesTakenIn(project: Tsconfig, documents: ReadonlyMap<string, DocumentFacts>): readonly string[] {
  const { file, options, listed } = project;
  const isSet = (name: string): boolean => options.get(name)?.value === true;
  const writesDeclarations = isSet('declaration') || isSet('composite');
  // Without an `exclude` the compiler leaves them out itself.
  if (listed.exclude === undefined || isSet('noEmit') || !(writesDeclarations || isSet('allowJs'))) return [];
  const folders = ['outDir', ...(writesDeclarations ? ['declarationDir'] : [])].flatMap((name) => {
    const option = options.get(name);
    if (typeof option?.value !== 'string' || option.value.includes('$')) return [];
    return resolvePath(folderOf(option.file), option.value);
  });
  const built = writesDeclarations ? 'index.d.ts' : 'index.js';
  return [...new Set(folders)].filter(
    (folder) =>
      folder !== folderOf(file) &&
      isWithin(folderOf(file), folder) &&
      project.includes(resolvePath(folder, built)) &&
      project.includes(resolvePath(folder, `sub/sub/${built}`)) &&
      // Sources are there too: it is no folder of built files alone.
      ![...documents.keys()].some((other) => isWithin(folder, other)),
  );
}
