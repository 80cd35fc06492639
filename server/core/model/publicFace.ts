import type { FunctionFact, TypeScriptFacts } from '../syntax/typescript/facts';

/** True if two versions of a file look the same to the files that import it, places aside. */
export function sameFace(before: TypeScriptFacts, after: TypeScriptFacts): boolean {
  return (
    same(before.modules, after.modules) &&
    same(before.exports, after.exports) &&
    same(before.classes, after.classes) &&
    same(before.functions.map(faceOf), after.functions.map(faceOf)) &&
    same(calledParameters(before), calledParameters(after))
  );
}

function faceOf({ returns, asks, asksCacheFirst }: FunctionFact): unknown {
  return { returns, asks, asksCacheFirst };
}

/** What wrappers do with the functions they are given. */
function calledParameters({ invocations }: TypeScriptFacts): unknown {
  return invocations.map(({ target }) => target).filter(({ kind }) => kind === 'parameter');
}

const PLACES: ReadonlySet<string> = new Set(['range', 'keyRange']);

function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((element, index) => same(element, b[index]));
  }
  if (!isRecord(a) || !isRecord(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length && keys.every((key) => PLACES.has(key) || (key in b && same(a[key], b[key])))
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
