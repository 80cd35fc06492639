import assert from 'node:assert/strict';
import { test } from 'node:test';
import ts from 'typescript';
import { pageAskedFor } from '../../server/core/fixes/paginationParameters';
import { parseTypeScript } from '../../server/core/syntax/typescript/parse';

/** The page asked for around the call of `read()` in the code. */
function page(code: string): unknown {
  let call: ts.CallExpression | undefined;
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.getText() === 'read') call = node;
    ts.forEachChild(node, visit);
  };
  visit(parseTypeScript('example.ts', code));
  assert.ok(call, 'the example calls read()');
  return pageAskedFor(call);
}

test('numbers are used as they are', () => {
  assert.deepEqual(page('function f(page: number, perPage = 20) { return read(); }'), {
    take: 'perPage',
    skip: '(page - 1) * perPage',
  });
  assert.deepEqual(page('function f({ limit, offset }: { limit: number; offset: number }) { return read(); }'), {
    take: 'limit',
    skip: 'offset',
  });
  assert.deepEqual(page('const f = (q: { pageIndex: number; pageSize: number }) => read();'), {
    take: 'q.pageSize',
    skip: 'q.pageIndex * q.pageSize',
  });
});

test('a number that may be missing gets a default', () => {
  assert.deepEqual(page('function f(limit?: number) { return read(); }'), { take: 'limit ?? 100' });
  assert.deepEqual(page('function f({ limit = 20 }: { limit?: number }) { return read(); }'), { take: 'limit' });
  assert.deepEqual(page('function f(page?: number) { return read(); }'), {
    take: '100',
    skip: '((page ?? 1) - 1) * 100',
  });
});

test('what may be no number is made one', () => {
  assert.deepEqual(page('function f(req) { const { limit = 10 } = req.query; return read(); }'), {
    take: 'Number(limit) || 100',
  });
  assert.deepEqual(page('function f(req) { const limit = Number(req.query.limit) || 20; return read(); }'), {
    take: 'limit',
  });
  assert.deepEqual(page('function f(req) { const limit = Number(req.query.limit); return read(); }'), {
    take: 'Number(limit) || 100',
  });
  assert.deepEqual(page('function f({ limit }: Query) { return read(); }'), { take: 'Number(limit) || 100' });
});

test('names of the functions around count too, those declared later do not', () => {
  assert.deepEqual(page('function f(limit: number) { return cached(() => read()); }'), { take: 'limit' });
  assert.equal(page('function f() { const rows = read(); const limit = 10; return rows; }'), undefined);
});

test('names that page something else are left to it', () => {
  assert.equal(page('function f(limit: number) { other({ take: limit }); return read(); }'), undefined);
  assert.equal(page('function f(limit: number) { return read().slice(0, limit); }'), undefined);
  assert.equal(page('async function f(page: number) { await fetchPage(page); return read(); }'), undefined);
  assert.equal(page('function f() { let page = 1; page++; return read(); }'), undefined);
});

test('other names and other types say nothing', () => {
  assert.equal(page('function f(userId: string, active: boolean) { return read(); }'), undefined);
  assert.equal(page('function f(page: PageDocument) { return read(); }'), undefined);
});
