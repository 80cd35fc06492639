import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { reasonOf } from '../workspace/notes';
import { findCompiler } from './compiler';
import { asksForBuildCache, readConfiguration, referredConfigurations } from './configuration';
import { addRun, readRuns } from './history';
import { isSolution, writesOutputs } from './invocation';
import { measuredRun } from './measuredRun';
import type { Plan } from './plan';
import type { TypeCheckMode, TypeCheckRun } from './run';
import { type ProjectStorage, storageOf } from './storage';

export interface CheckOptions {
  /** The project's configuration, absolute. */
  readonly tsconfig: string;
  /** Where the compiler runs (absolute): it names files as seen from here. */
  readonly currentFolder: string;
  /** The folder (absolute) for build caches and for the history. */
  readonly storage: string;
  readonly mode: TypeCheckMode;
  /** Uses a build cache of ours also where the project has its own: an empty one, or as the last run left it. */
  readonly ourCache?: 'empty' | 'kept';
  readonly isTraced?: boolean;
  /** MiB, for compilers that run on Node. */
  readonly heapMb?: number;
  /** For TypeScript 7. */
  readonly checkers?: number;
  /** A `tsc`, or a `typescript` package; absolute. */
  readonly tscPath?: string;
  readonly pretty: boolean;
  /** Takes what the compiler prints, as it comes. */
  readonly onOutput: (text: string) => void;
  /** Takes what it, or its Node, complains of. */
  readonly onComplaint: (text: string) => void;
  /** Takes a sentence about the check itself. */
  readonly onNote: (line: string) => void;
}

export interface CheckedProject {
  readonly run: TypeCheckRun;
  /** The runs before it, oldest first. */
  readonly earlier: readonly TypeCheckRun[];
}

/**
 * Runs a project's own compiler over it, measures it, and keeps the record. Returns why it can't, in one sentence, where
 * there is no compiler. Resolves when the signal aborts too: then the compiler has ended, and the run is `stopped`.
 */
export async function checkProject(
  options: CheckOptions,
  signal: AbortSignal,
): Promise<CheckedProject | { readonly problem: string }> {
  const { tsconfig, currentFolder, storage, onNote } = options;
  const compiler = findCompiler(tsconfig, { ...options, projectName: relative(currentFolder, tsconfig) });
  if ('problem' in compiler) return compiler;
  const history = readRuns(storage, tsconfig);
  if (history.note !== undefined) onNote(history.note);
  const place = storageOf(storage, tsconfig);
  const isKept = canBeWritten(place, onNote);

  const configuration = readConfiguration(tsconfig);
  const plan: Plan = {
    ...options,
    compiler,
    configuration,
    referred: isSolution(configuration) ? referredConfigurations(configuration) : [],
    ...(isKept ? { place } : {}),
    usesOurCache: isKept && options.mode === 'incremental' && mayUseOurs(options, configuration),
  };
  if (isSolution(configuration) && writesOutputs(plan)) {
    onNote('The compiler can’t check these projects without building them, so it writes their outputs.');
  }
  const run = await runOrBeginAnew(plan, signal);
  const unkept = isKept ? addRun(storage, tsconfig, run) : undefined;
  if (unkept !== undefined) onNote(unkept);
  return { run, earlier: history.runs };
}

/** A build has its caches where its projects have them, and no others. */
function mayUseOurs({ ourCache }: CheckOptions, configuration: Plan['configuration']): boolean {
  return !isSolution(configuration) && (ourCache !== undefined || !asksForBuildCache(configuration));
}

async function runOrBeginAnew(plan: Plan, signal: AbortSignal): Promise<TypeCheckRun> {
  const { place, compiler, usesOurCache, ourCache, onNote } = plan;
  if (!place || !usesOurCache) return measuredRun(plan, signal);
  const buildInfo = place.buildInfo(compiler.version);
  if (ourCache === 'empty') rmSync(buildInfo, { force: true });
  const hadBuildInfo = existsSync(buildInfo);
  const run = await measuredRun(plan, signal);
  if (run.outcome !== 'failed' || run.errors > 0 || !hadBuildInfo) return run;
  // Compilers up to 6 trust a build cache that can be read at all, and fall over what is wrong with it.
  onNote(`The compiler failed (${run.problem}), so its build cache is made anew.`);
  rmSync(buildInfo, { force: true });
  return measuredRun(plan, signal);
}

/** Tries it, for permissions don't tell everything; says so if not. */
function canBeWritten({ folder }: ProjectStorage, onNote: (line: string) => void): boolean {
  const probe = join(folder, `.writable-${process.pid}`);
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(probe, '');
    rmSync(probe);
    return true;
  } catch (error) {
    onNote(`Nothing is kept of this run, ${folder} can't be written: ${reasonOf(error)}.`);
    return false;
  }
}
