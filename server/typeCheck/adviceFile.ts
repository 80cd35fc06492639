import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { isJsonObject, readJsonObject } from '../core/syntax/json/jsonObject';
import { type Advice, adviceOn, type InstalledPackage, type ProgramFile } from './advice';
import type { ProjectStorage } from './storage';
import { readTrace, type TracedFile } from './trace';

/** More is not read: parsing it would take longer, and more memory, than the check that it explains. */
const MAX_TRACE_BYTES = 300_000_000;

export interface AdvisedRun {
  /** Files are named as seen from here; absolute. */
  readonly currentFolder: string;
  readonly compilerVersion: string;
  readonly skipLibCheck: boolean;
}

/**
 * Works out what made the traced run slow that a project's storage holds, keeps it there, and returns it; a sentence where
 * there is no trace that can be read.
 */
export function adviseOn(
  place: ProjectStorage,
  { currentFolder, compilerVersion, skipLibCheck }: AdvisedRun,
): readonly Advice[] | { readonly problem: string } {
  const traced = readTraces(place.trace);
  if (!traced) return { problem: `TypeScript ${compilerVersion} has left no trace that can be read.` };
  const files = readProgramFiles(place.files);
  const shown = (path: string) => relative(currentFolder, path) || path;
  const advice = adviceOn({ traced, files, packages: packagesOf(files), skipLibCheck }, shown);
  writeFileSync(place.advice, `${JSON.stringify(advice, undefined, 1)}\n`);
  return advice;
}

/** Returns what {@link adviseOn} kept; undefined where nothing was traced, or the file is damaged. */
export function readAdvice(place: ProjectStorage): readonly Advice[] | undefined {
  try {
    const kept: unknown = JSON.parse(readFileSync(place.advice, 'utf8'));
    return Array.isArray(kept) ? kept.filter(isAdvice) : undefined;
  } catch {
    return undefined; // Never written, or half: it is made anew by the next traced run.
  }
}

/** A build leaves a trace for each of its projects. */
function readTraces(folder: string): readonly TracedFile[] | undefined {
  try {
    const names = readdirSync(folder).filter((name) => /^trace.*\.json$/.test(name));
    const read = names.flatMap((name) => {
      const file = join(folder, name);
      return statSync(file).size > MAX_TRACE_BYTES ? [] : [readTrace(readFileSync(file, 'utf8'))];
    });
    const traces = read.filter((trace) => trace !== undefined);
    return traces.length > 0 ? traces.flat().sort((a, b) => b.checkMs - a.checkMs) : undefined;
  } catch {
    return undefined; // The compiler wrote none: it was stopped, or knows no traces.
  }
}

function readProgramFiles(list: string): readonly ProgramFile[] {
  let text = '';
  try {
    text = readFileSync(list, 'utf8');
  } catch {
    return []; // Then only times are told.
  }
  return [...new Set(text.split('\n'))].flatMap((path) => {
    const size = path === '' ? undefined : statSync(path, { throwIfNoEntry: false })?.size;
    return size === undefined ? [] : [{ path, bytes: size }];
  });
}

/** The packages that the files lie in, by the folder nearest to each that is one. */
function packagesOf(files: readonly ProgramFile[]): readonly InstalledPackage[] {
  const counts = new Map<string, number>();
  for (const { path } of files) {
    const folder = packageFolderOf(path);
    if (folder !== undefined) counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  return [...counts].flatMap(([folder, count]) => {
    const manifest = join(folder, 'package.json');
    const { name, version } = manifestAt(manifest);
    return typeof name === 'string' && typeof version === 'string' ? [{ name, version, manifest, files: count }] : [];
  });
}

/** `…/node_modules/a` or `…/node_modules/@a/b` of a file in it; undefined for a file of no installed package. */
function packageFolderOf(path: string): string | undefined {
  return /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+(?=[\\/])/.exec(path)?.[0];
}

function manifestAt(file: string): Readonly<Record<string, unknown>> {
  try {
    return readJsonObject(readFileSync(file, 'utf8'));
  } catch {
    return {}; // A folder that is no package, or one that cannot be read: no duplicate can be told by it.
  }
}

function isAdvice(value: unknown): value is Advice {
  return isJsonObject(value) && typeof value.title === 'string' && typeof value.detail === 'string';
}
