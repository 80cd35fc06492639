import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';

/** Long enough for a machine that others use too: a condition that holds is seen at once. */
const PATIENCE_MS = 40_000;

/** Asks until the answer is neither false nor undefined, and returns it; fails with what it waited for. */
export async function until<T>(
  what: string,
  ask: () => T | Promise<T>,
  patienceMs = PATIENCE_MS,
): Promise<Exclude<T, false | undefined>> {
  const end = Date.now() + patienceMs;
  while (Date.now() < end) {
    const answer = await ask();
    if (answer !== false && answer !== undefined) return answer as Exclude<T, false | undefined>;
    await setTimeout(100);
  }
  assert.fail(`waited ${patienceMs / 1000} s in vain until ${what}`);
}
