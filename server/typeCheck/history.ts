import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { isJsonObject } from '../core/syntax/json/jsonObject';
import { reasonOf } from '../workspace/notes';
import type { TypeCheckRun } from './run';
import { storageOf } from './storage';

/** Enough for weeks of checks by hand, and read in no time. */
const KEPT_RUNS = 50;

export interface History {
  /** Oldest first. */
  readonly runs: readonly TypeCheckRun[];
  /** Why earlier runs are not known, in one sentence. */
  readonly note?: string;
}

/** Returns the kept runs of a project (its configuration's path, absolute); none where there is no history. */
export function readRuns(storage: string, tsconfig: string): History {
  const file = storageOf(storage, tsconfig).runs;
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const isNew = error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
    return isNew ? { runs: [] } : { runs: [], note: `Earlier runs can't be read from ${file}: ${reasonOf(error)}.` };
  }
  const runs = parsed(text);
  return runs ? { runs } : { runs: [], note: `Earlier runs are lost: ${file} is damaged.` };
}

/** Adds a run to the history at one stroke, the oldest ones go. Returns why it could not, in one sentence. */
export function addRun(storage: string, tsconfig: string, run: TypeCheckRun): string | undefined {
  const file = storageOf(storage, tsconfig).runs;
  const runs = [...readRuns(storage, tsconfig).runs, run].slice(-KEPT_RUNS);
  const draft = `${file}.${randomUUID()}`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(draft, `${JSON.stringify({ project: tsconfig, runs }, undefined, 1)}\n`);
    renameSync(draft, file);
    return undefined;
  } catch (error) {
    rmSync(draft, { force: true });
    return `This run is not kept, ${dirname(file)} can't be written: ${reasonOf(error)}.`;
  }
}

function parsed(text: string): readonly TypeCheckRun[] | undefined {
  try {
    const kept: unknown = JSON.parse(text);
    return isJsonObject(kept) && Array.isArray(kept.runs) ? kept.runs.filter(isRun) : undefined;
  } catch {
    return undefined; // cut off, or not ours: said by whoever asked
  }
}

function isRun(value: unknown): value is TypeCheckRun {
  return (
    isJsonObject(value) &&
    [value.startedAt, value.compilerVersion, value.mode, value.start, value.outcome].every(isText) &&
    [value.errors, value.wallMs].every(Number.isFinite) &&
    [value.program, value.settings].every(isJsonObject)
  );
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}
