import { fixAll } from '../../../server/cli/fixing';
import { analyze } from '../../../server/core/analyze';
import type { Config } from '../../../server/core/config';
import { defaultConfig } from '../../../server/core/config';
import { applyFileEdits, type ChosenFix, chooseFixes, editsOf } from '../../../server/core/fixes/applyFixes';
import { createSources } from '../../../server/core/fixes/createSources';
import type { Project } from '../../../server/core/model/project';
import { rules } from '../../../server/core/rules';
import type { Finding, Fix, Rule } from '../../../server/core/rules/rule';
import { leavesSchemaNoWorse } from '../../../server/workspace/fixedSchemas';
import type { LoadedProject } from '../../../server/workspace/loadProject';
import type { Texts } from '../../support/analyzeTexts';

const config: Config = defaultConfig;

/** Texts that fixes changed, and how many fixes of each rule did. */
export interface FixRun {
  readonly name: string;
  readonly changed: Texts;
  readonly applied: ReadonlyMap<string, number>;
}

/** Every fix that an application is offered, with its finding. */
export function offeredIn({ project, readText }: LoadedProject): ChosenFix[] {
  const sources = createSources(readText);
  const { findings } = analyze({ project, config, rules });
  return findings.flatMap((finding) => finding.fixes(sources).map((fix) => ({ finding, fix })));
}

/** What `--fix`, or `--fix --unsafe-fixes`, makes of an application. */
export async function runOfFixAll({ project, readText }: LoadedProject, unsafe: boolean): Promise<FixRun> {
  const ruleOf = new Map<Fix, string>();
  const applied = new Map<string, number>();
  const { texts } = await fixAll({
    project,
    config,
    rules: rules.map((rule) => noting(rule, (fix) => ruleOf.set(fix, rule.id))),
    isAudited: () => true,
    isShown: () => true,
    unsafe,
    textOf: readText,
    isSound: async (fix, current: Project, sources) => {
      const isSound = await leavesSchemaNoWorse(fix, current, sources);
      if (isSound) count(applied, ruleOf.get(fix) ?? '');
      return isSound;
    },
    signal: new AbortController().signal,
  });
  return { name: unsafe ? '--fix --unsafe-fixes' : '--fix', changed: texts, applied };
}

/**
 * Runs that together apply every fix that is offered and edits code: each run one fix of a finding, where
 * fixes that edit the same place wait for the next.
 */
export function runsOfEachFix(offered: readonly ChosenFix[], { readText }: LoadedProject): FixRun[] {
  const sources = createSources(readText);
  const runs: FixRun[] = [];
  let left = offered.filter(({ fix }) => fix.edits.every(({ file }) => /\.[cm]?[jt]sx?$/.test(file)));
  while (left.length > 0) {
    const byFinding = new Map<Finding, ChosenFix>(left.toReversed().map((each) => [each.finding, each]));
    const findings = [...byFinding.values()].map(({ finding, fix }) => ({ ...finding, fixes: () => [fix] }));
    const chosen = chooseFixes(findings, sources, { unsafe: true });
    if (chosen.length === 0) break;
    const applied = new Map<string, number>();
    for (const { finding } of chosen) count(applied, finding.rule);
    const done = new Set(chosen.map(({ fix }) => fix));
    left = left.filter(({ fix }) => !done.has(fix));
    const changed = applyFileEdits(editsOf([...done]), sources);
    runs.push({ name: `each fix, run ${runs.length + 1}`, changed, applied });
  }
  return runs;
}

function noting(rule: Rule, note: (fix: Fix) => void): Rule {
  const noted = (finding: Finding): Finding => ({
    ...finding,
    fixes: (sources) => {
      const fixes = finding.fixes(sources);
      for (const fix of fixes) note(fix);
      return fixes;
    },
  });
  return { ...rule, run: (scope, emit, isAside) => rule.run(scope, (finding) => emit(noted(finding)), isAside) };
}

/** Counts one more of a name. */
export function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
