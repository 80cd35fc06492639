import type { DocumentFacts } from '../../syntax/documentFacts';
import { folderOf, foldersUp, resolvePath } from '../modules/paths';

type Documents = ReadonlyMap<string, DocumentFacts>;

/**
 * The major version of a package (`next`, `typescript`, `vue-tsc`) that a file is written for: what the nearest
 * `package.json` asks for that names it. Undefined where none does, or where what it says is no single version
 * (`catalog:`, `latest`, `13 || 14`).
 */
export function askedMajor(documents: Documents, file: string, name: string): number | undefined {
  for (const folder of foldersUp(folderOf(file))) {
    const facts = documents.get(resolvePath(folder, 'package.json'));
    const version = facts?.kind === 'package' ? facts.versions?.[name] : undefined;
    if (version !== undefined) return majorOf(version);
  }
  return undefined;
}

/** True if the nearest `package.json` of a file, or one above it, lists a package. */
export function dependsOn(documents: Documents, file: string, name: string): boolean {
  return [...foldersUp(folderOf(file))].some((folder) => {
    const facts = documents.get(resolvePath(folder, 'package.json'));
    return facts?.kind === 'package' && facts.dependencies.includes(name);
  });
}

function majorOf(version: string): number | undefined {
  const major = /^(?:workspace:)?[\^~>=v]*\s*(\d+)(?:\.[\w.*+-]*)?$/.exec(version.trim())?.[1];
  return major === undefined ? undefined : Number(major);
}
