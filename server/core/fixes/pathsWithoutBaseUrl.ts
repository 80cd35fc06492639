import { type Node, parseTree } from 'jsonc-parser';
import { folderOf, isWithin, resolvePath } from '../model/modules/paths';
import { starOf } from '../model/modules/patterns';
import type { Project } from '../model/project';
import { type Tsconfig, tsconfigsOf } from '../model/settings/tsconfigs';
import { elementsOf, propertyOf, textOf } from '../syntax/json/jsonText';
import type { FileEdit, TextEdit } from '../text/textEdit';
import { addJsonMembers, removeJsonMember } from './jsonMembers';
import type { Sources } from './sources';

/**
 * Returns the edit that takes `baseUrl` out of a configuration and leaves every import of the workspace with the file
 * that it has; undefined where others inherit it and may read their own paths by it, or where it leads out of the folder.
 */
export function pathsWithoutBaseUrl(tsconfig: Tsconfig, project: Project, sources: Sources): FileEdit | undefined {
  const { file, options } = tsconfig;
  const text = sources.text(file);
  const compilerOptions = text === undefined ? undefined : propertyOf(parseTree(text), 'compilerOptions');
  const baseUrl = propertyOf(compilerOptions, 'baseUrl');
  const value = textOf(baseUrl);
  const pathsOption = options.get('paths');
  const isShared = tsconfigsOf(project.documents)
    .extending(file)
    .some((heir) => folderOf(heir.file) !== folderOf(file) || heir.options.get('paths')?.file !== pathsOption?.file);
  const isForeign = pathsOption !== undefined && pathsOption.file !== file;
  if (text === undefined || !baseUrl?.parent || value === undefined) return undefined;
  if (isShared || isForeign || !tsconfig.isComplete) return undefined;

  const folder = folderOf(file);
  const relative = (path: string): string | undefined => {
    if (path.startsWith('/') || path.includes('$')) return undefined;
    if (path.startsWith('.') && resolvePath(folder, value) === folder) return path;
    const place = resolvePath(resolvePath(folder, value), path);
    if (place === folder) return '.';
    return isWithin(folder, place) ? `./${folder === '' ? place : place.slice(folder.length + 1)}` : undefined;
  };
  const paths = propertyOf(compilerOptions, 'paths');
  const patterns = (paths?.children ?? []).flatMap(({ children }) => textOf(children?.[0]) ?? []);
  const all = relative('*');
  if (all === undefined || patterns.includes('*')) return undefined;
  const everything = `"*": [${JSON.stringify(all)}]`;
  const isUsed = importsThroughBaseUrl(tsconfig, resolvePath(folder, value), patterns, project);

  const edits: TextEdit[] = [];
  for (const target of (paths?.children ?? []).flatMap(({ children }) => elementsOf(children?.[1]))) {
    const place = relative(textOf(target) ?? '/');
    if (place === undefined) return undefined;
    if (place !== textOf(target)) edits.push({ range: rangeOf(target), newText: JSON.stringify(place) });
  }
  if (!isUsed) return { file, edits: [...edits, ...removeJsonMember(text, baseUrl.parent)] };
  if (!paths) return { file, edits: [{ range: rangeOf(baseUrl.parent), newText: `"paths": { ${everything} }` }] };
  return {
    file,
    edits: [...edits, ...addJsonMembers(text, paths, [everything]), ...removeJsonMember(text, baseUrl.parent)],
  };
}

/** True if some import of the project names a file by its path from `baseUrl` on. */
function importsThroughBaseUrl(
  tsconfig: Tsconfig,
  baseUrl: string,
  patterns: readonly string[],
  { documents, modules }: Project,
): boolean {
  for (const [file, facts] of documents) {
    if (facts.kind !== 'typescript' || !tsconfig.includes(file)) continue;
    for (const specifier of facts.modules) {
      if (/^[.#/]|:/.test(specifier) || patterns.some((pattern) => starOf(pattern, specifier) !== undefined)) continue;
      const found = modules.resolve(file, specifier);
      if (found?.startsWith(resolvePath(baseUrl, specifier))) return true;
    }
  }
  return false;
}

function rangeOf({ offset, length }: Node): TextEdit['range'] {
  return { start: offset, end: offset + length };
}
