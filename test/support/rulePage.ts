import assert from 'node:assert/strict';
import type { RuleMeta } from '../../server/core/rules/rule';
import type { AnalyzedTexts } from './analyzeTexts';
import { check, readMarkedFiles } from './check';
import { checkFix, checkNoFix } from './checkFix';
import { type Fence, readFences } from './markdownFences';
import { parseErrors } from './parseErrors';
import { shopFiles } from './shopFiles';

/** A fence of a rule's page as a test. */
export interface PageTest {
  readonly name: string;
  readonly run: () => void;
}

const SECTIONS = ['Why it costs', 'When to ignore it', 'Examples'];

/** Returns one test for each fence of a rule's page, and one for the page's shape. */
export function readPageTests(page: string, rule: RuleMeta, rules: readonly RuleMeta[]): PageTest[] {
  const fences = readFences(page);
  const tests: PageTest[] = [{ name: 'the page is complete', run: () => checkShape(page, fences, rule, rules) }];
  const shared = new Map<string, string>();
  let example: { readonly fence: Fence; readonly files: ReadonlyMap<string, string> } | undefined;
  for (const fence of fences) {
    const name = `line ${fence.line}: ${fence.heading}`;
    if (isFixResult(fence)) {
      const before = example;
      tests.push({ name: `${name} (fix)`, run: () => checkFixFence(fence, before?.files, rule) });
      continue;
    }
    for (const [file, text] of fence.shared ? fence.files : []) shared.set(file, text);
    const files = new Map([...(fence.shop ? shopFiles() : shared), ...fence.files]);
    example = { fence, files };
    tests.push({ name, run: () => checkExample(fence, files, rule) });
  }
  return tests;
}

/** True for a fence that shows what a fix makes of the example before it. */
function isFixResult(fence: Fence): boolean {
  return fence.fix !== undefined && fence.fix !== 'none';
}

function checkExample(fence: Fence, files: ReadonlyMap<string, string>, rule: RuleMeta): void {
  const { texts } = readMarkedFiles(files);
  if (!fence.broken) {
    const scripts = new Map([...texts].filter(([file]) => !file.endsWith('.prisma')));
    assert.deepEqual(parseErrors(scripts), [], 'the example does not parse; `broken` allows that');
  }
  const analysis = check(files);
  if (fence.fix === 'none') checkNoFix(analysis, firstFinding(analysis, rule));
}

function checkFixFence(fence: Fence, example: ReadonlyMap<string, string> | undefined, rule: RuleMeta): void {
  assert.ok(example, 'a fix fence follows the example it fixes');
  const analysis = check(example);
  checkFix(analysis, firstFinding(analysis, rule), fence.fix ?? '', fence.files);
}

function firstFinding(analysis: AnalyzedTexts, rule: RuleMeta): AnalyzedTexts['findings'][number] {
  const first = analysis.findings.find((finding) => finding.rule === rule.id);
  assert.ok(first, `the example has no finding of ${rule.id} to fix`);
  return first;
}

function checkShape(page: string, fences: readonly Fence[], rule: RuleMeta, rules: readonly RuleMeta[]): void {
  const [heading, ...paragraphs] = page.split(/\n\n+/);
  assert.equal(heading, `# ${rule.id}`, 'the page starts with "# " and the id of its rule');
  assert.equal(paragraphs[0]?.trim(), `**${rule.title}**`, 'the first paragraph is the title of the rule, bold');
  const sections = [...page.matchAll(/^## (.+)$/gm)].map(([, title]) => title);
  for (const section of SECTIONS) assert.ok(sections.includes(section), `the page has a section "## ${section}"`);

  const marks = fences.flatMap((fence) => {
    const known = new Set(rules.map(({ id }) => id));
    const inFence = [...readMarkedFiles(fence.files).marks.values()].flat();
    for (const mark of inFence) assert.ok(known.has(mark.rule), `line ${fence.line}: no rule is called ${mark.rule}`);
    return isFixResult(fence) ? [] : [{ fence, fires: inFence.some((mark) => mark.rule === rule.id) }];
  });
  assert.ok(
    marks.some(({ fires }) => fires),
    'the page has an example that fires',
  );
  assert.ok(
    marks.some(({ fires, fence }) => !fires && !fence.shared),
    'the page has an example that stays silent',
  );
  assert.equal(
    fences.some(isFixResult),
    rule.fix !== 'none',
    rule.fix === 'none' ? 'the rule claims no fix' : 'the page shows the fix that the rule claims',
  );
}
