import { readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { isJsonObject, stringsOf } from '../core/syntax/json/jsonObject';
import type { Configuration } from './configuration';
import type { LastLook } from './lastLook';
import type { TypeCheckRun } from './run';

/** The standard library's files, which version 7 names without a folder. */
const LIBRARY_FILE = /^lib\.[\w.]+\.d\.ts$/;
/** Between the last thing a compiler writes and its end. */
const SLACK_MS = 2000;

/** A build cache as a compiler of some version left it. */
interface BuildInfo {
  readonly version: string;
  /** Absolute. */
  readonly files: readonly string[];
  readonly writtenAt: number;
}

/** Returns where a project's own build cache may lie (absolute): the compiler's rules, the likeliest first. */
export function ownBuildInfo({ file, options }: Configuration): readonly string[] {
  const folder = dirname(file);
  const text = (key: string): string | undefined => {
    const value = options[key];
    return typeof value === 'string' ? resolve(folder, value) : undefined;
  };
  const named = text('tsBuildInfoFile');
  if (named !== undefined) return [named];
  const name = `${basename(file, '.json')}.tsbuildinfo`;
  const out = text('outDir');
  return [...(out === undefined ? [] : [join(out, name)]), join(folder, name)];
}

/** Returns what a run will be that may read these build caches (absolute), by what changed since they were made. */
export function startOf(
  caches: readonly string[],
  compilerVersion: string,
  lastLook: LastLook | undefined,
): TypeCheckRun['start'] {
  const known = caches
    .flatMap((file) => readBuildInfo(file) ?? [])
    .filter(({ version }) => version === compilerVersion);
  if (known.length === 0) return 'cold';
  const isEdited = known.some(({ files, writtenAt }) => {
    // A run that finds nothing new need not write the cache; another program's run may have written it since.
    const isOurs = lastLook && writtenAt <= lastLook.endedAt + SLACK_MS;
    const since = isOurs ? lastLook.startedAt : writtenAt;
    return files.some((file) => !(modifiedAt(file) <= since));
  });
  return isEdited ? 'edited' : 'warm';
}

function readBuildInfo(file: string): BuildInfo | undefined {
  try {
    const json: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (!isJsonObject(json) || typeof json.version !== 'string') return undefined;
    // Up to 5.5 a program has its own object; a build's cache of a project that asks for none has only its roots.
    const program = isJsonObject(json.program) ? json.program : json;
    const files = [...stringsOf(program.fileNames), ...stringsOf(json.root)].filter((name) => !LIBRARY_FILE.test(name));
    if (files.length === 0) return undefined;
    return {
      version: json.version,
      files: files.map((name) => resolve(dirname(file), name)),
      writtenAt: statSync(file).mtimeMs,
    };
  } catch {
    return undefined; // none, or damaged: the compiler makes it anew
  }
}

/** Not a number where there is no such file. */
function modifiedAt(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Number.NaN;
}
