import { createHash } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { reasonOf } from '../workspace/notes';
import { cacheOutlook } from './cacheOutlook';
import { isNative } from './compiler';
import { CompilerOutput } from './compilerOutput';
import { asksForBuildCache } from './configuration';
import { heapOf, invocationOf, isSolution } from './invocation';
import { Complaints, judge } from './outcome';
import type { Plan } from './plan';
import type { RunSettings, TypeCheckRun } from './run';
import { type CompilerRun, runCompiler } from './runCompiler';

/** Runs the compiler once and says what it was like. Never rejects. */
export async function measuredRun(plan: Plan, signal: AbortSignal): Promise<TypeCheckRun> {
  const { compiler, configuration, referred, place } = plan;
  const trace = plan.isTraced ? place?.trace : undefined;
  if (trace !== undefined) rmSync(trace, { recursive: true, force: true });
  const complaints = new Complaints();
  const output = new CompilerOutput({
    isListing: trace !== undefined,
    pass: plan.onOutput,
    configurations: [configuration, ...referred].flatMap(({ files }) => files),
  });
  const settings = settingsOf(plan);
  const cache = cacheOutlook(plan, settings.configHash);
  const invocation = invocationOf({
    ...plan,
    ...(plan.usesOurCache && place ? { buildInfo: place.buildInfo(compiler.version) } : {}),
    ...(trace === undefined ? {} : { trace }),
  });

  const startedAt = new Date();
  const ended = await runCompiler(invocation, {
    currentFolder: plan.currentFolder,
    onOutput: (text) => output.write(text),
    onComplaint: (text) => {
      complaints.write(text);
      plan.onComplaint(text);
    },
    signal,
  }).catch((error: unknown) => ({ startProblem: reasonOf(error) }));
  output.end();

  const program = output.figures();
  const { errors, problem } = output;
  const measured =
    'startProblem' in ended
      ? { outcome: 'failed' as const, wallMs: 0, problem: `The compiler can't be started: ${ended.startProblem}` }
      : { ...judge({ ...ended, errors, problem, complaints }), ...figuresOf(ended) };
  if (measured.outcome === 'clean' || measured.outcome === 'errors') cache.remember(program, startedAt);
  if (trace !== undefined && place) keepFiles(place.files, output.files);
  return {
    startedAt: startedAt.toISOString(),
    compilerVersion: compiler.version,
    mode: plan.mode,
    start: cache.startOf(program),
    errors,
    program,
    settings,
    ...(trace === undefined ? {} : { isTraced: true }),
    ...measured,
  };
}

function figuresOf({ exitCode, signal, wallMs, peakBytes }: CompilerRun) {
  return {
    wallMs,
    ...(peakBytes === undefined ? {} : { peakBytes }),
    ...(exitCode === null ? {} : { exitCode }),
    ...(signal === null ? {} : { signal }),
  };
}

function settingsOf({ compiler, configuration, referred, heapMb, checkers, mode, usesOurCache }: Plan): RunSettings {
  const { skipLibCheck } = configuration.options;
  const heap = heapOf(heapMb === undefined ? { compiler } : { compiler, heapMb });
  const hash = createHash('sha256');
  for (const each of [configuration, ...referred]) hash.update(each.hash);
  const incrementalInConfig = isSolution(configuration) || asksForBuildCache(configuration);
  const whose = usesOurCache ? 'ours' : incrementalInConfig ? 'project' : 'none';
  return {
    configHash: hash.digest('hex').slice(0, 16),
    ...(typeof skipLibCheck === 'boolean' ? { skipLibCheck } : {}),
    incrementalInConfig,
    buildCache: mode === 'cold' ? 'none' : whose,
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
