import type { TsconfigFacts } from '../documentFacts';
import { isJsonObject, readJsonObject, stringsOf } from './jsonObject';

/** Reads a `tsconfig.json` or `jsconfig.json`. Broken text gives fewer facts, never an exception. */
export function readTsconfigFacts(text: string): TsconfigFacts {
  const json = readJsonObject(text);
  const options = isJsonObject(json.compilerOptions) ? json.compilerOptions : {};
  const { baseUrl, paths } = options;
  return {
    kind: 'tsconfig',
    extends: typeof json.extends === 'string' ? [json.extends] : stringsOf(json.extends),
    ...(typeof baseUrl === 'string' ? { baseUrl } : {}),
    ...(isJsonObject(paths) ? { paths: pathTable(paths) } : {}),
  };
}

function pathTable(paths: Readonly<Record<string, unknown>>): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(Object.entries(paths).map(([pattern, targets]) => [pattern, stringsOf(targets)]));
}
