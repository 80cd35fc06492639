import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { analyze } from '../server/core/analyze';
import { type ConfigSettings, makeConfig } from '../server/core/config';
import { applyFileEdits, chooseFixes, editsOf } from '../server/core/fixes/applyFixes';
import { createSources } from '../server/core/fixes/createSources';
import { createProject } from '../server/core/model/project';
import { defineRule, type Finding, type Rule, type Severity } from '../server/core/rules/rule';
import type { DocumentFacts } from '../server/core/syntax/documentFacts';
import { readFacts } from '../server/core/syntax/readFacts';

type Texts = Readonly<Record<string, string>>;

/** A rule under a real rule's name that finds every `word`, and can replace it. */
function wordRule(
  id: string,
  word: string,
  texts: Texts,
  meta: { runtimeOnly?: boolean; replaceBy?: string } = {},
): Rule {
  return defineRule<string>({
    id,
    title: id,
    category: 'round-trips',
    severity: 'warning',
    fix: 'safe',
    runtimeOnly: meta.runtimeOnly ?? false,
    check({ scope, report }) {
      for (const file of scope.project.documents.keys()) {
        for (const { index } of (texts[file] ?? '').matchAll(new RegExp(word, 'g'))) {
          const range = { start: index, end: index + word.length };
          const newText = meta.replaceBy ?? '';
          const fix = { title: 'Replace', kind: 'safe', edits: [{ file, edits: [{ range, newText }] }] } as const;
          report({ at: { file, range }, data: word, fixes: () => [fix] });
        }
      }
    },
    message: (found) => `${found} found`,
  });
}

/** A rule under a real rule's name that finds the import of one module, and would have another in its place. */
function importRule(id: string, module: string, instead: string): Rule {
  return defineRule<string>({
    id,
    title: id,
    category: 'round-trips',
    severity: 'warning',
    fix: 'safe',
    triesFixes: true,
    runtimeOnly: false,
    check({ scope, report }) {
      for (const [file, facts] of scope.project.documents) {
        if (facts.kind !== 'typescript' || !facts.modules.includes(module)) continue;
        const range = { start: 8, end: 8 + module.length };
        const fix = {
          title: 'Replace',
          kind: 'safe',
          edits: [{ file, edits: [{ range, newText: instead }] }],
        } as const;
        report({ at: { file, range }, data: module, fixes: () => [fix] });
      }
    },
    message: (found) => `${found} found`,
  });
}

const throwing: Rule = {
  ...wordRule('unbounded-find-many', '', {}),
  run(_scope, emit) {
    const at = { file: 'a.ts', range: { start: 0, end: 1 }, related: [], fixes: () => [] };
    emit({ ...at, rule: 'unbounded-find-many', severity: 'warning', message: 'half done' });
    throw new Error('broken rule');
  },
};

function run(texts: Texts, rules: readonly Rule[], settings: ConfigSettings = {}, files?: readonly string[]) {
  const documents = new Map<string, DocumentFacts>();
  for (const [file, text] of Object.entries(texts)) {
    const facts = readFacts(file, text);
    if (facts) documents.set(file, facts);
  }
  const errors: string[] = [];
  const { findings, suppressed } = analyze({
    project: createProject(documents),
    config: makeConfig(settings),
    rules,
    onRuleError: (rule) => errors.push(rule),
    ...(files ? { files } : {}),
  });
  return {
    findings,
    suppressed,
    errors,
    seen: findings.map(({ rule, file, range }) => `${file}:${range.start} ${rule}`),
  };
}

function fixedText(file: string, text: string, findings: readonly Finding[]): string | undefined {
  const sources = createSources((name) => (name === file ? text : undefined));
  const chosen = chooseFixes(findings, sources, { unsafe: false });
  return applyFileEdits(editsOf(chosen.map(({ fix }) => fix)), sources).get(file);
}

describe('analysis', () => {
  it('reports findings by file, then by place, each once', () => {
    const texts = { 'b.ts': 'slow();', 'a.ts': 'x(); slow(); slow();' };
    const rule = wordRule('query-in-loop', 'slow', texts);
    const twice: Rule = { ...rule, run: (scope, emit) => rule.run(scope, (found) => [1, 2].map(() => emit(found))) };
    assert.deepEqual(run(texts, [twice]).seen, [
      'a.ts:5 query-in-loop',
      'a.ts:13 query-in-loop',
      'b.ts:0 query-in-loop',
    ]);
  });

  it('drops the findings of a rule that throws, names it, and goes on', () => {
    const texts = { 'a.ts': 'slow();' };
    const { seen, errors } = run(texts, [throwing, wordRule('query-in-loop', 'slow', texts)]);
    assert.deepEqual(seen, ['a.ts:0 query-in-loop']);
    assert.deepEqual(errors, ['unbounded-find-many']);
  });

  it('reports only on the files it is asked about', () => {
    const texts = { 'a.ts': 'slow();', 'b.ts': 'slow();' };
    assert.deepEqual(run(texts, [wordRule('query-in-loop', 'slow', texts)], {}, ['b.ts']).seen, [
      'b.ts:0 query-in-loop',
    ]);
  });

  it('takes severities from the configuration, by file', () => {
    const texts = { 'a.ts': 'slow();', 'old/b.ts': 'slow();' };
    const severities = (settings: ConfigSettings): Severity[] =>
      run(texts, [wordRule('query-in-loop', 'slow', texts)], settings).findings.map(({ severity }) => severity);
    assert.deepEqual(severities({ rules: { 'query-in-loop': 'hint' } }), ['hint', 'hint']);
    const overrides = [{ files: ['old/**'], rules: { 'query-in-loop': 'information' } as const }];
    assert.deepEqual(severities({ overrides }), ['warning', 'information']);
    assert.deepEqual(severities({ rules: { 'query-in-loop': 'off' } }), []);
    assert.deepEqual(severities({ exclude: ['old'] }), ['warning']);
  });

  it('keeps rules about queries silent in tests and seeds, others not', () => {
    const texts = { 'prisma/seed.ts': 'slow();', 'src/a.ts': 'slow();' };
    const aboutQueries = wordRule('query-in-loop', 'slow', texts, { runtimeOnly: true });
    assert.deepEqual(run(texts, [aboutQueries]).seen, ['src/a.ts:0 query-in-loop']);
    assert.equal(run(texts, [wordRule('query-in-loop', 'slow', texts)]).seen.length, 2);
    assert.equal(run(texts, [aboutQueries], { aside: [] }).seen.length, 2);
  });
});

describe('fixes', () => {
  const text = "import 'slow';\n";
  const fixed = (rules: readonly Rule[], settings?: ConfigSettings) =>
    fixedText('a.ts', text, run({ 'a.ts': text }, rules, settings).findings);

  it('are not offered where they would cause a finding of another rule', () => {
    const rules = [importRule('query-in-loop', 'slow', 'wide'), importRule('over-fetch', 'wide', 'good')];
    assert.equal(fixed(rules), undefined);
    assert.equal(fixed(rules, { rules: { 'over-fetch': 'off' } }), "import 'wide';\n");
  });

  it('are offered where a finding of one rule takes the place of another of that rule', () => {
    const rule = importRule('query-in-loop', 'slow', 'slower');
    const other = importRule('query-in-loop', 'slower', 'good');
    const both = { ...rule, run: (...given: Parameters<Rule['run']>) => [rule, other].map((one) => one.run(...given)) };
    assert.equal(fixed([both]), "import 'slower';\n");
  });
});

describe('scripts that are run by hand', () => {
  const rules = (texts: Texts) => [wordRule('query-in-loop', 'findMany', texts, { runtimeOnly: true })];
  const found = (text: string) => {
    const texts = { 'tool.ts': text };
    return run(texts, rules(texts)).findings.length;
  };
  const script = `async function main() {
  await prisma.user.findMany();
}
main().finally(() => prisma.$disconnect());
`;

  it('are no traffic, wherever they lie', () => assert.equal(found(script), 0));

  it('are told from what others import, and from what stays and serves', () => {
    assert.equal(found(`export ${script}`), 1);
    assert.equal(found(`${script}module.exports = { main };\n`), 1);
    assert.equal(found(`${script}app.listen(3000);\n`), 1);
    assert.equal(found(`process.on('beforeExit', () => prisma.$disconnect());\nprisma.user.findMany();\n`), 1);
  });
});

describe('ignore directives', () => {
  it('take away what starts on the next line of code, and count it', () => {
    const text = '// perf-hints-ignore query-in-loop: small\n\n// why\nslow();\nslow();\n';
    const { seen, suppressed } = run({ 'a.ts': text }, [wordRule('query-in-loop', 'slow', { 'a.ts': text })]);
    assert.deepEqual(seen, [`a.ts:${text.lastIndexOf('slow')} query-in-loop`]);
    assert.equal(suppressed, 1);
  });

  it('take away a whole file’s findings, of the rules they name only', () => {
    const text = 'slow(); // perf-hints-ignore-file query-in-loop, loop-invariant-query: small\nslow(); bad();\n';
    const texts = { 'a.ts': text };
    const rules = [wordRule('query-in-loop', 'slow', texts), wordRule('unbounded-find-many', 'bad', texts)];
    const { seen, suppressed } = run(texts, rules);
    assert.deepEqual(seen, [`a.ts:${text.indexOf('bad')} unbounded-find-many`]);
    assert.equal(suppressed, 2);
  });

  it('work in a Prisma schema', () => {
    const text = 'model A {\n  id Int @id\n  // perf-hints-ignore query-in-loop: small\n  slow Int\n}\n';
    const { seen, suppressed } = run({ 's.prisma': text }, [wordRule('query-in-loop', 'slow', { 's.prisma': text })]);
    assert.deepEqual([seen, suppressed], [[], 1]);
  });

  it('without a reason are hinted at', () => {
    const text = '// perf-hints-ignore query-in-loop\nslow();\n';
    const { findings } = run({ 'a.ts': text }, [wordRule('query-in-loop', 'slow', { 'a.ts': text })]);
    assert.deepEqual(
      findings.map(({ rule, severity }) => [rule, severity]),
      [['ignore-without-reason', 'hint']],
    );
  });

  it('that ignore nothing are hinted at, and removed with their line', () => {
    for (const lineBreak of ['\n', '\r\n']) {
      const text = ['f(() => {', '  // perf-hints-ignore query-in-loop: small', '  fast();', '});', ''].join(lineBreak);
      const { findings, seen } = run({ 'a.ts': text }, [wordRule('query-in-loop', 'slow', { 'a.ts': text })]);
      assert.deepEqual(seen, [`a.ts:${text.indexOf('query')} unused-ignore`]);
      assert.equal(fixedText('a.ts', text, findings), ['f(() => {', '  fast();', '});', ''].join(lineBreak));
    }
  });

  it('behind code are removed without the code', () => {
    const text = 'fast(); // perf-hints-ignore-file query-in-loop: small\nfast();\n';
    const { findings } = run({ 'a.ts': text }, [wordRule('query-in-loop', 'slow', { 'a.ts': text })]);
    assert.equal(fixedText('a.ts', text, findings), 'fast();\nfast();\n');
  });

  it('lose only the rule that is not needed', () => {
    const text = '// perf-hints-ignore query-in-loop, unbounded-find-many: small\nslow();\n';
    const texts = { 'a.ts': text };
    const rules = [wordRule('query-in-loop', 'slow', texts), wordRule('unbounded-find-many', 'bad', texts)];
    const fixed = fixedText('a.ts', text, run(texts, rules).findings);
    assert.equal(fixed, '// perf-hints-ignore query-in-loop: small\nslow();\n');
  });

  it('are not called unused when their rule did not run, is off, or is silent in the file', () => {
    const text = '// perf-hints-ignore query-in-loop: small\nfast();\n';
    const texts = { 'scripts/a.ts': text };
    const aboutQueries = wordRule('query-in-loop', 'slow', texts, { runtimeOnly: true });
    assert.deepEqual(run(texts, []).seen, []);
    assert.deepEqual(run(texts, [aboutQueries]).seen, []);
    assert.deepEqual(run(texts, [aboutQueries], { aside: [], rules: { 'query-in-loop': 'off' } }).seen, []);
    assert.deepEqual(run(texts, [aboutQueries], { aside: [] }).seen, ['scripts/a.ts:21 unused-ignore']);
  });

  it('that name no rule, or one there is not, say what was meant', () => {
    const text = '// perf-hints-ignore unused-ignroe: small\nfast();\n// perf-hints-ignore: small\nfast();\n';
    const { findings } = run({ 'a.ts': text }, []);
    assert.deepEqual(
      findings.map(({ rule }) => rule),
      ['unused-ignore', 'unused-ignore'],
    );
    assert.match(findings[0]?.message ?? '', /no rule “unused-ignroe”.*Did you mean "unused-ignore"\?/);
    assert.match(findings[1]?.message ?? '', /names no rule/);
  });

  it('can be left unremarked by configuration', () => {
    const text = '// perf-hints-ignore nonsense\nfast();\n';
    assert.deepEqual(run({ 'a.ts': text }, [], { rules: { 'unused-ignore': 'off' } }).seen, []);
  });
});

describe('choosing fixes', () => {
  const finding = (start: number, end: number, kind: 'safe' | 'suggestion' = 'safe'): Finding => ({
    rule: 'query-in-loop',
    severity: 'warning',
    message: '',
    file: 'a.ts',
    range: { start, end },
    related: [],
    fixes: () => [{ title: 'x', kind, edits: [{ file: 'a.ts', edits: [{ range: { start, end }, newText: 'X' }] }] }],
  });
  const sources = createSources(() => 'abcdef');
  const texts = (findings: readonly Finding[], unsafe = false) =>
    applyFileEdits(editsOf(chooseFixes(findings, sources, { unsafe }).map(({ fix }) => fix)), sources).get('a.ts');

  it('takes the first of two that touch the same text, and every other one', () => {
    assert.equal(texts([finding(0, 2), finding(1, 3), finding(4, 5)]), 'XcdXf');
    assert.equal(texts([finding(2, 2), finding(2, 2)]), 'abXcdef');
  });

  it('takes suggestions only when asked', () => {
    assert.equal(texts([finding(0, 1, 'suggestion')]), undefined);
    assert.equal(texts([finding(0, 1, 'suggestion')], true), 'Xbcdef');
  });

  it('goes on when the fixes of one rule throw', () => {
    const broken: Finding = {
      ...finding(0, 1),
      fixes: () => {
        throw new Error('broken fix');
      },
    };
    assert.equal(texts([broken, finding(4, 5)]), 'abcdXf');
  });
});
