import { findDirectives } from '../directives';
import type { TsconfigFacts } from '../documentFacts';
import { isJsonObject, readJsonObject, stringsOf } from './jsonObject';
import { readTsconfigSettings } from './tsconfigSettings';

const lists = ['files', 'include', 'exclude'];

/**
 * True for a `tsconfig.json`, its variants, and the bases in a package that is there to hold them
 * (`packages/typescript-config/next.json`); by the path of the file, with `/`.
 */
export function isTsconfigFile(file: string): boolean {
  const [name = '', folder = ''] = file.split('/').reverse();
  if (/^[jt]sconfig(?:[.-][^/]*)?\.json$/.test(name)) return true;
  return /ts-?config|typescript/i.test(folder) && /\.jsonc?$/.test(name) && name !== 'package.json';
}

/** Reads a `tsconfig.json` or `jsconfig.json`. Broken text gives fewer facts, never an exception. */
export function readTsconfigFacts(text: string): TsconfigFacts {
  const json = readJsonObject(text);
  const options = isJsonObject(json.compilerOptions) ? json.compilerOptions : {};
  const { baseUrl, paths, rootDirs } = options;
  const listed = lists.filter((key) => Array.isArray(json[key])).map((key) => [key, stringsOf(json[key])]);
  const references = Array.isArray(json.references) ? json.references.filter(isJsonObject) : [];
  return {
    kind: 'tsconfig',
    extends: typeof json.extends === 'string' ? [json.extends] : stringsOf(json.extends),
    ...(typeof baseUrl === 'string' ? { baseUrl } : {}),
    ...(isJsonObject(paths) ? { paths: pathTable(paths) } : {}),
    ...(Array.isArray(rootDirs) ? { rootDirs: stringsOf(rootDirs) } : {}),
    ...Object.fromEntries(listed),
    references: stringsOf(references.map(({ path }) => path)),
    settings: readTsconfigSettings(text),
    directives: findDirectives(text),
  };
}

function pathTable(paths: Readonly<Record<string, unknown>>): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(Object.entries(paths).map(([pattern, targets]) => [pattern, stringsOf(targets)]));
}
