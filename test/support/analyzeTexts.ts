import { type Analysis, analyze } from '../../server/core/analyze';
import { type Config, defaultConfig } from '../../server/core/config';
import { createSources } from '../../server/core/fixes/createSources';
import type { Sources } from '../../server/core/fixes/sources';
import { createProject } from '../../server/core/model/project';
import { rules as allRules } from '../../server/core/rules';
import type { Rule } from '../../server/core/rules/rule';
import { type DocumentFacts, TYPE_CHECK_RECORD } from '../../server/core/syntax/documentFacts';
import { readFacts } from '../../server/core/syntax/readFacts';
import { timestampFrom } from '../../server/workspace/timestamp';
import { rememberByText } from './rememberByText';

/** The moment in which every fix of a test is made: it is part of the names of the migrations that fixes create. */
const MOMENT = Date.UTC(2030, 0, 2, 3, 4, 59);

const factsOf = rememberByText(readFacts);

/** Stands for what the editor remembers of type checks: what is in it is `lastRuns` of the facts. */
const LAST_TYPE_CHECKS = 'last-type-checks.json';

/** File name → text. */
export type Texts = ReadonlyMap<string, string>;

export interface AnalyzedTexts extends Analysis {
  readonly texts: Texts;
  readonly sources: Sources;
}

/** By all texts: fixes chosen in another order, and tests of another kind, lead to the same ones again and again. */
const analyses = new Map<string, AnalyzedTexts>();

/**
 * Analyses a workspace that exists only in memory, all rules and the default configuration unless
 * told otherwise. Throws what a rule throws: in a test that is a failure.
 */
export function analyzeTexts(
  texts: Texts,
  { rules = allRules, config = defaultConfig }: { rules?: readonly Rule[]; config?: Config } = {},
): AnalyzedTexts {
  if (rules !== allRules || config !== defaultConfig) return analyzeAnew(texts, rules, config);
  const key = JSON.stringify([...texts]);
  const known = analyses.get(key) ?? analyzeAnew(new Map(texts), rules, config);
  analyses.set(key, known);
  return known;
}

function analyzeAnew(texts: Texts, rules: readonly Rule[], config: Config): AnalyzedTexts {
  const documents = new Map<string, DocumentFacts>();
  for (const [file, text] of texts) {
    const facts = factsOf(file, text);
    if (facts) documents.set(file, facts);
    if (file === LAST_TYPE_CHECKS) documents.set(TYPE_CHECK_RECORD, { kind: 'type-check', lastRuns: JSON.parse(text) });
  }
  const onRuleError = (_rule: string, error: unknown) => {
    throw error;
  };
  const analysis = analyze({ project: createProject(documents), config, rules, onRuleError });
  return { ...analysis, texts, sources: createSources((file) => texts.get(file), timestampFrom(MOMENT)) };
}
