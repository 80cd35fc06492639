import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** One process, from its start to its end. */
export interface Run {
  readonly milliseconds: number;
  /** The most memory it held at once, as the operating system counts it. */
  readonly peakMegabytes: number;
  readonly stdout: string;
}

const memoryHook = resolve(__dirname, 'peakMemory.cjs');

/** Runs `node` with the arguments. Rejects when it ends by a signal or with a code that is not allowed. */
export function runNode(args: readonly string[], allowedCodes: readonly number[] = [0, 1]): Promise<Run> {
  const folder = mkdtempSync(join(tmpdir(), 'perf-hints-bench-'));
  const peakFile = join(folder, 'peak');
  const env = { ...process.env, PERF_HINTS_PEAK_FILE: peakFile };
  const started = performance.now();
  return new Promise<Run>((done, fail) => {
    const child = spawn(process.execPath, ['--require', memoryHook, ...args], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.on('error', fail);
    child.on('close', (code) => {
      const milliseconds = performance.now() - started;
      if (code === null || !allowedCodes.includes(code)) {
        fail(new Error(`${args.join(' ')} ended with ${code}: ${Buffer.concat(stderr).toString().slice(0, 2000)}`));
        return;
      }
      const peakMegabytes = Number(readFileSync(peakFile, 'utf8')) / 1024;
      done({ milliseconds, peakMegabytes, stdout: Buffer.concat(stdout).toString() });
    });
  }).finally(() => rmSync(folder, { recursive: true, force: true }));
}

/** The runs' medians. */
export interface Median {
  readonly milliseconds: number;
  readonly peakMegabytes: number;
}

/**
 * Runs all of them in turn, several times, and returns the medians: in turn, so that whatever else the
 * machine is busy with meets them alike.
 */
export async function mediansOf<Name extends string>(
  rounds: number,
  processes: Readonly<Record<Name, () => Promise<Run>>>,
): Promise<Readonly<Record<Name, Median>>> {
  const names = Object.keys(processes) as Name[];
  const runs = new Map<Name, Run[]>(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const name of names) runs.get(name)?.push(await processes[name]());
  }
  return Object.fromEntries(names.map((name) => [name, median(runs.get(name) ?? [])])) as Record<Name, Median>;
}

function median(runs: readonly Run[]): Median {
  return {
    milliseconds: percentile(
      runs.map(({ milliseconds }) => milliseconds),
      50,
    ),
    peakMegabytes: percentile(
      runs.map(({ peakMegabytes }) => peakMegabytes),
      50,
    ),
  };
}

/** The value that `percent` of the values do not exceed; NaN of none. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN;
}
