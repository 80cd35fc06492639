import assert from 'node:assert/strict';
import { outcomeOf } from './comparable';
import type { Usage } from './meter';
import type { ShopDatabase } from './shopDatabase';

export type Calls = readonly (() => Promise<unknown>)[];

/** What a page says of a fix that saves nothing that could be counted here: of how code fails, or waits. */
export const AS_BEFORE = 'as before';

const UNITS = [
  ['statements', 'queries'],
  ['inTurn', 'in turn'],
  ['transactions', 'transactions'],
  ['rows', 'rows'],
  ['values', 'values'],
  ['unlimited', 'without a limit'],
] as const satisfies readonly (readonly [keyof Usage, string])[];

/**
 * Runs the calls of a case as they were and as they are after the fix, each on the same rows. Fails where they
 * give another result, leave other rows, or ask the database more often. Returns what the first call saves:
 * `11 queries → 2`; where it need not save anything, that it is {@link AS_BEFORE}.
 */
export async function prove(shop: ShopDatabase, before: Calls, after: Calls, saves = true): Promise<string> {
  let saved: string | undefined;
  let most = 0;
  for (const [index, call] of before.entries()) {
    const repaired = after[index];
    assert.ok(repaired, 'both have the same calls');
    const was = await run(shop, call);
    const is = await run(shop, repaired);
    assert.deepEqual(is.outcome, was.outcome, `call ${index + 1} gives another result`);
    assert.deepEqual(is.state, was.state, `call ${index + 1} leaves other rows`);
    saved ??= saves ? savingOf(was.usage, is.usage) : AS_BEFORE;
    most = Math.max(most, is.usage.statements);
    const limit = Math.max(was.usage.statements, index === 0 ? 0 : most);
    assert.ok(is.usage.statements <= limit, `call ${index + 1} sends ${is.usage.statements} statements, not ${limit}`);
  }
  return saved ?? '';
}

/** Fails unless both fail alike, or both don't, whichever table that both ask is gone. */
export async function proveFailures(shop: ShopDatabase, before: Calls, after: Calls): Promise<void> {
  const [call, repaired] = [before[0], after[0]];
  assert.ok(call && repaired, 'there is a call');
  const { tables } = await run(shop, call);
  // A table that it asks no more can't make it fail.
  const asked = new Set((await run(shop, repaired)).tables);
  for (const table of tables.filter((one) => asked.has(one))) {
    const was = await run(shop, call, table);
    const is = await run(shop, repaired, table);
    assert.deepEqual(is.outcome, was.outcome, `without the table ${table} it ends in another way`);
    assert.deepEqual(is.state, was.state, `without the table ${table} it leaves other rows`);
  }
}

async function run(shop: ShopDatabase, call: () => Promise<unknown>, broken?: string) {
  shop.meter.start(broken);
  const outcome = await outcomeOf(call);
  await shop.meter.settled();
  const usage = shop.meter.read();
  const tables = shop.tables.filter((table) => shop.meter.names(table));
  const state = usage.wrote ? await shop.state() : shop.atFirst;
  if (usage.wrote) await shop.reset();
  return { outcome, usage, state, tables };
}

function savingOf(was: Usage, is: Usage): string {
  const less = UNITS.find(([key]) => is[key] < was[key]);
  assert.ok(less, `the fix saves nothing: ${JSON.stringify(was)} and then ${JSON.stringify(is)}`);
  const [key, unit] = less;
  return `${was[key]} ${unit} → ${is[key]}`;
}
