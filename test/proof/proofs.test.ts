import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { readProofCases } from './proofCases';
import { openWorkshop } from './workshop';

/** Every fix that a rule's page shows in the shop: it keeps what the code does, and saves what the page says. */
describe('fixes, run before and after on a database', async () => {
  const cases = readProofCases();
  const workshop = await openWorkshop();
  after(() => workshop.close());
  const prepared = await Promise.allSettled(cases.map((proofCase) => workshop.prepare(proofCase)));
  const errors = workshop.typeErrors();

  for (const [index, { rule, line, heading, claim }] of cases.entries()) {
    it(`${rule}.md, line ${line}: ${heading}`, async () => {
      const done = prepared[index];
      if (done?.status !== 'fulfilled') throw done?.reason;
      const { before, after: repaired } = done.value;
      const own = errors.filter(({ file }) => file.startsWith(before) || file.startsWith(repaired));
      assert.deepEqual(own, [], 'the compiler accepts both versions');
      assert.equal(await workshop.prove(done.value), claim, 'measured; `npm run prove -- --write` writes it');
    });
  }
});
