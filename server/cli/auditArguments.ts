import type { Severity } from '../core/rules/rule';
import { ruleMetas } from '../core/rules/ruleMetas';
import { didYouMean } from '../core/text/nearestWord';
import { type Format, formats, type OptionValues, oneOf, wholeNumber } from './options';
import { UsageError } from './usageError';

export const severities: readonly Severity[] = ['warning', 'information', 'hint'];

export interface AuditArguments {
  readonly command: 'audit';
  /** As typed; the current folder if none was. */
  readonly paths: readonly string[];
  readonly format: Format;
  /** The rules whose findings are shown. */
  readonly rules: ReadonlySet<string>;
  /** Whether to say what endpoints cost: whoever names some rules has another question. */
  readonly endpoints: boolean;
  /** The lowest severity shown. */
  readonly shown: Severity;
  /** The lowest severity that makes the audit fail. */
  readonly failing: Severity;
  readonly fix: 'none' | 'write' | 'dry-run';
  readonly unsafeFixes: boolean;
  /** How many findings that would make the audit fail are put up with. */
  readonly maxWarnings: number;
  readonly exitZero: boolean;
  readonly configFile?: string;
  /** The folder that keeps what was read for the next audit: as typed, or the usual one. */
  readonly cache?: { readonly location?: string };
  readonly timings: boolean;
}

export const auditOptions = {
  format: { type: 'string' },
  only: { type: 'string' },
  skip: { type: 'string' },
  severity: { type: 'string' },
  fix: { type: 'boolean' },
  'unsafe-fixes': { type: 'boolean' },
  'fix-dry-run': { type: 'boolean' },
  'max-warnings': { type: 'string' },
  'exit-zero': { type: 'boolean' },
  config: { type: 'string' },
  cache: { type: 'boolean' },
  'cache-location': { type: 'string' },
  debug: { type: 'string' },
} as const;

/** Understands what was typed after `perf-hints audit`. Throws a {@link UsageError} for what it can't carry out. */
export function readAuditArguments(values: OptionValues, paths: readonly string[]): AuditArguments {
  const list = (name: 'only' | 'skip') => values.texts(name).flatMap((value) => value.split(','));
  const severity = oneOf(severities, '--severity', values.text('severity'));
  const fix = values.isSet('fix-dry-run') ? 'dry-run' : values.isSet('fix') ? 'write' : 'none';
  if (values.isSet('unsafe-fixes') && fix === 'none') {
    throw new UsageError('--unsafe-fixes needs --fix or --fix-dry-run');
  }
  oneOf(['timings'], '--debug', values.text('debug'));
  const configFile = values.text('config');
  const location = values.text('cache-location');
  const isCached = values.isSet('cache') || location !== undefined;
  return {
    command: 'audit',
    paths: paths.length > 0 ? paths : ['.'],
    format: oneOf(formats, '--format', values.text('format')) ?? 'text',
    rules: chosenRules(list('only'), list('skip')),
    endpoints: !values.isSet('only'),
    shown: severity ?? 'hint',
    failing: severity ?? 'warning',
    fix,
    unsafeFixes: values.isSet('unsafe-fixes'),
    maxWarnings: wholeNumber('--max-warnings', values.text('max-warnings')) ?? 0,
    exitZero: values.isSet('exit-zero'),
    ...(configFile === undefined ? {} : { configFile }),
    ...(isCached ? { cache: location === undefined ? {} : { location } } : {}),
    timings: values.isSet('debug'),
  };
}

function chosenRules(only: readonly string[], skip: readonly string[]): ReadonlySet<string> {
  const known = ruleMetas.map(({ id }) => id);
  for (const id of [...only, ...skip].map((each) => each.trim())) {
    if (!known.includes(id)) throw new UsageError(`unknown rule "${id}".${didYouMean(id, known)}`);
  }
  const skipped = new Set(skip.map((id) => id.trim()));
  const chosen = only.length > 0 ? only.map((id) => id.trim()) : known;
  return new Set(chosen.filter((id) => !skipped.has(id)));
}
