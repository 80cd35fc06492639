import type { TypeScriptFacts, Value } from '../syntax/typescript/facts';
import type { Definition, Definitions } from './definitions';
import type { ModuleResolver } from './moduleResolution';

/** One function of the workspace: its row in the `functions` of a file. */
export interface FunctionPlace {
  readonly file: string;
  readonly function: number;
}

/** What a call runs. */
export type Callee =
  | {
      readonly kind: 'function';
      readonly place: FunctionPlace;
      /** Asked again with the same arguments, it answers from a cache. */
      readonly cached: boolean;
    }
  /** A library's function, or the language's own: it sends no query of this workspace by itself. */
  | { readonly kind: 'external' }
  /** It can't be told: a parameter, one of several, something computed. */
  | { readonly kind: 'unknown' };

/** Functions of libraries that give back a function which runs the one they are given. */
const WRAPPERS =
  /^(cache|unstable_cache|unstable_noStore|memo|memoize|memoizee|pMemoize|once|asyncHandler|expressAsyncHandler|wrapAsync|catchAsync|handler|wrap|bindTo|traced|observe|wrapTraced|withSpan)$/;
/** Those of them, and of the workspace's own, that keep answers by key. React's `cache` only lasts for one request. */
const CACHING = /unstable_cache|memo|cached|withCache|cacheable|withTtl/i;
const MAX_DEPTH = 8;

const EXTERNAL: Callee = { kind: 'external' };
const UNKNOWN: Callee = { kind: 'unknown' };

/** Makes the function that tells what calling a value runs, through imports, methods, wrappers and `bind`. */
export function createCallees(definitions: Definitions, modules: ModuleResolver): (callee: Definition) => Callee {
  const resolve = (definition: Definition, depth = 0): Callee => {
    if (depth > MAX_DEPTH) return UNKNOWN;
    const target = definitions.resolve(definition);
    const { file, facts, value } = target;
    const at = (inner: Value): Callee => resolve({ file, facts, value: inner }, depth + 1);
    switch (value.kind) {
      case 'function':
        return {
          kind: 'function',
          place: { file, function: value.function },
          cached: facts.functions[value.function]?.asksCacheFirst === true,
        };
      case 'call':
        return made(target, value, depth);
      case 'import':
        return modules.resolve(file, value.module) === undefined ? EXTERNAL : UNKNOWN;
      case 'global':
        return EXTERNAL;
      case 'member':
        return at(value.object).kind === 'external' ? EXTERNAL : UNKNOWN;
      case 'either':
        return onlyOne(value.options.filter(({ kind }) => kind !== 'undefined').map(at));
      default:
        return UNKNOWN;
    }
  };

  /** What a call of `wrap(fn)`, `fn.bind(this)`, `cache(fn)` runs. */
  const made = ({ file, facts }: Definition, value: Value & { kind: 'call' }, depth: number): Callee => {
    const at = (inner: Value): Callee => resolve({ file, facts, value: inner }, depth + 1);
    const { callee } = value;
    if (callee.kind === 'member' && callee.name === 'bind') return at(callee.object);
    const wrapper = definitions.resolve({ file, facts, value: callee });
    const given = value.arguments.flatMap((argument, index) => {
      const callable = at(argument);
      return callable.kind === 'function' && runsArgument(wrapper, index) ? [callable] : [];
    });
    const only = given.length === 1 ? given[0] : undefined;
    if (!only) return UNKNOWN;
    return { ...only, cached: only.cached || CACHING.test(nameOf(callee)) };
  };

  /** True if the function that a wrapper gives back runs what the wrapper was given there. */
  const runsArgument = ({ file, facts, value }: Definition, index: number): boolean => {
    if (value.kind === 'function') return callsParameter(facts, value.function, index);
    const isForeign = value.kind === 'import' && modules.resolve(file, value.module) === undefined;
    const isForeignMember = value.kind === 'member' && value.object.kind !== 'this';
    return (isForeign || isForeignMember) && WRAPPERS.test(nameOf(value));
  };

  return (callee) => resolve(callee);
}

function callsParameter({ invocations }: TypeScriptFacts, fn: number, index: number): boolean {
  return invocations.some(
    ({ target }) => target.kind === 'parameter' && target.function === fn && target.index === index,
  );
}

function onlyOne(callees: readonly Callee[]): Callee {
  const [first, ...others] = callees;
  if (!first) return UNKNOWN;
  return others.every((other) => isSame(first, other)) ? first : UNKNOWN;
}

function isSame(a: Callee, b: Callee): boolean {
  if (a.kind !== 'function' || b.kind !== 'function') return a.kind === b.kind;
  return a.place.file === b.place.file && a.place.function === b.place.function;
}

function nameOf(value: Value): string {
  return value.kind === 'import' || value.kind === 'member' || value.kind === 'global' ? value.name : '';
}
