import type { PackageFacts } from '../documentFacts';
import { isJsonObject, readJsonObject } from './jsonObject';

const dependencyTables = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'];
const entryPointKeys = ['exports', 'imports', 'main', 'types', 'typings', 'source', 'module', 'tsconfig'];

/** Reads a `package.json`. Broken text gives fewer facts, never an exception. */
export function readPackageFacts(text: string): PackageFacts {
  const json = readJsonObject(text);
  const dependencies = dependencyTables.flatMap((table) => {
    const listed = json[table];
    return isJsonObject(listed) ? Object.keys(listed) : [];
  });
  const prismaVersion = dependencyTables
    .map((table) => json[table])
    .flatMap((listed) => (isJsonObject(listed) ? [listed['@prisma/client']] : []))
    .find((version) => typeof version === 'string');
  return {
    kind: 'package',
    ...(typeof json.name === 'string' ? { name: json.name } : {}),
    dependencies: [...new Set(dependencies)],
    ...(prismaVersion === undefined ? {} : { prismaVersion }),
    entryPoints: Object.fromEntries(
      entryPointKeys.flatMap((key) => (json[key] === undefined ? [] : [[key, json[key]]])),
    ),
  };
}
