import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addIndex, removeAttribute } from '../../server/core/fixes/schemaEdits';
import { joinSchemas } from '../../server/core/model/schemas/joinSchemas';
import type { Model } from '../../server/core/model/schemas/schema';
import { readPrismaFacts } from '../../server/core/syntax/prisma/readPrismaFacts';
import { applyEdits, type TextEdit } from '../../server/core/text/textEdit';

function edited(text: string, edit: (model: Model) => TextEdit | undefined): string | undefined {
  const [schema] = joinSchemas(new Map([['schema.prisma', readPrismaFacts(text)]]));
  const [model] = schema?.models.values() ?? [];
  assert.ok(model, 'the text declares a model');
  const made = edit(model);
  return made && applyEdits(text, [made]);
}

function withIndex(text: string, ...fields: string[]): string | undefined {
  return edited(text, (model) => addIndex(text, model, fields));
}

function withoutLastIndex(text: string): string | undefined {
  return edited(text, (model) => {
    const index = model.indexes.findLast(({ kind }) => kind === 'index');
    return index && removeAttribute(text, index);
  });
}

test('the first attribute of a block is set apart from its fields', () => {
  assert.equal(
    withIndex('model A {\n  id Int @id\n  b  Int // the other\n  // nothing more\n}\n', 'b'),
    'model A {\n  id Int @id\n  b  Int // the other\n  // nothing more\n\n  @@index([b])\n}\n',
  );
});

test('an index goes behind the last index, with what stands behind it left alone', () => {
  assert.equal(
    withIndex('model A {\n  id Int @id\n  b  Int\n\n  @@index([id, b]) // both\n  @@map("a")\n}\n', 'b'),
    'model A {\n  id Int @id\n  b  Int\n\n  @@index([id, b]) // both\n  @@index([b])\n  @@map("a")\n}\n',
  );
});

test('without an index it goes behind the keys, else before the other attributes', () => {
  assert.equal(
    withIndex('model A {\n  @@id([a, b])\n  @@map("a")\n}', 'b'),
    'model A {\n  @@id([a, b])\n  @@index([b])\n  @@map("a")\n}',
  );
  assert.equal(withIndex('model A {\n  @@map("a")\n}', 'b'), 'model A {\n  @@index([b])\n  @@map("a")\n}');
});

test('a comment keeps its attribute', () => {
  assert.equal(
    withIndex('model A {\n  b Int\n\n  // an old name\n  @@map("a")\n}', 'b'),
    'model A {\n  b Int\n\n  // an old name\n  @@map("a")\n  @@index([b])\n}',
  );
});

test('line endings, tabs and the way of writing are kept', () => {
  assert.equal(
    withIndex('model A {\r\n\tb Int\r\n\r\n\t@@index(fields: [c])\r\n}\r\n', 'b'),
    'model A {\r\n\tb Int\r\n\r\n\t@@index(fields: [c])\r\n\t@@index(fields: [b])\r\n}\r\n',
  );
  assert.equal(withIndex('model A {\n  @@index(c)\n}', 'b'), 'model A {\n  @@index(c)\n  @@index(b)\n}');
  assert.equal(withIndex('model A {\n  @@index(c)\n}', 'b', 'd'), 'model A {\n  @@index(c)\n  @@index([b, d])\n}');
});

test('an unfinished block gets no index', () => {
  assert.equal(withIndex('model A {\n  b Int\n', 'b'), undefined);
});

test('an attribute is removed with its line and its comment', () => {
  assert.equal(
    withoutLastIndex('model A {\r\n  b Int\r\n\r\n  @@index([b]) // for b\r\n  @@map("a")\r\n}\r\n'),
    'model A {\r\n  b Int\r\n\r\n  @@map("a")\r\n}\r\n',
  );
});

test('no blank line is left with nothing to set apart', () => {
  assert.equal(withoutLastIndex('model A {\n  b Int\n\n  @@index([b])\n}\n'), 'model A {\n  b Int\n}\n');
  assert.equal(
    withoutLastIndex('model A {\n  b Int\n\n  @@index([b])\n\n  @@map("a")\n}'),
    'model A {\n  b Int\n\n  @@map("a")\n}',
  );
});
