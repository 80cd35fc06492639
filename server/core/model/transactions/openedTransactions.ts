import type { CallFact, TypeScriptFacts } from '../../syntax/typescript/facts';
import type { Range } from '../../text/range';

/** The interactive transactions around a place in a file, whose callbacks it stands in: the calls of `$transaction`. */
export function transactionsAround(place: Range, { calls }: TypeScriptFacts): readonly CallFact[] {
  return calls.filter((call) => isInteractive(call) && isIn(place, call.range));
}

/** True for `$transaction(async (tx) => …)`; a list of queries is a batch, which nobody waits in. */
export function isInteractive({ name, arguments: given }: CallFact): boolean {
  return name === '$transaction' && given[0]?.kind === 'function';
}

/** True if the first stretch of a text lies in the second. */
export function isIn(inner: Range, { start, end }: Range): boolean {
  return start <= inner.start && inner.end <= end;
}
