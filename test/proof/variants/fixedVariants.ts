import type { ChosenFix } from '../../../server/core/fixes/applyFixes';
import { type AnalyzedTexts, analyzeTexts, type Texts } from '../../support/analyzeTexts';
import { checkOutcome } from '../../support/checkFix';
import { offeredFixes } from '../../support/fixRounds';
import type { PageExample } from '../../support/pageExamples';
import { variantOf } from './variantsOf';

/** What a fix makes of a variant of an example. */
export interface FixedVariant {
  /** The example, what was done to it, and the fix. */
  readonly name: string;
  readonly before: Texts;
  readonly after: Texts;
}

/** A fix that leaves code that does not parse, its own finding, or one that was not there: why, and the code. */
export interface UnsoundFix {
  readonly unsound: string;
}

/** Writes an example in `count` other ways, fixes each by every fix that is offered, and returns what comes of it. */
export function fixedVariants(example: PageExample, count: number): (FixedVariant | UnsoundFix)[] {
  return Array.from({ length: count }, (_, index) => variantOf(example, index)).flatMap((variant) => {
    if (!variant) return [];
    const analysis = analyzeTexts(variant.texts);
    const place = `${example.page}.md, line ${example.line}, with ${variant.names.join(', ')}`;
    return offeredFixes(analysis).map((offered) => fixed(place, analysis, offered));
  });
}

function fixed(place: string, analysis: AnalyzedTexts, { finding, fix }: ChosenFix): FixedVariant | UnsoundFix {
  const name = `${place}: ${finding.rule}, ${fix.title}`;
  try {
    return { name, before: analysis.texts, after: checkOutcome(analysis, finding, fix) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { unsound: `${name}: ${reason}\n${analysis.texts.get(finding.file)}` };
  }
}
