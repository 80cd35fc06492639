import { setTimeout as wait } from 'node:timers/promises';
import { type ProcessMemory, type ProcessTable, processTable } from './processTree';

/** Looked at often at first, for a short run has no later. */
const LONGEST_INTERVAL_MS = 100;
const PART_OF_RUN = 20;

export interface MemoryWatch {
  /** All processes seen so far, also those that have ended. */
  readonly pids: ReadonlySet<number>;
  /** Ends the watch; returns the most that the processes held together at one time (bytes), undefined if none was seen. */
  end(): number | undefined;
}

/** Watches the memory of a process and of all below it. */
export function watchMemory(root: number, table: ProcessTable = processTable): MemoryWatch {
  const pids = new Set([root]);
  const highest = new Map<number, number>();
  const ended = new AbortController();
  let peak = 0;

  /**
   * What a process held at most since it was last looked at. Its highest ever has risen in this time or it has not: then
   * it counts with what it holds now, for its highest belongs to another time than that of the others.
   */
  const held = ({ pid, resident, highest: now = resident }: ProcessMemory): number => {
    const before = highest.get(pid) ?? 0;
    highest.set(pid, now);
    return now > before ? now : resident;
  };
  const look = async (): Promise<void> => {
    const startedAt = performance.now();
    while (!ended.signal.aborted) {
      const processes = await table.treeOf(root);
      if (ended.signal.aborted) return;
      for (const { pid } of processes) pids.add(pid);
      peak = Math.max(
        peak,
        processes.reduce((sum, process) => sum + held(process), 0),
      );
      const fitting = Math.min((performance.now() - startedAt) / PART_OF_RUN, LONGEST_INTERVAL_MS);
      await wait(Math.max(fitting, table.shortestInterval), undefined, { ref: false, signal: ended.signal }).catch(
        () => undefined, // the end of the watch
      );
    }
  };
  void look();

  return {
    pids,
    end: () => {
      ended.abort();
      return peak > 0 ? peak : undefined;
    },
  };
}
