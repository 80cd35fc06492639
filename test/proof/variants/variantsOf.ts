import { isTypeScriptFile } from '../../../server/core/syntax/typescript/parse';
import type { Texts } from '../../support/analyzeTexts';
import type { PageExample } from '../../support/pageExamples';
import { parseErrors } from '../../support/parseErrors';
import { seededRandom } from '../../support/random';
import { declarationVariations, takenNames } from './declarations';
import { functionVariations } from './functions';
import { loopVariations } from './loops';
import { typeVariations } from './types';
import type { Variation } from './variation';
import { writingVariations } from './writing';

/** A workspace, written otherwise. */
export interface Variant {
  /** What was done to it, in order. */
  readonly names: readonly string[];
  readonly texts: Texts;
}

const ALL: readonly (readonly [string, Variation])[] = [
  ...Object.entries(functionVariations),
  ...Object.entries(loopVariations),
  ...Object.entries(declarationVariations),
  ...Object.entries(typeVariations),
  ...Object.entries(writingVariations),
];

/**
 * Writes one script of an example otherwise, in one to three ways of repeatable chance; undefined where
 * chance finds no way, or one that leaves no code.
 */
export function variantOf({ texts, own, line }: PageExample, seed: number): Variant | undefined {
  const random = seededRandom(line * 7919 + seed);
  const scripts = [...own].filter((file) => isTypeScriptFile(file) && texts.has(file));
  if (scripts.length === 0) return undefined;
  const original = random.pick(scripts);
  const beside = new Map([...texts].filter(([file]) => file !== original));
  const names: string[] = [];
  let code = { file: original, text: texts.get(original) ?? '' };
  const ways = 1 + random.below(3);
  for (let attempt = 0; attempt < 12 && names.length < ways; attempt += 1) {
    const [name, vary] = random.below(6) === 0 ? (['a name taken', takenNames(beside)] as const) : random.pick(ALL);
    const varied = vary(code, random);
    if (!varied || varied.text === code.text) continue;
    code = varied;
    names.push(name);
  }
  const variant = new Map([...beside, [code.file, code.text]]);
  const isCode = parseErrors(new Map([[code.file, code.text]])).length === 0;
  return names.length > 0 && isCode ? { names, texts: variant } : undefined;
}
