import { createHash } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { reasonOf } from '../workspace/notes';
import { ownBuildInfo, startOf } from './buildInfo';
import type { CheckOptions } from './checkProject';
import type { Compiler } from './compiler';
import { isNative } from './compiler';
import { CompilerOutput } from './compilerOutput';
import { asksForBuildCache, type Configuration } from './configuration';
import { heapOf, invocationOf, isSolution } from './invocation';
import { readLastLook, writeLastLook } from './lastLook';
import { Complaints, judge } from './outcome';
import type { RunSettings, TypeCheckRun } from './run';
import { runCompiler } from './runCompiler';
import type { ProjectStorage } from './storage';

/** A check, with all that was found out before it. */
export interface Plan extends CheckOptions {
  readonly compiler: Compiler;
  readonly configuration: Configuration;
  /** For a solution: the projects that it refers to, and those that they refer to. */
  readonly referred: readonly Configuration[];
  /** Absent where nothing can be kept. */
  readonly place?: ProjectStorage;
  readonly usesOurCache: boolean;
}

/** Runs the compiler once and says what it was like. Never rejects. */
export async function measuredRun(plan: Plan, signal: AbortSignal): Promise<TypeCheckRun> {
  const { compiler, configuration, referred, place, mode } = plan;
  const trace = plan.isTraced ? place?.trace : undefined;
  if (trace !== undefined) rmSync(trace, { recursive: true, force: true });
  const complaints = new Complaints();
  const output = new CompilerOutput({
    isListing: trace !== undefined,
    pass: plan.onOutput,
    configurations: [configuration, ...referred].flatMap(({ files }) => files),
  });
  const settings = settingsOf(plan);
  const cache = cacheOf(plan);
  const lastLook = cache?.lastLook === undefined ? undefined : readLastLook(cache.lastLook);
  const expected = cache ? startOf(cache.buildInfo, compiler.version, lastLook) : 'cold';

  const startedAt = new Date();
  const ended = await runCompiler(
    invocationOf({
      ...plan,
      ...(plan.usesOurCache && place ? { buildInfo: place.buildInfo(compiler.version) } : {}),
      ...(trace === undefined ? {} : { trace }),
    }),
    {
      currentFolder: plan.currentFolder,
      onOutput: (text) => output.write(text),
      onComplaint: (text) => {
        complaints.write(text);
        plan.onComplaint(text);
      },
      signal,
    },
  ).catch((error: unknown) => ({ startProblem: reasonOf(error) }));
  output.end();

  const program = output.figures();
  const isOther =
    lastLook !== undefined &&
    (lastLook.configHash !== settings.configHash ||
      (lastLook.files ?? program.files) !== (program.files ?? lastLook.files));
  const base = {
    startedAt: startedAt.toISOString(),
    compilerVersion: compiler.version,
    mode,
    // Files that came are in no build cache: they show by their number.
    start: expected === 'warm' && isOther ? 'edited' : expected,
    errors: output.errors,
    program,
    settings,
    ...(trace === undefined ? {} : { isTraced: true }),
  } as const;
  if ('startProblem' in ended) {
    return { ...base, outcome: 'failed', wallMs: 0, problem: `The compiler can't be started: ${ended.startProblem}` };
  }
  const { exitCode, signal: endedBy, wallMs, peakBytes } = ended;
  const judged = judge({ ...ended, errors: output.errors, problem: output.problem, complaints });
  if (trace !== undefined && place) keepFiles(place.files, output.files);
  if (cache?.lastLook !== undefined && (judged.outcome === 'clean' || judged.outcome === 'errors')) {
    const { configHash } = settings;
    const files = program.files ?? lastLook?.files;
    const look = { startedAt: startedAt.getTime(), endedAt: Date.now(), configHash };
    writeLastLook(cache.lastLook, files === undefined ? look : { ...look, files });
  }
  return {
    ...base,
    ...judged,
    wallMs,
    ...(peakBytes === undefined ? {} : { peakBytes }),
    ...(exitCode === null ? {} : { exitCode }),
    ...(endedBy === null ? {} : { signal: endedBy }),
  };
}

/** The build caches that a run may read, and what the last one saw; undefined for a run that reads none. */
function cacheOf(plan: Plan): { buildInfo: readonly string[]; lastLook?: string } | undefined {
  const { compiler, configuration, referred, place, mode, usesOurCache } = plan;
  if (mode === 'cold') return undefined;
  if (usesOurCache && place) {
    return { buildInfo: [place.buildInfo(compiler.version)], lastLook: place.lastLook(compiler.version, 'ours') };
  }
  if (!isSolution(configuration) && !asksForBuildCache(configuration)) return undefined;
  const projects = isSolution(configuration) ? referred : [configuration];
  const buildInfo = projects.flatMap(ownBuildInfo);
  return place ? { buildInfo, lastLook: place.lastLook(compiler.version, 'own') } : { buildInfo };
}

function settingsOf({ compiler, configuration, referred, heapMb, checkers }: Plan): RunSettings {
  const { skipLibCheck } = configuration.options;
  const heap = heapOf(heapMb === undefined ? { compiler } : { compiler, heapMb });
  const hash = createHash('sha256');
  for (const each of [configuration, ...referred]) hash.update(each.hash);
  return {
    configHash: hash.digest('hex').slice(0, 16),
    ...(typeof skipLibCheck === 'boolean' ? { skipLibCheck } : {}),
    incrementalInConfig: isSolution(configuration) || asksForBuildCache(configuration),
    ...(heap === undefined ? {} : { heapMb: heap }),
    ...(checkers === undefined || !isNative(compiler) ? {} : { checkers }),
  };
}

function keepFiles(place: string, files: readonly string[]): void {
  try {
    writeFileSync(place, files.map((file) => `${file}\n`).join(''));
  } catch {
    // said when the history could not be written
  }
}
