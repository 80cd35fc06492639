import type { PackageFacts } from '../documentFacts';
import { isJsonObject, type JsonObject, readJsonObject } from './jsonObject';
import { readScripts } from './readScripts';

const dependencyTables = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'];
const judgedPackages = ['next', 'typescript', 'vue-tsc'];
const entryPointKeys = ['exports', 'imports', 'main', 'types', 'typings', 'source', 'module', 'tsconfig'];

/** Reads a `package.json`. Broken text gives fewer facts, never an exception. */
export function readPackageFacts(text: string): PackageFacts {
  const json = readJsonObject(text);
  const dependencies = dependencyTables.flatMap((table) => {
    const listed = json[table];
    return isJsonObject(listed) ? Object.keys(listed) : [];
  });
  const prismaVersion = versionOf(json, '@prisma/client');
  const versions = judgedPackages.flatMap((name) => {
    const version = versionOf(json, name);
    return version === undefined ? [] : [[name, version]];
  });
  const scripts = readScripts(text);
  return {
    kind: 'package',
    ...(typeof json.name === 'string' ? { name: json.name } : {}),
    dependencies: [...new Set(dependencies)],
    ...(prismaVersion === undefined ? {} : { prismaVersion }),
    ...(versions.length === 0 ? {} : { versions: Object.fromEntries(versions) }),
    ...(scripts.length === 0 ? {} : { scripts }),
    entryPoints: Object.fromEntries(
      entryPointKeys.flatMap((key) => (json[key] === undefined ? [] : [[key, json[key]]])),
    ),
  };
}

/** Which versions of a package are asked for, as written. */
function versionOf(json: JsonObject, name: string): string | undefined {
  return dependencyTables
    .map((table) => json[table])
    .flatMap((listed) => (isJsonObject(listed) ? [listed[name]] : []))
    .find((version) => typeof version === 'string');
}
