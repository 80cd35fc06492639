import { analyzeTexts, type Texts } from '../../support/analyzeTexts';
import { checkOutcome } from '../../support/checkFix';
import type { PageExample } from '../../support/pageExamples';
import { type Variant, variantOf } from './variantsOf';

/** What a fix makes of a variant of an example. */
export interface FixedVariant {
  /** The example, what was done to it, and the fix. */
  readonly name: string;
  readonly before: Texts;
  readonly after: Texts;
}

/**
 * Writes an example in `count` other ways, fixes each by every fix that is offered, and returns what comes
 * of it. Fails where a fix leaves code that does not parse, its own finding, or one that was not there.
 */
export function fixedVariants(example: PageExample, count: number): FixedVariant[] {
  const variants = Array.from({ length: count }, (_, index) => variantOf(example, index));
  return variants.flatMap((variant) => (variant ? fixed(`${example.page}.md, line ${example.line}`, variant) : []));
}

function fixed(place: string, { names, texts }: Variant): FixedVariant[] {
  const analysis = analyzeTexts(texts);
  return analysis.findings.flatMap((finding) =>
    finding.fixes(analysis.sources).map((fix) => {
      const name = `${place}, with ${names.join(', ')}: ${finding.rule}, ${fix.title}`;
      try {
        return { name, before: texts, after: checkOutcome(analysis, finding, fix) };
      } catch (error) {
        const code = texts.get(finding.file);
        throw new Error(`${name}: ${error instanceof Error ? error.message : String(error)}\n${code}`, {
          cause: error,
        });
      }
    }),
  );
}
