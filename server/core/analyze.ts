import { directiveFindings } from './analysis/directiveFindings';
import { soundFixes } from './analysis/soundFixes';
import { suppressionBy } from './analysis/suppression';
import type { Config } from './config';
import type { Sources } from './fixes/sources';
import type { Project } from './model/project';
import { createScope } from './model/scope';
import type { Finding, Rule } from './rules/rule';
import type { DocumentFacts } from './syntax/documentFacts';

export interface AnalyzeOptions {
  readonly project: Project;
  readonly config: Config;
  /** The files to report on; every document of the project if absent. */
  readonly files?: Iterable<string>;
  /** Also decides about directives: nothing is called unused of a rule that was not run. */
  readonly rules: readonly Rule[];
  /** Told of a rule that threw; the other rules go on. */
  readonly onRuleError?: (rule: string, error: unknown) => void;
}

export interface Analysis {
  /** Sorted by file, then place. */
  readonly findings: readonly Finding[];
  /** How many findings ignore directives took away. */
  readonly suppressed: number;
}

/**
 * Runs the rules on a part of the project. A rule that throws loses its own findings, never another's. No finding
 * of a rule that tries its fixes offers one that would cause another finding.
 */
export function analyze(options: AnalyzeOptions): Analysis {
  const { findings, suppressed } = runRules(options);
  const { project, config, rules } = options;
  const soundOnes = soundFixes(project, (one, files) => runRules({ project: one, config, rules, files }).findings);
  const tried = new Set(rules.flatMap(({ id, triesFixes }) => (triesFixes ? [id] : [])));
  const guarded = findings.map((finding) =>
    tried.has(finding.rule)
      ? { ...finding, fixes: (sources: Sources) => soundOnes(finding.fixes(sources), sources) }
      : finding,
  );
  return { findings: guarded, suppressed };
}

function runRules({ project, config, files, rules, onRuleError }: AnalyzeOptions): Analysis {
  const asked = new Set([...(files ?? project.documents.keys())].filter((file) => config.includes(file)));
  const scope = createScope(project, asked);
  const suppression = suppressionBy(project.documents);
  const isHeard = (rule: Rule, file: string) =>
    config.severityOf(rule.id, file) !== 'off' &&
    !(rule.runtimeOnly && (config.isAside(file) || runsOnce(project.documents.get(file))));
  const findings = new Map<string, Finding>();
  const completed = new Map<string, Rule>();
  let suppressed = 0;

  for (const rule of rules) {
    const own: Finding[] = [];
    try {
      rule.run(scope, (finding) => own.push(finding), config.isAside);
    } catch (error) {
      onRuleError?.(rule.id, error);
      continue;
    }
    completed.set(rule.id, rule);
    for (const [key, finding] of distinct(own)) {
      const configured = asked.has(finding.file) && isHeard(rule, finding.file) && withSeverity(finding, config);
      if (!configured) continue;
      if (suppression.covers(finding)) suppressed++;
      else findings.set(key, configured);
    }
  }

  for (const file of asked) {
    const wasAsked = (id: string) => {
      const rule = completed.get(id);
      return rule !== undefined && isHeard(rule, file);
    };
    for (const finding of directiveFindings(file, project.documents.get(file), suppression, wasAsked)) {
      const configured = withSeverity(finding, config);
      if (configured) findings.set(keyOf(finding), configured);
    }
  }
  return { findings: [...findings.values()].sort(byPlace), suppressed };
}

/** A script costs who runs it, not those whom the application serves. */
function runsOnce(facts: DocumentFacts | undefined): boolean {
  return facts?.kind === 'typescript' && facts.runsOnce === true;
}

function withSeverity(finding: Finding, config: Config): Finding | undefined {
  const severity = config.severityOf(finding.rule, finding.file);
  if (severity === 'off') return undefined;
  return severity === 'default' ? finding : { ...finding, severity };
}

function distinct(findings: readonly Finding[]): ReadonlyMap<string, Finding> {
  return new Map(findings.map((finding) => [keyOf(finding), finding]));
}

function keyOf({ rule, file, range, message }: Finding): string {
  return [rule, file, range.start, range.end, message].join('\n');
}

function byPlace(a: Finding, b: Finding): number {
  return (
    compare(a.file, b.file) ||
    a.range.start - b.range.start ||
    a.range.end - b.range.end ||
    compare(a.rule, b.rule) ||
    compare(a.message, b.message)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
