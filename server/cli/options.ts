import { didYouMean } from '../core/text/nearestWord';
import { UsageError } from './usageError';

export const formats = ['text', 'json', 'markdown'] as const;
export type Format = (typeof formats)[number];

/** The options of a command, as `parseArgs` of Node wants them. */
export type OptionTable = Readonly<Record<string, { readonly type: 'string' | 'boolean' }>>;

/** What was typed for each option: its last value, or all of them in order. */
export interface OptionValues {
  isSet(name: string): boolean;
  text(name: string): string | undefined;
  texts(name: string): readonly string[];
}

/** An option as it was typed, or a word that is none. */
export type Token =
  | { readonly kind: 'option'; readonly name: string; readonly rawName: string; readonly value?: string | undefined }
  | { readonly kind: 'positional' | 'option-terminator' };

/** Checks that a command has these options; returns their values. Throws a {@link UsageError}. */
export function readOptions(table: OptionTable, tokens: readonly Token[]): OptionValues {
  const values = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const { name, rawName, value } = token;
    const known = Object.hasOwn(table, name) ? table[name] : undefined;
    if (!known) {
      const names = Object.keys(table).map((each) => `--${each}`);
      throw new UsageError(`unknown flag "${rawName}".${didYouMean(rawName, names) || ' See perf-hints --help.'}`);
    }
    if (known.type === 'boolean' && value !== undefined) throw new UsageError(`${rawName} takes no value`);
    if (known.type === 'string' && (value ?? '') === '') throw new UsageError(`${rawName} needs a value`);
    values.set(name, [...(values.get(name) ?? []), value ?? '']);
  }
  return {
    isSet: (name) => values.has(name),
    text: (name) => values.get(name)?.at(-1),
    texts: (name) => values.get(name) ?? [],
  };
}

/** Returns the word that was typed if it is allowed. Throws a {@link UsageError} if not. */
export function oneOf<T extends string>(allowed: readonly T[], flag: string, value: string | undefined): T | undefined {
  if (value === undefined) return undefined;
  const found = allowed.find((each) => each === value);
  if (found === undefined) {
    throw new UsageError(`${flag} can be ${allowed.join(', ')}, not "${value}".${didYouMean(value, allowed)}`);
  }
  return found;
}

/** Returns the number that was typed. Throws a {@link UsageError} if it is none, or less than the least. */
export function wholeNumber(flag: string, value: string | undefined, least = 0): number | undefined {
  if (value === undefined) return undefined;
  if (!/^\d+$/.test(value)) throw new UsageError(`${flag} must be a whole number, not "${value}"`);
  if (Number(value) < least) throw new UsageError(`${flag} must be at least ${least}, not ${value}`);
  return Number(value);
}
