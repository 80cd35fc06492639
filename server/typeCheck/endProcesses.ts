import { spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { processTable } from './processTree';

/** How long a process may take to end by itself. */
const GRACE_MS = 1000;
const POLL_MS = 20;

/**
 * Ends a process and all below it: asks them, and kills those that do not listen. `seen` are processes that once were
 * below it, which no longer tell by their parent. Resolves when all are dead or doomed; never rejects.
 */
export async function endProcesses(root: number, seen: Iterable<number>): Promise<void> {
  if (process.platform === 'win32') return taskkill(root);
  const pids = new Set([...seen, root]);
  const find = async (): Promise<void> => {
    for (const { pid } of await processTable.treeOf(root)) pids.add(pid);
  };
  await find();
  signalAll(pids, 'SIGTERM');
  for (let waited = 0; waited < GRACE_MS && [...pids].some(isAlive); waited += POLL_MS) await wait(POLL_MS);
  await find();
  signalAll(pids, 'SIGKILL');
}

/** Kills at once what is left of these processes. */
export function killAll(pids: Iterable<number>): void {
  signalAll(pids, 'SIGKILL');
}

function signalAll(pids: Iterable<number>, signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch {
      // it has ended
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function taskkill(root: number): Promise<void> {
  return new Promise((done) => {
    const killer = spawn('taskkill', ['/pid', String(root), '/T', '/F'], { stdio: 'ignore', windowsHide: true });
    killer.on('error', () => done());
    killer.on('close', () => done());
  });
}
