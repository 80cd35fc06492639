import { parseArgs } from 'node:util';
import type { Severity } from '../core/rules/rule';
import { ruleMetas } from '../core/rules/ruleMetas';
import { didYouMean } from '../core/text/nearestWord';
import { UsageError } from './usageError';

export const severities: readonly Severity[] = ['warning', 'information', 'hint'];
export const formats = ['text', 'json', 'markdown'] as const;
export type Format = (typeof formats)[number];

/** A command line, understood. */
export type Arguments = { readonly command: 'help' | 'version' } | AuditArguments;

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

const options = {
  format: { type: 'string' },
  only: { type: 'string', multiple: true },
  skip: { type: 'string', multiple: true },
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
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const;

const commands = ['audit'];

/** Reads the arguments after `perf-hints`. Throws a {@link UsageError} for what it can't carry out. */
export function readArguments(argv: readonly string[]): Arguments {
  const { values, positionals, tokens } = parseArgs({
    args: [...argv],
    options,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind === 'option') checkOption(token.name, token.rawName, token.value);
  }
  if (values.help) return { command: 'help' };
  if (values.version) return { command: 'version' };
  const [command, ...paths] = positionals;
  if (command === undefined) throw new UsageError('no command given: try "perf-hints audit", or --help');
  if (!commands.includes(command)) {
    throw new UsageError(`unknown command "${command}".${didYouMean(command, commands) || ' Try "perf-hints audit".'}`);
  }
  const text = (name: 'format' | 'severity' | 'max-warnings' | 'config' | 'cache-location' | 'debug') =>
    values[name]?.toString();
  const list = (name: 'only' | 'skip') => (values[name] ?? []).flatMap((value) => String(value).split(','));
  const severity = oneOf(severities, '--severity', text('severity'));
  const fix = values['fix-dry-run'] ? 'dry-run' : values.fix ? 'write' : 'none';
  if (values['unsafe-fixes'] && fix === 'none') throw new UsageError('--unsafe-fixes needs --fix or --fix-dry-run');
  oneOf(['timings'], '--debug', text('debug'));
  const configFile = text('config');
  const location = text('cache-location');
  const isCached = values.cache === true || location !== undefined;
  return {
    command: 'audit',
    paths: paths.length > 0 ? paths : ['.'],
    format: oneOf(formats, '--format', text('format')) ?? 'text',
    rules: chosenRules(list('only'), list('skip')),
    endpoints: values.only === undefined,
    shown: severity ?? 'hint',
    failing: severity ?? 'warning',
    fix,
    unsafeFixes: values['unsafe-fixes'] === true,
    maxWarnings: wholeNumber('--max-warnings', text('max-warnings')),
    exitZero: values['exit-zero'] === true,
    ...(configFile === undefined ? {} : { configFile }),
    ...(isCached ? { cache: location === undefined ? {} : { location } } : {}),
    timings: text('debug') === 'timings',
  };
}

function checkOption(name: string, typed: string, value: string | undefined): void {
  const known = Object.hasOwn(options, name) ? options[name as keyof typeof options] : undefined;
  if (!known) {
    const names = Object.keys(options).map((each) => `--${each}`);
    throw new UsageError(`unknown flag "${typed}".${didYouMean(typed, names) || ' See perf-hints --help.'}`);
  }
  if (known.type === 'boolean' && value !== undefined) throw new UsageError(`${typed} takes no value`);
  if (known.type === 'string' && (value ?? '') === '') throw new UsageError(`${typed} needs a value`);
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

function oneOf<T extends string>(allowed: readonly T[], flag: string, value: string | undefined): T | undefined {
  if (value === undefined) return undefined;
  const found = allowed.find((each) => each === value);
  if (found === undefined) {
    throw new UsageError(`${flag} can be ${allowed.join(', ')}, not "${value}".${didYouMean(value, allowed)}`);
  }
  return found;
}

function wholeNumber(flag: string, value: string | undefined): number {
  if (value !== undefined && !/^\d+$/.test(value))
    throw new UsageError(`${flag} must be a whole number, not "${value}"`);
  return Number(value ?? 0);
}
