import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { endProcesses, killAll } from './endProcesses';
import type { Invocation } from './invocation';
import { watchMemory } from './peakMemory';

/** How long to listen to what is still on its way when the compiler has ended. */
const LAST_WORDS_MS = 2000;

export interface RunningIn {
  readonly currentFolder: string;
  readonly onOutput: (text: string) => void;
  readonly onComplaint: (text: string) => void;
  readonly signal: AbortSignal;
}

export interface CompilerRun {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly wallMs: number;
  readonly peakBytes: number | undefined;
  readonly isStopped: boolean;
}

/**
 * Runs a compiler to its end, or until the signal aborts: then its processes are gone when this resolves. They don't
 * outlive ours either, unless that is killed. Rejects if the compiler can't be started.
 */
export async function runCompiler(
  { command, args, environment }: Invocation,
  { currentFolder, onOutput, onComplaint, signal }: RunningIn,
): Promise<CompilerRun> {
  const startedAt = performance.now();
  const compiler = spawn(command, args, {
    cwd: currentFolder,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
  const { pid } = compiler;
  if (pid === undefined) throw await startError(compiler);

  const memory = watchMemory(pid);
  const killLeft = (): void => killAll(memory.pids);
  process.once('exit', killLeft);
  let ending: Promise<void> | undefined;
  const stop = (): void => {
    ending ??= endProcesses(pid, memory.pids);
  };
  if (signal.aborted) stop();
  else signal.addEventListener('abort', stop, { once: true });

  compiler.stdout.setEncoding('utf8').on('data', onOutput);
  compiler.stderr.setEncoding('utf8').on('data', onComplaint);
  const closed = once(compiler, 'close');
  const [exitCode, endedBy] = await exitOf(compiler);
  const wallMs = performance.now() - startedAt;
  const peakBytes = memory.end();
  signal.removeEventListener('abort', stop);
  await ending;
  // Something that has left the tree may hold the pipes open for ever.
  await Promise.race([closed, wait(LAST_WORDS_MS, undefined, { ref: false })]);
  compiler.stdout.destroy();
  compiler.stderr.destroy();
  process.removeListener('exit', killLeft);
  return { exitCode, signal: endedBy, wallMs: Math.round(wallMs), peakBytes, isStopped: ending !== undefined };
}

function exitOf(compiler: ReturnType<typeof spawn>): Promise<[number | null, NodeJS.Signals | null]> {
  return new Promise((done) => compiler.once('exit', (code, signal) => done([code, signal])));
}

function startError(compiler: ReturnType<typeof spawn>): Promise<Error> {
  return new Promise((done) => compiler.once('error', done));
}
