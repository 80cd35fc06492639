import type { Severity } from './rules/rule';
import type { Range } from './text/range';

/** The configuration of one workspace folder: defaults, then its config file, then settings. */
export interface Config {
  /** What a rule reports in a file: `default` leaves the severity to the rule. */
  severityOf(rule: string, file: string): Severity | 'off' | 'default';
  /** False for what is excluded by the config's globs. */
  includes(file: string): boolean;
  /** True for tests, seeds, migrations, scripts, examples: silent for the rules with `runtimeOnly`. */
  isAside(file: string): boolean;
}

/** Something in a config file that is not understood; the rest still counts. */
export interface ConfigProblem {
  readonly message: string;
  readonly range: Range;
}
