import assert from 'node:assert/strict';
import type { Finding, Fix } from '../../server/core/rules/rule';
import { applyEdits } from '../../server/core/text/textEdit';
import { type AnalyzedTexts, analyzeTexts, type Texts } from './analyzeTexts';
import { parseErrors } from './parseErrors';
import { without } from './without';

/**
 * Applies the fix of a finding whose title contains `titlePart` and fails unless exactly the files of
 * `expected` change, to exactly these texts, and the outcome is sound.
 */
export function checkFix(analysis: AnalyzedTexts, finding: Finding, titlePart: string, expected: Texts): void {
  const after = checkOutcome(analysis, finding, fixWithTitle(analysis, finding, titlePart));
  for (const [file, text] of after) {
    const shown = expected.get(file) ?? analysis.texts.get(file);
    assert.equal(text, shown, `${file} after the fix is not as ${expected.has(file) ? 'shown' : 'before, nor shown'}`);
  }
  for (const file of expected.keys()) assert.ok(after.has(file), `${file} is shown, but no such file exists`);
}

/**
 * Applies a fix and fails unless the outcome is sound: no parser finds an error it did not find
 * before, the finding is gone, and none is there that was not. Returns the texts after the fix.
 */
export function checkOutcome(analysis: AnalyzedTexts, finding: Finding, fix: Fix): Texts {
  const after = applyFix(analysis, fix);
  assert.deepEqual(without(parseErrors(after), parseErrors(analysis.texts)), [], 'the fix breaks the code');
  const left = analyzeTexts(after).findings.map(describe);
  const before = analysis.findings.map(describe);
  assert.deepEqual(without(left, before), [], 'the fix causes findings');
  const times = (texts: readonly string[]) => texts.filter((text) => text === describe(finding)).length;
  assert.ok(times(left) < times(before), `the fix does not take its own finding away: ${describe(finding)}`);
  return after;
}

/** Fails unless the finding offers no fix at all. */
export function checkNoFix(analysis: AnalyzedTexts, finding: Finding): void {
  assert.deepEqual(titlesOf(analysis, finding), [], 'no fix is expected here');
}

/** Returns the texts after a fix; throws if its edits overlap, touch a file that does not exist, or create one that does. */
export function applyFix(analysis: AnalyzedTexts, fix: Fix): Texts {
  const after = new Map(analysis.texts);
  for (const { file, create, edits } of fix.edits) {
    const known = analysis.texts.get(file);
    if (create) assert.ok(known === undefined, `the fix creates ${file}, which exists`);
    else assert.ok(known !== undefined, `the fix edits ${file}, which does not exist`);
    const text = known ?? '';
    after.set(file, applyEdits(text, edits));
  }
  return after;
}

/** Returns the first fix of a finding whose title contains `titlePart`; fails if there is none. */
export function fixWithTitle(analysis: AnalyzedTexts, finding: Finding, titlePart: string): Fix {
  const fix = finding.fixes(analysis.sources).find(({ title }) => title.includes(titlePart));
  assert.ok(
    fix,
    `no fix of ${describe(finding)} has "${titlePart}" in its title; it offers ${JSON.stringify(titlesOf(analysis, finding))}`,
  );
  return fix;
}

function titlesOf(analysis: AnalyzedTexts, finding: Finding): string[] {
  return finding.fixes(analysis.sources).map(({ title }) => title);
}

/** A finding without what a fix may change of it, though it stays: its offsets, and the names and numbers in its message. */
export function describe({ file, rule, message }: Finding): string {
  return `${file}: ${rule}: ${message.replace(/`[^`]*`|\d+/g, '…').replace(/…(?:, …)+/g, '…')}`;
}
