import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { ruleMetas } from '../server/core/rules/ruleMetas';
import { readPageTests } from './support/rulePage';

const FOLDER = new URL('./rules/', import.meta.url);
const pages = readdirSync(FOLDER).filter((name) => name.endsWith('.md'));

describe('rule pages', () => {
  for (const page of pages) {
    const id = page.replace(/\.md$/, '');
    describe(id, () => {
      const rule = ruleMetas.find((candidate) => candidate.id === id);
      it('belongs to a rule in server/core/rules/index.ts', () => assert.ok(rule, `no rule is called ${id}`));
      if (!rule) return;
      for (const { name, run } of readPageTests(readFileSync(new URL(page, FOLDER), 'utf8'), rule, ruleMetas))
        it(name, run);
    });
  }
});
