import { type Node, type ParseError, parseTree } from 'jsonc-parser';
import type { Range } from '../../text/range';
import { elementsOf, propertyOf } from './jsonText';

/** A compiler option as one configuration sets it. */
export interface CompilerOption {
  /** A scalar or a list of strings; absent for what is neither (`paths`, `plugins`). `null` unsets what is inherited. */
  readonly value?: string | number | boolean | null | readonly string[];
  /** From its name to the end of its value. */
  readonly range: Range;
}

/** What a `tsconfig.json` itself says, and where. */
export interface TsconfigSettings {
  readonly options: Readonly<Record<string, CompilerOption>>;
  /** Of `compilerOptions`, `extends`, `include`, `exclude`, `files`: from the name to the end of the value. */
  readonly places: Readonly<Partial<Record<TsconfigPart, Range>>>;
  /** Where the finding of what is missing stands: the name `compilerOptions`, else `extends`, else the first brace. */
  readonly head: Range;
  /** The text is no JSON: what is not seen may be there. */
  readonly isBroken?: true;
}

export type TsconfigPart = 'compilerOptions' | 'extends' | 'include' | 'exclude' | 'files';

const PARTS: readonly TsconfigPart[] = ['compilerOptions', 'extends', 'include', 'exclude', 'files'];

/** Reads what a `tsconfig.json` sets, with its places. Broken text gives fewer settings, never an exception. */
export function readTsconfigSettings(text: string): TsconfigSettings {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  const parts = PARTS.flatMap((name) => {
    const value = propertyOf(root, name);
    return value?.parent ? [{ name, property: value.parent }] : [];
  });
  const named = parts.find(({ name }) => name === 'compilerOptions' || name === 'extends')?.property.children?.[0];
  const start = root?.offset ?? 0;
  return {
    options: optionsOf(propertyOf(root, 'compilerOptions')),
    places: Object.fromEntries(parts.map(({ name, property }) => [name, rangeOf(property)])),
    head: named ? rangeOf(named) : { start, end: Math.min(start + 1, text.length) },
    ...(errors.length > 0 || root?.type !== 'object' ? { isBroken: true } : {}),
  };
}

function optionsOf(node: Node | undefined): Readonly<Record<string, CompilerOption>> {
  if (node?.type !== 'object') return {};
  return Object.fromEntries(
    (node.children ?? []).flatMap((property): [string, CompilerOption][] => {
      const [name, value] = property.children ?? [];
      if (typeof name?.value !== 'string' || !value) return [];
      return [[name.value, { ...readValue(value), range: rangeOf(property) }]];
    }),
  );
}

function readValue(node: Node): Pick<CompilerOption, 'value'> {
  if (node.type === 'object') return {};
  if (node.type !== 'array') return { value: node.value };
  const elements = elementsOf(node).map(({ value }): unknown => value);
  return elements.every((element) => typeof element === 'string') ? { value: elements } : {};
}

function rangeOf({ offset, length }: Node): Range {
  return { start: offset, end: offset + length };
}
