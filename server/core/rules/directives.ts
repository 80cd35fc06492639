import type { RuleMeta } from './rule';

/** About a `perf-hints-ignore` that does not say why; found by the analysis itself. */
export const ignoreWithoutReason: RuleMeta = {
  id: 'ignore-without-reason',
  title: 'Ignore directive without a reason',
  category: 'directive',
  severity: 'hint',
  fix: 'none',
  runtimeOnly: false,
};

/** About a `perf-hints-ignore` that ignores nothing, or names a rule there is not; found by the analysis itself. */
export const unusedIgnore: RuleMeta = {
  id: 'unused-ignore',
  title: 'Ignore directive that ignores nothing',
  category: 'directive',
  severity: 'hint',
  fix: 'safe',
  runtimeOnly: false,
};

/** What is found about directives: in every list of rules, though no rule of theirs is run. */
export const directiveRules: readonly RuleMeta[] = [ignoreWithoutReason, unusedIgnore];
