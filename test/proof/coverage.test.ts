import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { ruleMetas } from '../../server/core/rules/ruleMetas';
import { readFences } from '../support/markdownFences';
import { pageOf, readProofCases, repair } from './proofCases';

const ABOUT_QUERIES: ReadonlySet<string> = new Set(['round-trips', 'result-size', 'concurrency']);
/** Its fixes are proven by what PostgreSQL plans with them: textSearch.test.ts. */
const ABOUT_INDEXES = 'unindexable-text-search';
const PROVEN_SHAPES = 3;

describe('every fix of a rule about queries', () => {
  for (const { id, category, fix } of ruleMetas) {
    if (!ABOUT_QUERIES.has(category) || fix === 'none' || id === ABOUT_INDEXES) continue;

    it(`is refused for some shape: ${id}`, () => {
      const fences = readFences(readFileSync(pageOf(id), 'utf8'));
      assert.ok(
        fences.some((fence) => fence.fix === 'none'),
        'the page has a fence fix=none',
      );
    });

    it(`is proven in ${PROVEN_SHAPES} shapes: ${id}`, () => {
      const kinds = readProofCases([id]).map((proof) => kindOf(repair(proof).fix.title));
      assert.ok(kinds.length > 0, 'a fix that is proven');
      for (const kind of new Set(kinds)) {
        const proven = kinds.filter((other) => other === kind);
        assert.ok(proven.length >= PROVEN_SHAPES, `${kind}: ${proven.length} fences show it with a proof`);
      }
    });
  }
});

/** A fix's title without the names in it, nor what it says of this case only. */
function kindOf(title: string): string {
  return title
    .replace(/(?: from the | from a |: | \().*$/, '')
    .replaceAll('OrThrow', '')
    .replace(/\S+(?=\.\$transaction)/, '…')
    .replaceAll(/`[^`]*`(?:(?:, | and )(?:`[^`]*`|\d+ more))*/g, '…');
}
