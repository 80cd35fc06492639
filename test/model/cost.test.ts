import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { costOf, costText } from '../../server/core/model/calls/cost';
import { createProject } from '../../server/core/model/project';
import type { DocumentFacts } from '../../server/core/syntax/documentFacts';
import { readFacts } from '../../server/core/syntax/readFacts';

const SCHEMA = `datasource db { provider = "postgresql" }
model User { id Int @id }`;
const HEAD = `import { PrismaClient } from '@prisma/client';
const db = new PrismaClient();
const one = async () => db.user.count();
const two = async () => [await one(), await one()];
const three = async () => [await one(), await two()];
`;

/** What `f` costs, with functions at hand that send `one`, `two` and `three` queries. */
function costOfBody(body: string): string {
  const documents = new Map<string, DocumentFacts>();
  for (const [file, text] of [
    ['schema.prisma', SCHEMA],
    ['a.ts', `${HEAD}export async function f(a, b, xs, ys, run) {\n${body}\n}`],
  ] as const) {
    const facts = readFacts(file, text);
    if (facts) documents.set(file, facts);
  }
  const facts = documents.get('a.ts');
  assert(facts?.kind === 'typescript');
  const fn = facts.functions.findIndex(({ name }) => name === 'f');
  return costText(costOf(createProject(documents), { file: 'a.ts', function: fn }));
}

describe('a function costs what the costliest way through it does', () => {
  const cases: readonly (readonly [what: string, body: string, cost: string])[] = [
    ['an `if` without `else` is taken', 'if (a) await one(); await two();', '3'],
    ['of `if` and `else` one is taken', 'if (a) await one(); else await three(); await two();', '5'],
    [
      'of a chain of `else if` one is taken',
      'if (a) { await one(); } else if (b) { await three(); } else { await two(); }',
      '3',
    ],
    ['of `? :` one is taken, also where neither is awaited', 'const p = a ? one() : two(); await p;', '2'],
    ['`&&`, `||` and `??` may take both', 'return (await one()) ?? ((await two()) || (a && (await one())));', '4'],
    [
      'what a condition asks is asked anyway',
      'if (await one()) await two(); else await one(); return (await one()) ? 1 : 2;',
      '4',
    ],
    [
      'of the clauses of a `switch` one is taken',
      "switch (a) { case 'x': await one(); break; case 'y': { await three(); break; } default: return two(); }",
      '3',
    ],
    [
      'with the clauses that it falls through to',
      "switch (a) { case 'w': await one(); case 'x': case 'y': await two(); break; case 'z': await two(); }",
      '3',
    ],
    [
      'branches within branches',
      'if (a) { await one(); if (b) await two(); else await one(); } else if (b) { await two(); }',
      '3',
    ],
    ['a guard that does something and leaves', 'if (a) { await one(); return; } await two();', '2'],
    ['and is the costlier one', 'if (a) { await three(); throw new Error(); } await two();', '3'],
    ['that returns a promise it does not await', 'if (a) return three(); if (b) return one(); return two();', '3'],
    [
      'guards in a chain, each leaving',
      'if (a) { await one(); return; } else if (b) { await two(); return; } else { await one(); } await two();',
      '3',
    ],
    ['guards within `try`', 'try { if (a) { await one(); return; } } catch { return; } await two();', '2'],
    ['a guard after a lookup: the lookup is asked anyway', 'if (await one()) return one(); await two();', '3'],
    ['a guard that costs nothing', 'if (!a) throw new Error(); if (!b) return; await two();', '2'],
    ['an early return of what is there already', 'const hit = await one(); if (hit) return hit; return two();', '3'],
    [
      'a guard in a callback that runs at once leaves only that',
      'await db.$transaction(async () => { if (a) { await one(); return; } await two(); }); await one();',
      '3',
    ],
    [
      'a loop in one arm outweighs any number',
      'if (a) { for (const x of xs) await one(); } else { await three(); }',
      'N(xs)',
    ],
    [
      'of two loops the one that does more in a round',
      'if (a) { for (const x of xs) await one(); await three(); } else { for (const y of ys) await two(); }',
      '2·N(ys)',
    ],
    [
      'of arms that cost alike the first',
      'if (a) for (const x of xs) await one(); else for (const y of ys) await one();',
      'N(xs)',
    ],
    [
      'each round of a loop takes one arm',
      'for (const x of xs) { if (x.a) { await one(); continue; } await two(); } await one();',
      '1 + 2·N(xs)',
    ],
    [
      'an arm that ends the loop comes after other rounds',
      'for (const x of xs) { if (x.a) { await three(); return; } await two(); }',
      '3 + 2·N(xs)',
    ],
    [
      'each round of a callback takes one arm',
      'await Promise.all(xs.map(async (x) => { if (x.a) { return one(); } return two(); }));',
      '2·N(xs)',
    ],
    ['what can’t be followed in a cheaper arm may still be more', 'if (a) await run(); else await two();', '2 + ?'],
    [
      'one that calls itself in a cheaper arm still does',
      'if (a) { await f(a - 1); } else { await two(); }',
      '2, for each level',
    ],
  ];
  for (const [what, body, expected] of cases) {
    it(what, () => assert.equal(costOfBody(body), expected));
  }
});
