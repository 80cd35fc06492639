import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSchemaOracle, loadSchemaOracle } from '../server/workspace/schemaOracle';

const SOUND = 'model A {\n  id Int @id\n  b  Int\n}\n';

function schema(text: string): Map<string, string> {
  return new Map([['schema.prisma', text]]);
}

test('an edit that breaks the schema is worse, one that mends it is not', async () => {
  const oracle = await loadSchemaOracle();
  const broken = schema('model A {\n  id Int @id\n  b  Int\n\n  @@index([nothing])\n}\n');
  const indexed = schema('model A {\n  id Int @id\n  b  Int\n\n  @@index([b])\n}\n');
  assert.equal(oracle.isNoWorse(schema(SOUND), indexed), true);
  assert.equal(oracle.isNoWorse(schema(SOUND), broken), false);
  assert.equal(oracle.isNoWorse(broken, schema(SOUND)), true);
  assert.equal(oracle.isNoWorse(broken, broken), true);
});

test('an edit that leaves a formatted schema unformatted is worse', async () => {
  const oracle = await loadSchemaOracle();
  const untidy = schema('model A {\n  id Int @id\n  b  Int\n@@index([b])\n}\n');
  assert.equal(oracle.isNoWorse(schema(SOUND), untidy), false);
  assert.equal(oracle.isNoWorse(untidy, untidy), true);
  assert.equal(oracle.isNoWorse(schema(SOUND), schema(SOUND.replaceAll('\n', '\r\n'))), true);
});

test('the files of a schema are judged together', async () => {
  const oracle = await loadSchemaOracle();
  const files = new Map([
    ['a.prisma', 'model A {\n  id Int @id\n  bs B[]\n}\n'],
    ['b.prisma', 'model B {\n  id  Int @id\n  aId Int\n  a   A   @relation(fields: [aId], references: [id])\n}\n'],
  ]);
  assert.deepEqual(oracle.errors(files), []);
  assert.equal(oracle.errors(new Map([...files].slice(0, 1))).length, 1);
  assert.equal(oracle.format(files).get('a.prisma'), 'model A {\n  id Int @id\n  bs B[]\n}\n');
});

test('an engine that crashes, or is not there, has no opinion', () => {
  const crashing = createSchemaOracle({
    lint: () => {
      throw new Error('unreachable');
    },
    format: () => 'no JSON',
  });
  for (const oracle of [crashing, createSchemaOracle(undefined)]) {
    assert.equal(oracle.isNoWorse(schema(SOUND), schema('model {')), true);
    assert.deepEqual([...oracle.format(schema(SOUND))], [...schema(SOUND)]);
  }
});
