import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Where what is known of one project is kept; all paths absolute, none need exist. */
export interface ProjectStorage {
  readonly folder: string;
  /** Its history, as JSON. */
  readonly runs: string;
  /** The folder that the compiler writes its trace to. */
  readonly trace: string;
  /** The files of the last traced run's program, a path a line. */
  readonly files: string;
  /** What the last traced run taught, as JSON. */
  readonly advice: string;
  /** The build cache of a compiler of this version: another version's is of no use to it. */
  buildInfo(compilerVersion: string): string;
  /** What the last run with a build cache saw: with the one of ours, or with the project's own. */
  lastLook(compilerVersion: string, cache: 'ours' | 'own'): string;
}

/** Returns where a project (its configuration's path, absolute) is kept below a storage folder (absolute). */
export function storageOf(storage: string, tsconfig: string): ProjectStorage {
  const folder = join(storage, 'type-check', keyOf(tsconfig));
  return {
    folder,
    runs: join(folder, 'runs.json'),
    trace: join(folder, 'trace'),
    files: join(folder, 'files.txt'),
    advice: join(folder, 'advice.json'),
    buildInfo: (version) => join(folder, `${version}.tsbuildinfo`),
    lastLook: (version, cache) => join(folder, `${version}.${cache}.json`),
  };
}

/** Returns the storage folder (absolute) of who names none: in the `node_modules` of the project's own package. */
export function usualStorage(tsconfig: string): string {
  const start = dirname(tsconfig);
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return cacheIn(folder);
    if (dirname(folder) === folder) return cacheIn(start);
  }
}

function cacheIn(folder: string): string {
  return join(folder, 'node_modules/.cache/perf-hints');
}

/** For people a name, for us what tells two projects of one name apart. */
function keyOf(tsconfig: string): string {
  // Editors write the drive of a path in lower case, shells do not.
  const path = tsconfig.replace(/^[A-Z]:/, (drive) => drive.toLowerCase());
  const variant = basename(tsconfig, '.json').replace(/^tsconfig\.?/, '');
  const name = [basename(dirname(tsconfig)), variant].filter((part) => part !== '').join('-');
  const hash = createHash('sha256').update(path).digest('hex').slice(0, 12);
  return `${name.replace(/[^\w.-]+/g, '-').slice(0, 40)}-${hash}`;
}
