import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';

/**
 * Starts a process as the leader of a group of its own, so that all it starts ends with it. Its id is recorded
 * in the file that PERF_HINTS_E2E_PIDS names: run.sh ends what is left there if this process is cut off.
 */
export function startGroup(command: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  const child = spawn(command, args, { ...options, detached: true });
  const record = process.env.PERF_HINTS_E2E_PIDS;
  if (record && child.pid) appendFileSync(record, `${child.pid}\n`);
  return child;
}

/** Ends a group that {@link startGroup} started; what does not end when asked is made to. */
export async function endGroup(leader: ChildProcess): Promise<void> {
  if (leader.pid === undefined) return;
  const ended = leader.exitCode === null && leader.signalCode === null ? once(leader, 'exit') : Promise.resolve();
  signal(leader.pid, 'SIGTERM');
  await Promise.race([ended, setTimeout(5_000, undefined, { ref: false })]);
  signal(leader.pid, 'SIGKILL');
}

function signal(group: number, name: NodeJS.Signals): void {
  try {
    process.kill(-group, name);
  } catch (error) {
    const gone = error instanceof Error && 'code' in error && error.code === 'ESRCH';
    if (!gone) throw error;
  }
}
