import { execFileSync } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';

/** The processes (but this one) whose command line has this text, by what the system lists. */
export function processesOf(text: string): readonly string[] {
  return execFileSync('ps', ['-A', '-ww', '-o', 'pid=,stat=,args='], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(text) && !/^\s*\d+\s+Z/.test(line) && Number.parseInt(line, 10) !== process.pid);
}

/** Waits until this many of them run; gives up after half a minute. */
export async function untilRunning(text: string, count: number): Promise<readonly string[]> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const running = processesOf(text);
    if (running.length === count || Date.now() > deadline) return running;
    await wait(20);
  }
}
