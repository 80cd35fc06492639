import assert from 'node:assert/strict';
import { test } from 'node:test';
import { indentAt, readCodeStyle } from '../../server/core/fixes/codeStyle';

test('an empty file gets the usual style', () => {
  assert.deepEqual(readCodeStyle(''), {
    indent: '  ',
    newline: '\n',
    semicolons: true,
    quote: "'",
    trailingCommas: true,
    argumentCommas: true,
    lineWidth: 80,
  });
});

test('a file without semicolons, with tabs, double quotes and Windows line ends keeps them', () => {
  const text = [
    'import { a } from "a"',
    '',
    'export function f() {',
    '\tconst x = {',
    "\t\tname: 'Ann'",
    '\t}',
    '\treturn x',
    '}',
    '',
  ];
  const style = readCodeStyle(text.join('\r\n'));
  assert.equal(style.indent, '\t');
  assert.equal(style.newline, '\r\n');
  assert.equal(style.semicolons, false);
  assert.equal(style.quote, '"');
  assert.equal(style.trailingCommas, false);
});

test('a style with commas behind members may have none behind arguments', () => {
  const call = (comma: string) =>
    `send(\n  {\n    to: ann,\n  },\n  later${comma}\n);\nif (\n  a &&\n  b\n) {\n  c();\n}\n`;
  const without = readCodeStyle(call(''));
  assert.deepEqual([without.trailingCommas, without.argumentCommas], [true, false]);
  assert.equal(readCodeStyle(call(',')).argumentCommas, true);
});

test('four blanks are seen through continuation lines and comments', () => {
  const text = '/**\n * A comment.\n */\nfunction f() {\n    if (a) {\n        b();\n    }\n    c();\n}\n';
  assert.equal(readCodeStyle(text).indent, '    ');
});

test('quotes of JSX attributes do not outvote the imports', () => {
  const text = 'import { a } from \'a\';\nexport const page = <p className="x" id="y" title="z" />;\n';
  assert.equal(readCodeStyle(text).quote, "'");
});

test('a long line of code shows the width; a long string does not', () => {
  const long = `  const result = compute(${Array.from({ length: 11 }, (_, index) => `first${index}`).join(', ')});`;
  assert.ok(long.length > 100 && long.length <= 120);
  assert.equal(readCodeStyle(`${long}\n`).lineWidth, 120);
  assert.equal(readCodeStyle(`  const text = '${'x'.repeat(110)}';\n`).lineWidth, 80);
});

test('the indent at an offset is that of its line', () => {
  const text = 'a\n\t  b = c\n';
  assert.equal(indentAt(text, text.indexOf('c')), '\t  ');
  assert.equal(indentAt(text, 0), '');
});
