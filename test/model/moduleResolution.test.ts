import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createModuleResolver } from '../../server/core/model/modules/moduleResolution';
import type { DocumentFacts } from '../../server/core/syntax/documentFacts';
import { readFacts } from '../../server/core/syntax/readFacts';

const SOURCE = 'export const prisma = new PrismaClient();';

/** Resolves imports in a workspace of these files; a name alone is a source file. */
function resolver(files: readonly (string | readonly [file: string, json: object])[]) {
  const documents = new Map<string, DocumentFacts>();
  for (const entry of files) {
    const [file, text] = typeof entry === 'string' ? [entry, SOURCE] : [entry[0], JSON.stringify(entry[1])];
    const facts = readFacts(file, text);
    assert.ok(facts, file);
    documents.set(file, facts);
  }
  return createModuleResolver(documents);
}

test('relative imports, with and without an ending, of files and folders', () => {
  const { resolve } = resolver(['index.ts', 'src/db.ts', 'src/lib/index.tsx', 'src/old.js', 'src/mail.server.ts']);
  for (const [specifier, file] of [
    ['./db', 'src/db.ts'],
    ['./db.js', 'src/db.ts'],
    ['./lib', 'src/lib/index.tsx'],
    ['./lib/', 'src/lib/index.tsx'],
    ['./old', 'src/old.js'],
    ['./mail.server', 'src/mail.server.ts'],
    ['..', 'index.ts'],
    ['../', 'index.ts'],
    ['./missing', undefined],
    ['../../outside', undefined],
    ['react', undefined],
  ] as const) {
    assert.equal(resolve('src/a.ts', specifier), file, specifier);
  }
});

test('paths of the nearest tsconfig.json: exact ones first, then the longest', () => {
  const { resolve } = resolver([
    [
      'tsconfig.json',
      { compilerOptions: { paths: { '@/*': ['src/*'], '@/lib/*': ['lib/*'], '@/lib/db': ['db/main'] } } },
    ],
    'src/lib/db.ts',
    'src/user.ts',
    'lib/mail.ts',
    'db/main.ts',
  ]);
  assert.equal(resolve('src/a.ts', '@/user'), 'src/user.ts');
  assert.equal(resolve('src/a.ts', '@/lib/mail'), 'lib/mail.ts');
  assert.equal(resolve('src/a.ts', '@/lib/db'), 'db/main.ts');
});

test('what a configuration does not say itself it has from those it extends', () => {
  const paths = { '~/*': ['src/*'] };
  const file = 'app/src/db.ts';
  for (const [base, own] of [
    [{ baseUrl: './app', paths }, {}],
    [{ paths }, { baseUrl: '.' }],
    [{ baseUrl: './app' }, { paths }],
    [{ baseUrl: './elsewhere' }, { baseUrl: '.', paths }],
  ]) {
    const { resolve } = resolver([
      ['tsconfig.base.json', { compilerOptions: base }],
      ['app/tsconfig.json', { extends: '../tsconfig.base.json', compilerOptions: own }],
      file,
    ]);
    assert.equal(resolve('app/src/a.ts', '~/db'), file, JSON.stringify([base, own]));
  }
});

test('configurations that extend each other end somewhere', () => {
  const { resolve } = resolver([
    ['tsconfig.json', { extends: './other.json' }],
    ['tsconfig.other.json', { extends: './tsconfig.json' }],
    'db.ts',
  ]);
  assert.equal(resolve('a.ts', './db'), 'db.ts');
});

test('packages of the workspace, by their sources', () => {
  const exports = { '.': './dist/index.js', './*': './src/*.ts', './db': { import: './src/database.ts' } };
  const { resolve } = resolver([
    ['packages/data/package.json', { name: '@acme/data', exports }],
    ['packages/ui/package.json', { name: 'ui', main: './lib/main.js' }],
    'packages/data/src/index.ts',
    'packages/data/src/database.ts',
    'packages/data/src/user.ts',
    'packages/ui/src/main.ts',
  ]);
  for (const [specifier, file] of [
    ['@acme/data', 'packages/data/src/index.ts'],
    ['@acme/data/db', 'packages/data/src/database.ts'],
    ['@acme/data/user', 'packages/data/src/user.ts'],
    ['ui', 'packages/ui/src/main.ts'],
    ['@acme/other', undefined],
  ] as const) {
    assert.equal(resolve('apps/web/a.ts', specifier), file, specifier);
  }
});
