import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LoopFact, LoopUse } from '../../server/core/syntax/typescript/facts';
import { readTypeScriptFacts } from '../../server/core/syntax/typescript/readTypeScriptFacts';

type All = Omit<LoopFact & LoopUse, 'range' | 'head' | 'collection' | 'loop'>;
type Signs = { readonly [Key in keyof All]?: All[Key] | undefined };

/** The innermost loop that runs `db.user.findUnique(…)`, and how the call stands in it; empty where no loop does. */
function loopOf(code: string): Signs {
  const { calls, loops } = readTypeScriptFacts('example.ts', `class C { async f() {\n${code}\n} }`);
  const use = calls.find(({ name }) => name === 'findUnique')?.loops[0];
  const loop = use && loops[use.loop];
  return use && loop ? { ...loop, ...use } : {};
}

function table(rows: readonly (readonly [code: string, expected: Signs])[]): void {
  for (const [code, expected] of rows) {
    const signs = loopOf(code);
    const keys = Object.keys(expected) as (keyof Signs)[];
    assert.deepEqual(Object.fromEntries(keys.map((key) => [key, signs[key]])), expected, code);
  }
}

const QUERY = 'await db.user.findUnique({ where: { id } });';

test('statements and callbacks are loops', () => {
  table([
    [`for (const id of ids) ${QUERY}`, { kind: 'for-of', collectionText: 'ids', varies: true }],
    [`for await (const id of ids()) ${QUERY}`, { kind: 'for-of', varies: true }],
    [`for (const id in byId) ${QUERY}`, { kind: 'for-in', varies: true }],
    [`for (let i = 0; i < ids.length; i++) { const id = ids[i]; ${QUERY} }`, { kind: 'for', collectionText: 'ids' }],
    [`ids?.forEach(async (id) => { ${QUERY} });`, { kind: 'callback', collectionText: 'ids' }],
    [`await Promise.all(ids.map(async (id) => ${QUERY.slice(0, -1)}));`, { together: 'promise-all' }],
    [`await pMap(ids, async (id) => { ${QUERY} });`, { kind: 'callback', collectionText: 'ids' }],
    [`while (next) { const id = next; ${QUERY} }`, { kind: 'while' }],
  ]);
});

test('what a loop goes through is asked for once, before it', () => {
  assert.deepEqual(loopOf('for (const post of await db.user.findUnique({ where: { id } }).posts()) log(post);'), {});
  assert.deepEqual(loopOf('for (const id of ids) setTimeout(async () => db.user.findUnique({ where: { id } }));'), {});
});

test('a count proves how often a loop runs, if it is the loop’s own', () => {
  table([
    [`for (let i = 0; i < 5; i++) ${QUERY}`, { atMost: 5 }],
    [`for (let i = 1; i <= 5; i++) ${QUERY}`, { atMost: 5 }],
    [`for (let i = 0; i < n; i++) ${QUERY}`, { atMost: undefined }],
    [`for (let i = 0; found < 5; i++) ${QUERY}`, { atMost: undefined }],
  ]);
});

test('steps and work lists', () => {
  table([
    [`for (let i = 0; i < ids.length; i += SIZE) ${QUERY}`, { strides: true }],
    [`for (let i = 0; i < ids.length; i = i + 100) ${QUERY}`, { strides: true }],
    [`for (let i = 0; i < ids.length; i = i + 1) ${QUERY}`, { strides: false }],
    [`while (ids.length > 0) { const id = ids.pop(); ${QUERY} }`, { takesItems: true }],
    [`let id; while ((id = ids.shift())) { ${QUERY} }`, { takesItems: true, varies: true }],
  ]);
});

test('a loop tries again where success leaves it', () => {
  table([
    [`while (true) { try { ${QUERY} return; } catch {} }`, { retries: true }],
    [`while (true) { try { ${QUERY} break; } catch {} }`, { retries: true }],
    [`while (tries++ < 3) ${QUERY}`, { retries: true }],
    [`while (more()) { try { switch (kind) { case 1: ${QUERY} break; } } catch {} }`, { retries: false }],
    [`while (more()) { try { for (const x of xs) { if (x) break; } ${QUERY} } catch {} }`, { retries: false }],
  ]);
});

test('breaks and continues count for the loop they belong to', () => {
  table([
    [`for (const id of ids) { ${QUERY} break; }`, { leavesAfter: true }],
    [`for (const id of ids) { ${QUERY} if (a) continue; break; }`, { leavesAfter: false }],
    [`for (const id of ids) { ${QUERY} for (const x of xs) { if (x) continue; } return; }`, { leavesAfter: true }],
    [
      `outer: for (const id of ids) { ${QUERY} for (const x of xs) { if (x) continue outer; } return; }`,
      { leavesAfter: false },
    ],
    [`outer: for (const x of xs) { for (const id of ids) { ${QUERY} continue outer; } }`, { leavesAfter: true }],
    [`outer: for (const x of xs) { for (const id of ids) { ${QUERY} break outer; } }`, { leavesAfter: true }],
    [`for (const id of ids) { inner: { ${QUERY} break inner; } }`, { leavesAfter: false }],
    [`for (const id of ids) { switch (a) { default: { ${QUERY} break; } } }`, { leavesAfter: false }],
  ]);
});

test('what changes from round to round', () => {
  table([
    ['for (const x of xs) await db.user.findUnique({ where: { id } });', { varies: false }],
    ['for (const x of xs) { const { id } = x; await db.user.findUnique({ where: { id } }); }', { varies: true }],
    ['for (const x of xs) { const x = id; await db.user.findUnique({ where: { id: x } }); }', { varies: false }],
    ['for (const x of xs) await db.user.findUnique({ where: { id: this.id } });', { varies: false }],
    ['for (const x of xs) { this.id = x; await db.user.findUnique({ where: { id: this.id } }); }', { varies: true }],
    [
      'let id = 1; while (id) { const row = await db.user.findUnique({ where: { id } }); id = row?.parentId; }',
      { varies: true, followsItself: true, decidesExit: false },
    ],
    [
      'let id = 1; while (id) { const { parentId } = await db.user.findUnique({ where: { id } }); id = parentId; }',
      { varies: true, followsItself: true },
    ],
  ]);
});
