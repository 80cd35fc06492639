import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createProject } from '../../server/core/model/project';
import type { DocumentFacts } from '../../server/core/syntax/documentFacts';
import { readFacts } from '../../server/core/syntax/readFacts';

const FILES: Readonly<Record<string, string>> = {
  'leaf.ts': `
    export async function find() {}
    export const repo = { find, by: { find } };
    export class Repo { static find = find; find = find; }
    export default Repo;
  `,
  'star.ts': "export * from './other'; export * from './leaf';",
  'other.ts': 'export const nothing = 1;',
  'starOfStar.ts': "export * from './star';",
  'renamed.ts': "export { find as search, default as Repository, repo as default } from './leaf';",
  'defaults.ts': "export { default } from './leaf'; export { default as again } from './renamed';",
  'namespace.ts': "export * as leaf from './leaf';",
  'local.ts': `
    import repository, { find } from './leaf';
    import * as leaf from './leaf';
    import { search } from './renamed';
    export { find as found, leaf, search };
    export default repository;
  `,
  'required.ts': "import leaf = require('./leaf'); export = leaf;",
  'common.js': "const { find } = require('./leaf'); module.exports = { find, again: require('./leaf').find };",
  'assigned.js': "exports.find = require('./leaf').find; module.exports.repo = require('./leaf').repo;",
  'instance.js': "const { Repo } = require('./leaf'); module.exports = new Repo();",
  'lib/index.ts': "export * from '../leaf.js';",
  'circle.ts': "export * from './circleBack'; export { lost } from './circleBack';",
  'circleBack.ts': "export * from './circle'; export { lost } from './circle'; export { find } from './leaf';",
};

/** Where the value of `it` in some code is defined: the file, and the kind of value there. */
function definitionOf(code: string): string {
  const documents = new Map<string, DocumentFacts>();
  for (const [file, text] of Object.entries({ ...FILES, 'a.ts': code })) {
    const facts = readFacts(file, text);
    if (facts) documents.set(file, facts);
  }
  const project = createProject(documents);
  const facts = documents.get('a.ts');
  const it = facts?.kind === 'typescript' ? facts.exports.find(({ name }) => name === 'it') : undefined;
  assert.ok(facts?.kind === 'typescript' && it, code);
  const { file, value } = project.definitions.resolve({ file: 'a.ts', facts, value: it.value });
  return `${value.kind} of ${file}`;
}

function allLeadTo(expected: string, codes: readonly string[]): void {
  for (const code of codes) assert.equal(definitionOf(code), expected, code);
}

test('exports are followed through every way to pass them on', () => {
  allLeadTo('function of leaf.ts', [
    "import { find } from './leaf'; export const it = find;",
    "import { find } from './star'; export const it = find;",
    "import { find as other } from './starOfStar'; export const it = other;",
    "import { search } from './renamed'; export const it = search;",
    "import repo from './renamed'; export const it = repo.by.find;",
    "import { Repository } from './renamed'; export const it = Repository.find;",
    "import Repo from './defaults'; export const it = new Repo().find;",
    "import { again } from './defaults'; export const it = again.find;",
    "import { leaf } from './namespace'; export const it = leaf.find;",
    "import * as all from './namespace'; export const it = all.leaf.repo.find;",
    "import { found } from './local'; export const it = found;",
    "import { leaf } from './local'; export const it = leaf.find;",
    "import { search } from './local'; export const it = search;",
    "import Repository from './local'; const held = new Repository(); export const it = held.find;",
    "import { find } from './lib'; export const it = find;",
    "import { find } from './circle'; export const it = find;",
    "export { find as it } from './starOfStar';",
  ]);
});

test('so are required modules and what they export', () => {
  allLeadTo('function of leaf.ts', [
    "const { find } = require('./leaf'); export const it = find;",
    "export const it = require('./starOfStar').find;",
    "import leaf = require('./leaf'); export const it = leaf.find;",
    "import leaf = require('./required'); export const it = leaf.find;",
    "import { find } from './required'; export const it = find;",
    "import { again } from './common'; export const it = again;",
    "import common from './common'; export const it = common.find;",
    "const common = require('./common'); export const it = common.again;",
    "const { find, repo } = require('./assigned'); export const it = repo.find;",
    "const repo = require('./instance'); export const it = repo.find;",
    "import repo from './instance'; export const it = repo.find;",
    "import * as repo from './instance'; export const it = repo.find;",
  ]);
});

test('and modules that are imported while the code runs', () => {
  allLeadTo('function of leaf.ts', [
    "const { find } = await import('./leaf'); export const it = find;",
    "const { search: other } = await import('./renamed'); export const it = other;",
    "const leaf = await import('./star'); export const it = leaf.find;",
    "export const it = (await import('./leaf')).find;",
    "const { default: Repo } = await import('./leaf'); export const it = Repo.find;",
    "const [leaf, { search }] = await Promise.all([import('./leaf'), import('./renamed')]); export const it = search;",
    "export let it; import('./leaf').then((leaf) => { it = leaf.find; });",
    "export let it; import('./leaf').then(({ repo }) => { it = repo.find; });",
  ]);
});

test('what is not exported leads nowhere', () => {
  allLeadTo('import of a.ts', [
    "import { missing } from './star'; export const it = missing;",
    "import { find } from './missing'; export const it = find;",
  ]);
  assert.equal(definitionOf("import { lost } from './circle'; export const it = lost;"), 'import of circleBack.ts');
});
