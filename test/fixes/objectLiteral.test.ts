import assert from 'node:assert/strict';
import { test } from 'node:test';
import ts from 'typescript';
import { addProperties, findProperty } from '../../server/core/fixes/objectLiteral';
import { parseTypeScript } from '../../server/core/syntax/typescript/parse';
import { applyEdits } from '../../server/core/text/textEdit';

function objectIn(text: string): ts.ObjectLiteralExpression {
  let found: ts.ObjectLiteralExpression | undefined;
  const visit = (node: ts.Node): void => {
    if (!found && ts.isObjectLiteralExpression(node)) found = node;
    ts.forEachChild(node, visit);
  };
  visit(parseTypeScript('example.ts', text));
  assert.ok(found, 'the example has an object literal');
  return found;
}

function added(text: string, ...properties: string[]): string {
  return applyEdits(text, addProperties(objectIn(text), properties));
}

test('a property joins an object on one line', () => {
  assert.equal(added('f({ a: 1 })', 'take: 100'), 'f({ a: 1, take: 100 })');
  assert.equal(added('f({a: 1})', 'take: 100'), 'f({a: 1, take: 100})');
  assert.equal(added('f({ a: 1, })', 'take: 100'), 'f({ a: 1, take: 100 })');
  assert.equal(added('f({ where: {\n  a: 1 } })', 'take: 100'), 'f({ where: {\n  a: 1 }, take: 100 })');
  assert.equal(added('f({ where: {\n  a: 1 }, b: 2 })', 'take: 100'), 'f({ where: {\n  a: 1 }, b: 2, take: 100 })');
});

test('an empty object is filled', () => {
  assert.equal(added('f({})', 'take: 100', 'skip: 1'), 'f({ take: 100, skip: 1 })');
  assert.equal(added('f({ /* all */ })', 'take: 100'), 'f({ take: 100, /* all */ })');
});

test('an object on several lines gets lines of its own indent', () => {
  assert.equal(added('f({\n    a: 1,\n})', 'b: 2', 'c: 3'), 'f({\n    a: 1,\n    b: 2,\n    c: 3,\n})');
  assert.equal(added('f({\n\ta: 1\n})', 'b: 2', 'c: 3'), 'f({\n\ta: 1,\n\tb: 2,\n\tc: 3\n})');
  assert.equal(added('f({\r\n  a: 1,\r\n})', 'b: 2'), 'f({\r\n  a: 1,\r\n  b: 2,\r\n})');
});

test('a comment stays behind the property that it explains', () => {
  assert.equal(added('f({\n  a: 1, // one\n})', 'b: 2'), 'f({\n  a: 1, // one\n  b: 2,\n})');
  assert.equal(added('f({\n  a: 1 // one\n})', 'b: 2'), 'f({\n  a: 1, // one\n  b: 2\n})');
});

test('nothing to add changes nothing', () => {
  assert.equal(added('f({ a: 1 })'), 'f({ a: 1 })');
});

test('a property is found by its name, quoted or not, but not within a spread', () => {
  const object = objectIn("f({ 'a': 1, b, ...{ c: 2 } })");
  assert.ok(findProperty(object, 'a'));
  assert.ok(findProperty(object, 'b'));
  assert.equal(findProperty(object, 'c'), undefined);
});

test('an object that would outgrow its line is spread over several', () => {
  const before = 'const rows = await client.organisation.findMany({ where: { deletedAt: null } });\n';
  const after = `const rows = await client.organisation.findMany({
  where: { deletedAt: null },
  take: 100,
});
`;
  assert.equal(added(before, 'take: 100'), after);
});
