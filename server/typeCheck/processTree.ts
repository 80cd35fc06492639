import { existsSync, readdirSync, readFileSync } from 'node:fs';
import pidtree from 'pidtree';
import pidusage from 'pidusage';

/** What a process holds in memory, in bytes. */
export interface ProcessMemory {
  readonly pid: number;
  readonly resident: number;
  /** The most it ever held; absent where the system does not tell. */
  readonly highest?: number;
}

/** A way to look at processes. */
export interface ProcessTable {
  /** Returns a process and all below it; none where it has ended. Never rejects. */
  treeOf(root: number): Promise<readonly ProcessMemory[]>;
  /** How long looking takes about, in milliseconds: who looks more often measures himself. */
  readonly shortestInterval: number;
}

const KIB = 1024;

/** Reads what the kernel says: it takes a fraction of a millisecond, and knows the highest too. */
export const linuxProcesses: ProcessTable = {
  shortestInterval: 5,
  treeOf: async (root) => {
    const pids = [root];
    // Grows while it is walked.
    for (const pid of pids) pids.push(...childrenOf(pid));
    return pids.flatMap((pid) => memoryOf(pid) ?? []);
  },
};

/** Asks the programs that each system has for it, by way of libraries that know them. */
export const portableProcesses: ProcessTable = {
  shortestInterval: 250,
  treeOf: async (root) => {
    try {
      const pids = await pidtree(root, { root: true });
      const usages = Object.values(await pidusage(pids));
      // A process that ended in between has no figures.
      return usages.flatMap((usage) => (usage ? { pid: usage.pid, resident: usage.memory } : []));
    } catch {
      return []; // it has ended
    }
  },
};

/** The better one on this machine. */
export const processTable: ProcessTable = existsSync(`/proc/${process.pid}/task/${process.pid}/children`)
  ? linuxProcesses
  : portableProcesses;

function childrenOf(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, 'latin1').trim().split(' ').filter(Boolean).map(Number),
    );
  } catch {
    return []; // it has ended, or the thread has
  }
}

function memoryOf(pid: number): ProcessMemory | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'latin1');
    const kib = (label: string): number => Number(new RegExp(`^${label}:\\s*(\\d+) kB`, 'm').exec(status)?.[1]);
    const [resident, highest] = [kib('VmRSS') * KIB, kib('VmHWM') * KIB];
    // A process that has ended and was not yet waited for has none.
    return Number.isNaN(resident) || Number.isNaN(highest) ? undefined : { pid, resident, highest };
  } catch {
    return undefined; // it has ended
  }
}
