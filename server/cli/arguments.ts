import { parseArgs } from 'node:util';
import { didYouMean } from '../core/text/nearestWord';
import { type AuditArguments, auditOptions, readAuditArguments } from './auditArguments';
import { type OptionTable, readOptions } from './options';
import { readTypeCheckArguments, type TypeCheckArguments, typeCheckOptions } from './typeCheckArguments';
import { UsageError } from './usageError';

/** A command line, understood. */
export type Arguments = { readonly command: 'help' | 'version' } | AuditArguments | TypeCheckArguments;

const commonOptions = { help: { type: 'boolean', short: 'h' }, version: { type: 'boolean', short: 'v' } } as const;
const commands = ['audit', 'type-check'];

/** Reads the arguments after `perf-hints`. Throws a {@link UsageError} for what it can't carry out. */
export function readArguments(argv: readonly string[]): Arguments {
  const { values, positionals, tokens } = parseArgs({
    args: [...argv],
    options: { ...auditOptions, ...typeCheckOptions, ...commonOptions },
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const [command, ...paths] = positionals;
  const options: OptionTable = { ...(command === 'type-check' ? typeCheckOptions : auditOptions), ...commonOptions };
  const read = readOptions(options, tokens);
  if (values.help) return { command: 'help' };
  if (values.version) return { command: 'version' };
  if (command === 'audit') return readAuditArguments(read, paths);
  if (command === 'type-check') return readTypeCheckArguments(read, paths);
  if (command === undefined) throw new UsageError('no command given: try "perf-hints audit", or --help');
  throw new UsageError(`unknown command "${command}".${didYouMean(command, commands) || ' Try "perf-hints audit".'}`);
}
