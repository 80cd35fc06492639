import type { DocumentFacts } from '../../syntax/documentFacts';
import type { CompilerOption } from '../../syntax/json/tsconfigSettings';
import type { Range } from '../../text/range';
import { askedMajor } from './askedVersions';
import { type Tsconfig, tsconfigsOf } from './tsconfigs';

/** A compiler option, as a configuration sets it, that TypeScript 7 does not accept. */
export interface RefusedOption {
  readonly name: string;
  /** As it is written where only this value is refused: `"ES5"`. */
  readonly value?: string;
  readonly range: Range;
}

/** By the errors of TypeScript 7.0.2: every value of these … */
const REFUSED = new Set([
  'baseUrl',
  'outFile',
  'downlevelIteration',
  'charset',
  'importsNotUsedAsValues',
  'keyofStringsOnly',
  'noImplicitUseStrict',
  'noStrictGenericChecks',
  'out',
  'preserveValueImports',
  'suppressExcessPropertyErrors',
  'suppressImplicitAnyIndexErrors',
]);

/** … and these values, in small letters. */
const REFUSED_VALUES: Readonly<Record<string, readonly unknown[]>> = {
  target: ['es3', 'es5'],
  module: ['none', 'amd', 'umd', 'system'],
  moduleResolution: ['node', 'node10', 'classic'],
  esModuleInterop: [false],
  allowSyntheticDefaultImports: [false],
  alwaysStrict: [false],
};

/** Who is still with an older one has other things to do first. */
const FIRST_MODERN = 5;

/**
 * Returns the options of a configuration that TypeScript 7 refuses, whether or not `ignoreDeprecations` hides it from
 * version 6; none where every project that has them from there sets its own value, or where an older compiler is used.
 */
export function refusedOptions(
  { file, facts }: Tsconfig,
  documents: ReadonlyMap<string, DocumentFacts>,
): readonly RefusedOption[] {
  const refused = Object.entries(facts.settings.options).flatMap(([name, option]) => refusal(name, option) ?? []);
  if (refused.length === 0 || (askedMajor(documents, file, 'typescript') ?? FIRST_MODERN) < FIRST_MODERN) return [];
  const { projects } = tsconfigsOf(documents);
  const users = projects.filter((project) => project.file === file || project.bases.includes(file));
  const counts = (name: string) => users.length === 0 || users.some(({ options }) => options.get(name)?.file === file);
  return refused.filter(({ name }) => counts(name));
}

function refusal(name: string, { value, range }: CompilerOption): RefusedOption | undefined {
  if (value === null) return undefined;
  if (REFUSED.has(name)) return { name, range };
  const plain = typeof value === 'string' ? value.toLowerCase() : value;
  return REFUSED_VALUES[name]?.includes(plain) ? { name, value: JSON.stringify(value), range } : undefined;
}
