import { readdirSync, readFileSync } from 'node:fs';
import type { Fix } from '../../server/core/rules/rule';
import { ruleMetas } from '../../server/core/rules/ruleMetas';
import { analyzeTexts, type Texts } from '../support/analyzeTexts';
import { readMarkedFiles } from '../support/check';
import { applyFix, fixWithTitle } from '../support/checkFix';
import { type Fence, type Run, readFences } from '../support/markdownFences';
import { shopFiles } from '../support/shopFiles';

const PAGES = new URL('../rules/', import.meta.url);

/** A fence of a rule's page that shows what a fix makes of code that runs in the shop. */
export interface ProofCase {
  readonly rule: string;
  /** The fix's fence in the page, 1-based. */
  readonly line: number;
  readonly heading: string;
  /** Part of the fix's title. */
  readonly title: string;
  readonly runs: readonly Run[];
  /** What the page says it saves; empty: not measured yet. */
  readonly claim: string;
  readonly before: Texts;
}

/** Where a rule's page stands. */
export const pageOf = (rule: string): URL => new URL(`${rule}.md`, PAGES);

/** Returns the proof cases of the rules' pages, in order. Throws, naming page and line, on one that can't be run. */
export function readProofCases(rules: readonly string[] = ruleMetas.map(({ id }) => id)): ProofCase[] {
  const pages = new Set(readdirSync(PAGES));
  return rules.filter((rule) => pages.has(`${rule}.md`)).flatMap(readPage);
}

function readPage(rule: string): ProofCase[] {
  const cases: ProofCase[] = [];
  let example: Fence | undefined;
  for (const fence of readFences(readFileSync(pageOf(rule), 'utf8'))) {
    const { fix, proof, line, heading } = fence;
    if (fix === undefined || fix === 'none') {
      example = fence;
    } else if (proof !== undefined) {
      const where = `${rule}.md, line ${line}`;
      if (!example?.shop) throw new Error(`${where}: a proof follows an example that is marked "shop"`);
      if (example.runs.length === 0) throw new Error(`${where}: the example has no "// run: …" line to prove it by`);
      const before = readMarkedFiles(example.files).texts;
      cases.push({ rule, line, heading, title: fix, runs: example.runs, claim: proof, before });
    }
  }
  return cases;
}

/** Finds the problem and repairs it as the extension would. Returns the fix and the case's files after it. */
export function repair({ rule, before, title }: ProofCase): { readonly fix: Fix; readonly after: Texts } {
  const shop = shopFiles();
  const analysis = analyzeTexts(new Map([...shop, ...before]));
  const finding = analysis.findings.find((candidate) => candidate.rule === rule);
  if (!finding) throw new Error(`${rule} finds nothing in the example`);
  const fix = fixWithTitle(analysis, finding, title);
  const after = [...applyFix(analysis, fix)].filter(([file]) => !shop.has(file) || before.has(file));
  return { fix, after: new Map(after) };
}
