import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readTypeScriptFacts } from '../../server/core/syntax/typescript/readTypeScriptFacts';

/** True if the rows of the first `findMany` of the code are only aggregated. */
function aggregated(code: string): boolean {
  const { calls } = readTypeScriptFacts('example.ts', `async function f() {\n${code}\n}`);
  const call = calls.find(({ name }) => name === 'findMany');
  assert.ok(call);
  return call.aggregated === true;
}

test('sums, means and extremes of one column', () => {
  for (const use of [
    'return rows.reduce((sum, row) => sum + row.total, 0);',
    'return rows.reduce((sum, row) => { return sum + Number(row.total ?? 0); }, 0) / rows.length;',
    'return rows.reduce((sum, row) => sum.plus(row.total), zero);',
    'return rows.reduce((most, row) => Math.max(most, row.total), 0);',
    'return Math.min(...rows.map((row) => row.total));',
    'let sum = 0; for (const row of rows) sum += row.total; return sum;',
    "return sumBy(rows, 'total');",
  ]) {
    assert.equal(aggregated(`const rows = await db.order.findMany(); ${use}`), true, use);
  }
});

test('also without a name, and out of a list of queries', () => {
  assert.equal(aggregated('return (await db.order.findMany()).reduce((sum, row) => sum + row.total, 0);'), true);
  assert.equal(
    aggregated(
      'const [n, rows] = await Promise.all([db.order.count(), db.order.findMany()]); return rows.reduce((s, r) => s + r.total, n);',
    ),
    true,
  );
});

test('any other use needs the rows', () => {
  for (const use of [
    'return rows;',
    'return { rows, sum: rows.reduce((sum, row) => sum + row.total, 0) };',
    'return rows.length;',
    'return rows.reduce((byId, row) => ({ ...byId, [row.id]: row }), {});',
    'return rows.reduce((sum, row) => sum + row.lines.length, 0);',
    'return rows.reduce((sum, row) => sum + row.price * row.quantity, 0);',
    'for (const row of rows) { sum += row.total; await send(row); }',
    'return Math.max(...rows.map((row) => row.total), ...rows.map((row) => row.lines[0].total));',
  ]) {
    assert.equal(aggregated(`const rows = await db.order.findMany(); ${use}`), false, use);
  }
});
