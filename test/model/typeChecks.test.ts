import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createProject, type Project } from '../../server/core/model/project';
import { readFacts } from '../../server/core/syntax/readFacts';
import { analyzeTexts } from '../support/analyzeTexts';

/** The rules about checks that report something in `packages/app/package.json`. */
function rulesOf(sources: number, manifest: string, extra: Readonly<Record<string, string>> = {}): string[] {
  const files = {
    'package.json': '{ "name": "all", "private": true }',
    'packages/app/package.json': manifest,
    'packages/app/tsconfig.json': '{ "compilerOptions": { "strict": true, "skipLibCheck": true } }',
    ...Object.fromEntries(
      Array.from({ length: sources }, (_, index) => [`packages/app/src/${index}.ts`, 'export {};']),
    ),
    ...extra,
  };
  const { findings } = analyzeTexts(new Map(Object.entries(files)));
  return findings.filter(({ file }) => file === 'packages/app/package.json').map(({ rule }) => rule);
}

const manifest = '{ "scripts": { "types": "tsc --noEmit" } }';

describe('a type check of one package among others', () => {
  it('is worth a build cache if it has some files', () => {
    assert.deepEqual(rulesOf(3, manifest), []);
    assert.deepEqual(rulesOf(12, manifest), ['type-check-not-incremental']);
  });

  it('belongs to the nearest configuration, and to the nearest version that is named', () => {
    const old = { 'package.json': '{ "devDependencies": { "typescript": "3.9.10" } }' };
    assert.deepEqual(rulesOf(12, manifest, old), []);
    const own = manifest.replace(' } }', ' }, "devDependencies": { "typescript": "~5.9.2" } }');
    assert.deepEqual(rulesOf(12, own, old), ['type-check-not-incremental']);
  });
});

describe('settings that decide nothing about code', () => {
  const texts = {
    'package.json': '{ "name": "app", "scripts": { "a": "tsc" } }',
    'tsconfig.json': '{ "compilerOptions": { "strict": true } }',
    'schema.prisma': 'model A { id Int @id }',
  };
  const project = createProject(
    new Map(
      Object.entries(texts)
        .flatMap(([file, text]) => [[file, readFacts(file, text)] as const])
        .flatMap(known),
    ),
  );
  const edited = (file: string, text: string): Project => project.with(new Map([[file, readFacts(file, text)]]));

  it('leave what is known of the code as it is', () => {
    assert.equal(edited('package.json', '{ "name": "app", "scripts": { "a": "tsc -w" } }').modules, project.modules);
    assert.equal(edited('tsconfig.json', '{ "compilerOptions": { "strict": false } }').schemas, project.schemas);
    assert.equal(edited('.vscode/tasks.json', '{}').modules, project.modules);
  });

  it('are told from those that do', () => {
    assert.notEqual(edited('package.json', '{ "name": "other" }').modules, project.modules);
    assert.notEqual(edited('tsconfig.json', '{ "compilerOptions": { "baseUrl": "." } }').modules, project.modules);
    assert.notEqual(
      edited('tsconfig.json', '{ "compilerOptions": { "paths": { "@/*": ["./*"] } } }').modules,
      project.modules,
    );
  });
});

function known<Facts>([file, facts]: readonly [string, Facts | undefined]): [string, Facts][] {
  return facts === undefined ? [] : [[file, facts]];
}
