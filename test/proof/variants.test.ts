import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pageExamples } from '../support/pageExamples';
import { causedErrors } from './variants/causedErrors';
import { type FixedVariant, fixedVariants } from './variants/fixedVariants';

/** `PERF_HINTS_VARIANTS=20`: more ways of writing, and pages with a schema of their own are type-checked as well. */
const asked = Number(process.env.PERF_HINTS_VARIANTS ?? 0);
const VARIANTS = asked || 1;

describe('fixes of examples that are written otherwise', () => {
  const checkable: FixedVariant[] = [];

  it('parse, and leave neither their finding nor one that was not there', () => {
    const unsound: string[] = [];
    for (const example of pageExamples()) {
      for (const variant of fixedVariants(example, VARIANTS)) {
        if ('unsound' in variant) unsound.push(variant.unsound);
        else if (example.shop || asked > 0) checkable.push(variant);
      }
    }
    assert.deepEqual(unsound, [], unsound.join('\n\n'));
  });

  it('type-check', async () => {
    assert.ok(checkable.length > 0);
    const errors = await causedErrors(checkable);
    assert.deepEqual(errors, [], errors.join('\n\n'));
  });
});
