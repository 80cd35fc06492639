import assert from 'node:assert/strict';
import { applyFileEdits, type ChosenFix, chooseFixes, editsOf } from '../../server/core/fixes/applyFixes';
import type { Finding } from '../../server/core/rules/rule';
import { type AnalyzedTexts, analyzeTexts, type Texts } from './analyzeTexts';
import { describe } from './checkFix';
import { parseErrors } from './parseErrors';
import { seededRandom } from './random';
import { without } from './without';

/** A fix clears the way for another now and then; more rounds than this, and two of them disagree. */
const MOST_ROUNDS = 5;

/** A finding that offers one fix, as a person may choose it. */
export function onlyWith({ finding, fix }: ChosenFix): Finding {
  return { ...finding, fixes: () => [fix] };
}

/** Returns every fix that any finding offers. */
export function offeredFixes({ findings, sources }: AnalyzedTexts): ChosenFix[] {
  return findings.flatMap((finding) => finding.fixes(sources).map((fix) => ({ finding, fix })));
}

/** Applies the fixes that `--fix --unsafe-fixes` would choose from findings in this order, once. Throws where edits overlap. */
export function applyOnce(analysis: AnalyzedTexts, findings: readonly Finding[]): Texts {
  const chosen = chooseFixes(findings, analysis.sources, { unsafe: true });
  const changed = applyFileEdits(editsOf(chosen.map(({ fix }) => fix)), analysis.sources);
  return new Map([...analysis.texts, ...changed]);
}

/**
 * Fixes everything, round after round, findings and fixes chosen by chance but repeatably, and returns the
 * texts that are left when nothing more can be fixed. Fails where a round breaks code or causes a finding,
 * and where there is no end of it.
 */
export function fixEverything(first: AnalyzedTexts, seed: number): Texts {
  const random = seededRandom(seed);
  const shuffled = <T>(items: readonly T[]): T[] => {
    const keyed = items.map((item) => ({ item, key: random.below(1 << 30) }));
    return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
  };
  let analysis = first;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const before = analysis;
    const findings = shuffled(before.findings).map((finding) => ({
      ...finding,
      fixes: () => shuffled(finding.fixes(before.sources)),
    }));
    const texts = applyOnce(before, findings);
    if ([...texts].every(([file, text]) => before.texts.get(file) === text)) return texts;
    analysis = checkSound(first, texts);
  }
  assert.fail(
    `after ${MOST_ROUNDS} rounds there is still something to fix: ${analysis.findings.map(describe).join('\n')}`,
  );
}

/** Fails where texts that fixes made of others have errors or findings that those had not; returns their analysis. */
export function checkSound(first: AnalyzedTexts, texts: Texts): AnalyzedTexts {
  assert.deepEqual(without(parseErrors(texts), parseErrors(first.texts)), [], 'the fixes break the code');
  const analysis = analyzeTexts(texts);
  const caused = without(analysis.findings.map(describe), first.findings.map(describe));
  assert.deepEqual(caused, [], 'the fixes cause findings');
  return analysis;
}
