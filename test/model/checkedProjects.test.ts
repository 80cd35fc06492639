import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkedProjects } from '../../server/core/model/modules/checkedProjects';
import { readFacts } from '../../server/core/syntax/readFacts';

function projectsOf(texts: Readonly<Record<string, string>>) {
  const read = Object.entries(texts).flatMap(([file, text]) => {
    const facts = readFacts(file, text);
    return facts ? [[file, facts] as const] : [];
  });
  return checkedProjects(new Map(read));
}

describe('the TypeScript projects of a folder', () => {
  it('are the tsconfig.json files, outer ones first, without the bases that they extend', () => {
    const found = projectsOf({
      'packages/api/tsconfig.json': '{ "extends": "../../tsconfig.base" }',
      'tsconfig.base.json': '{ "compilerOptions": { "strict": true } }',
      'tsconfig.json': '{ "include": ["scripts"] }',
    });
    assert.deepEqual(
      found.map(({ file }) => file),
      ['tsconfig.json', 'packages/api/tsconfig.json'],
    );
  });

  it('leave out a tsconfig.json that is only there to be extended', () => {
    const found = projectsOf({
      'tsconfig.json': '{ "compilerOptions": { "strict": true } }',
      'web/tsconfig.json': '{ "extends": "../tsconfig.json" }',
    });
    assert.deepEqual(
      found.map(({ file }) => file),
      ['web/tsconfig.json'],
    );
  });

  it('are a tree by their references, to a folder or to a file of any name', () => {
    const found = projectsOf({
      'tsconfig.json': '{ "files": [], "references": [{ "path": "./api" }, { "path": "./tsconfig.app.json" }] }',
      'tsconfig.app.json': '{ "include": ["src"] }',
      'tsconfig.spec.json': '{ "include": ["test"] }',
      'api/tsconfig.json': '{}',
    });
    assert.deepEqual(found, [
      { file: 'tsconfig.json', references: ['api/tsconfig.json', 'tsconfig.app.json'] },
      { file: 'tsconfig.app.json', references: [] },
      { file: 'api/tsconfig.json', references: [] },
    ]);
  });

  it('are none where nothing configures TypeScript, or a file is broken beyond reading', () => {
    assert.deepEqual(projectsOf({ 'package.json': '{}' }), []);
    assert.deepEqual(projectsOf({ 'tsconfig.json': '{ "references": [{ "path": 3 }, null' }), [
      { file: 'tsconfig.json', references: [] },
    ]);
  });
});
