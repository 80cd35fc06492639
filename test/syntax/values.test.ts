import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Value } from '../../server/core/syntax/typescript/facts';
import { readTypeScriptFacts } from '../../server/core/syntax/typescript/readTypeScriptFacts';

/** What the argument of `db.user.findMany(…)` stands for, in short. */
function asked(code: string, file = 'example.ts'): string {
  const { calls } = readTypeScriptFacts(file, code);
  const call = calls.find(({ name }) => name === 'findMany');
  assert.ok(call, code);
  const [argument] = call.arguments;
  return argument ? inShort(argument) : '';
}

function inShort(value: Value): string {
  switch (value.kind) {
    case 'literal':
      return JSON.stringify(value.value);
    case 'object': {
      const properties = value.properties.map(
        (property) => `${property.key}${property.optional ? '?' : ''}: ${inShort(property.value)}`,
      );
      return `{ ${[...properties, ...(value.open ? ['…'] : [])].join(', ')} }`;
    }
    case 'array':
      return `[${[...value.elements.map(inShort), ...(value.open ? ['…'] : [])].join(', ')}]`;
    case 'import':
      return `${value.name} of ${value.module}`;
    case 'member':
      return `${inShort(value.object)}.${value.name}`;
    case 'call':
      return `${inShort(value.callee)}()`;
    case 'instance':
      return `a ${inShort(value.type)}`;
    case 'either':
      return value.options.map(inShort).join(' | ');
    case 'parameter':
    case 'global':
      return `${value.kind} ${value.name}`;
    default:
      return value.kind;
  }
}

function table(rows: readonly (readonly [code: string, expected: string])[]): void {
  for (const [code, expected] of rows) assert.equal(asked(code), expected, code);
}

test('a name stands for what it was bound to', () => {
  table([
    ['const where = { id: 1 }; db.user.findMany({ where })', '{ where: { id: 1 } }'],
    ['const { a: { b: x } } = { a: { b: 2 } }; db.user.findMany({ take: x })', '{ take: 2 }'],
    ['const [, x] = [1, 2]; db.user.findMany({ take: x })', '{ take: 2 }'],
    ['enum Max { Rows }; db.user.findMany({ take: Max.Rows })', '{ take: unknown }'],
    ["import { MAX as N } from './max'; db.user.findMany({ take: N })", '{ take: MAX of ./max }'],
    ["import max = require('./max'); db.user.findMany({ take: max })", '{ take: * of ./max }'],
    ["const n = require('./max').MAX; db.user.findMany({ take: n })", '{ take: * of ./max.MAX }'],
    ['for (const take of takes) db.user.findMany({ take })', '{ take: element }'],
    ['function f({ take = 5 }) { db.user.findMany({ take }) }', '{ take: parameter .take }'],
  ]);
});

test('of names that are alike, the nearest counts', () => {
  table([
    ['const n = 1; { const n = 2; } db.user.findMany({ take: n })', '{ take: 1 }'],
    ['const n = 1; { var n2 = 2; db.user.findMany({ take: n }) }', '{ take: 1 }'],
    ['function f() { const n = 1; try {} catch (n) {} db.user.findMany({ take: n }) }', '{ take: 1 }'],
    ['var n = 1; try { g() } catch (n) { } db.user.findMany({ take: n })', '{ take: 1 }'],
    ['const n = 1; try { g() } catch (n) { db.user.findMany({ take: n }) }', '{ take: unknown }'],
    ['const n = 1; switch (k) { case 1: const n = 2; db.user.findMany({ take: n }) }', '{ take: 2 }'],
  ]);
});

test('a name that is assigned again is one of several', () => {
  table([
    ['let n = 1; if (a) n = 2; db.user.findMany({ take: n })', '{ take: 1 | 2 }'],
    ['let n; n ??= 2; db.user.findMany({ take: n })', '{ take: 2 }'],
    ['let n = 1; n += 2; db.user.findMany({ take: n })', '{ take: 1 | unknown }'],
    ['for (let n of ns) { n = 2; db.user.findMany({ take: n }) }', '{ take: element | 2 }'],
  ]);
});

test('changes of an object are seen', () => {
  table([
    ['const q = {}; q.take = 1; db.user.findMany(q)', '{ take: 1 }'],
    ['const q = {}; if (a) { q.take = 1 } db.user.findMany(q)', '{ take?: 1 }'],
    ['const q = {}; q[key] = 1; db.user.findMany(q)', '{ … }'],
    ['db.user.findMany({ ...(a ? { take: 1 } : {}) })', '{ take?: 1 }'],
    ['db.user.findMany({ ...rest, take: 1 })', '{ take: 1, … }'],
  ]);
});

test('a getter stands for what it returns', () => {
  table([
    ['const q = { get take() { return 1 } }; db.user.findMany({ take: q.take })', '{ take: function() }'],
    ['const q = { take() { return 1 } }; db.user.findMany({ take: q.take })', '{ take: function }'],
  ]);
});

test('names in a circle end somewhere', () => {
  table([
    ['const a = b; const b = a; db.user.findMany({ take: a })', '{ take: unknown }'],
    ['const a = { ...a, take: 1 }; db.user.findMany(a)', '{ take: 1, … }'],
  ]);
});

test('half-written code gives fewer facts, never an exception', () => {
  for (const code of [
    'const { a: } = ; db.user.findMany({ where: { id: }',
    'class { constructor(private ) { this. = ; } get () {} }',
    'for (const of ) db.user.findMany(',
    'export { , default as } from; export default; module.exports =',
    'outer: for (;;) { break oute; continue ; }',
    'async function* () { for await (x of ) yield* db.user.findMany({ ...',
    'enum { A = , } namespace N { export const }',
    '@ class A extends { @B() x = }',
  ]) {
    for (const file of ['a.ts', 'a.tsx', 'a.js'])
      assert.equal(readTypeScriptFacts(file, code).kind, 'typescript', code);
  }
});
