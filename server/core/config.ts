import { defaultAside } from './config/defaults';
import { globMatcher } from './config/globs';
import type { Severity } from './rules/rule';
import type { Range } from './text/range';

/** The configuration of one workspace folder: defaults, then its config file, then settings. */
export interface Config {
  /** What a rule reports in a file: `default` leaves the severity to the rule. */
  severityOf(rule: string, file: string): Severity | 'off' | 'default';
  /** False for what is excluded by the config's globs, and for what its `include` does not name. */
  includes(file: string): boolean;
  /** True for what `exclude` names: not even read, so that it says nothing about other files either. */
  excludes(file: string): boolean;
  /** True for tests, seeds, migrations, scripts, examples: silent for the rules with `runtimeOnly`. */
  isAside(file: string): boolean;
}

/** Something in a config file that is not understood; the rest still counts. */
export interface ConfigProblem {
  readonly message: string;
  readonly range: Range;
}

/** What a config file can say of a rule. */
export type RuleSetting = Severity | 'off' | 'default';

export type RuleSettings = Readonly<Record<string, RuleSetting>>;

/** What one source of configuration (a file, an editor's settings) says; absent parts say nothing. */
export interface ConfigSettings {
  readonly rules?: RuleSettings;
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly aside?: readonly string[];
  readonly overrides?: readonly { readonly files: readonly string[]; readonly rules: RuleSettings }[];
}

/**
 * Joins layers of settings, the strongest last. Rules: the last layer that names a rule decides, and
 * within a layer its last matching override. `include` and `aside` replace those of weaker layers,
 * `exclude` adds to them.
 */
export function makeConfig(...layers: readonly ConfigSettings[]): Config {
  const strongestFirst = layers
    .flatMap((layer) => [
      { matches: () => true, rules: layer.rules ?? {} },
      ...(layer.overrides ?? []).map(({ files, rules }) => ({ matches: globMatcher(files), rules })),
    ])
    .reverse();
  const included = globMatcher(lastOf(layers, 'include') ?? ['**']);
  const excluded = globMatcher(layers.flatMap((layer) => layer.exclude ?? []));
  const aside = globMatcher(lastOf(layers, 'aside') ?? defaultAside);
  return {
    severityOf(rule, file) {
      const deciding = strongestFirst.find(({ rules, matches }) => Object.hasOwn(rules, rule) && matches(file));
      return deciding?.rules[rule] ?? 'default';
    },
    includes: (file) => included(file) && !excluded(file),
    excludes: excluded,
    isAside: aside,
  };
}

function lastOf(layers: readonly ConfigSettings[], key: 'include' | 'aside'): readonly string[] | undefined {
  return layers.findLast((layer) => layer[key] !== undefined)?.[key];
}

/** What holds where nobody configured anything. */
export const defaultConfig: Config = makeConfig();
