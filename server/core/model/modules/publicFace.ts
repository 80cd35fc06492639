import type { FunctionFact, TypeScriptFacts } from '../../syntax/typescript/facts';

/** True if two versions of a file look the same to the files that import it, places aside. */
export function sameFace(before: TypeScriptFacts, after: TypeScriptFacts): boolean {
  return (
    same(before.modules, after.modules) &&
    same(before.exports, after.exports) &&
    same(before.classes, after.classes) &&
    before.functions.length === after.functions.length &&
    before.functions.every((fn, index) => sameFunction(fn, after.functions[index])) &&
    same(calledParameters(before), calledParameters(after))
  );
}

function sameFunction(before: FunctionFact, after: FunctionFact | undefined): boolean {
  return (
    after !== undefined &&
    before.asksCacheFirst === after.asksCacheFirst &&
    same(before.returns, after.returns) &&
    same(before.asks, after.asks)
  );
}

/** What wrappers do with the functions they are given. */
function calledParameters({ invocations }: TypeScriptFacts): unknown {
  return invocations.map(({ target }) => target).filter(({ kind }) => kind === 'parameter');
}

/** Goes through whole values at every keystroke: no list of their keys is made for it. */
function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((element, index) => same(element, b[index]));
  }
  if (!isRecord(a) || !isRecord(b) || Array.isArray(b)) return false;
  let more = 0;
  for (const key in a) {
    if (key !== 'range' && key !== 'keyRange' && !(key in b && same(a[key], b[key]))) return false;
    more++;
  }
  for (const _ in b) more--;
  return more === 0;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
