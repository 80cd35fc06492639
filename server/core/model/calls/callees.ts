import type { TypeScriptFacts, Value } from '../../syntax/typescript/facts';
import type { Definition, Definitions } from '../modules/definitions';

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

/** Functions of libraries that give back a function which runs the one they are given, without dashes: `expressasynchandler`. */
const WRAPPERS =
  /^(cache|unstable_cache|memo|memoize|memoizee|memoizeone|pmemoize|once|asynchandler|expressasynchandler|wrapasync|catchasync|traced|wraptraced)$/i;
/** Those of them, and of the workspace's own, that keep answers by key. React's `cache` only lasts for one request. */
const CACHING = /unstable_cache|memo|cached|withCache|cacheable|withTtl/i;
const MAX_DEPTH = 8;

const EXTERNAL: Callee = { kind: 'external' };
const UNKNOWN: Callee = { kind: 'unknown' };

/** Makes the function that tells what calling a value runs, through imports, methods, wrappers and `bind`. */
export function createCallees(definitions: Definitions): (callee: Definition) => Callee {
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
      case 'member':
        return isForeign(target) ? EXTERNAL : UNKNOWN;
      case 'import':
      case 'global':
        // Also an export that can't be found: it lies in a file that was not worth parsing.
        return EXTERNAL;
      case 'either':
        return onlyOne(value.options.filter(({ kind }) => kind !== 'undefined').map(at));
      default:
        return UNKNOWN;
    }
  };

  /** True for what a library or the language itself has made: its methods are not written here. */
  const isForeign = (definition: Definition, depth = 0): boolean => {
    if (depth > MAX_DEPTH) return false;
    const { file, facts, value } = definitions.resolve(definition);
    const at = (inner: Value): boolean => isForeign({ file, facts, value: inner }, depth + 1);
    switch (value.kind) {
      case 'global':
      case 'import':
      case 'literal':
      case 'array':
        return true;
      case 'member':
        return at(value.object);
      case 'call':
      case 'new':
        return at(value.callee);
      case 'instance':
        return at(value.type);
      case 'parameter':
        return value.type !== undefined && at(value.type);
      case 'either':
        return value.options.every(at);
      default:
        return value.kind === 'undefined';
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
    return WRAPPERS.test(nameOf(value)) && isForeign({ file, facts, value });
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

/** By what a function is called; a package's only export by the package. */
function nameOf(value: Value): string {
  if (value.kind === 'import' && (value.name === 'default' || value.name === '*')) {
    return value.module.slice(value.module.lastIndexOf('/') + 1).replaceAll('-', '');
  }
  return value.kind === 'import' || value.kind === 'member' || value.kind === 'global' ? value.name : '';
}
