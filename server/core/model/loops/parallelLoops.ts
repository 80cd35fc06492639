import type { LoopFact, LoopUse, TypeScriptFacts } from '../../syntax/typescript/facts';
import type { Range } from '../../text/range';
import { isRare } from '../calls/callGraph';
import type { Project } from '../project';
import type { Query } from '../queries/query';
import { isIn, transactionsAround } from '../transactions/openedTransactions';
import { hasFewRounds } from './collectionSize';
import { loopRows } from './loopRounds';
import { isToldOf, multipliedCall } from './multipliedCalls';
import { isBatchable, multiplied } from './multipliedQueries';
import { isOverPart } from './partialLists';
import { readsOfRecursion } from './recursiveReads';

/** A loop that starts queries for all elements of a list at once, which nothing else is told about. */
export interface ParallelLoop {
  readonly file: string;
  /** Its row in `loops`. */
  readonly index: number;
  readonly loop: LoopFact;
  /** What each round sends, the nearest first. */
  readonly queries: readonly Query[];
  /** The function by which it does, where that is another one. */
  readonly by?: string;
  /** Each round opens an interactive transaction of its own. */
  readonly opensTransactions: boolean;
}

/**
 * The loops of a file whose rounds all go on at once, send queries in each, and have no bound that can be
 * seen: no chunks or pages, no limiter, no handful of elements, not what belongs to one row. Not where a query of theirs is told by itself.
 */
export function* parallelLoops(file: string, project: Project): Iterable<ParallelLoop> {
  const facts = project.documents.get(file);
  if (facts?.kind !== 'typescript') return;
  for (const [index, loop] of facts.loops.entries()) {
    if (loop.together !== 'promise-all' || loop.limited || loop.lengthAsked) continue;
    if (hasFewRounds(loop, file, facts, project) || isOverPart(loop, file, facts, project)) continue;
    const found = sentBy(index, loop, file, facts, project);
    if (found) yield found;
  }
}

function sentBy(
  index: number,
  loop: LoopFact,
  file: string,
  facts: TypeScriptFacts,
  project: Project,
): ParallelLoop | undefined {
  const isInLoop = ({ loops }: { readonly loops: readonly { readonly loop: number }[] }) =>
    loops.some((use) => use.loop === index);
  const own = project.queriesOf(file).filter(({ call }) => isInLoop(call));
  const calls = project.calls.callsInLoops(file).filter(({ invocation }) => isInLoop(invocation));
  if (own.some((query) => multiplied(query, project) && !query.call.madeElsewhere)) return undefined;
  for (const call of calls) {
    const found = multipliedCall(file, facts, call, project);
    if (found && isToldOf(found)) return undefined;
  }
  if (facts.recursions.some((recursion) => isInLoop(recursion) && readsOfRecursion(file, recursion, project))) {
    return undefined;
  }
  const opens = (query: Query, within?: Range) =>
    transactionsAround(query.call.range, query.facts).some(({ range }) => !within || isIn(range, within));
  const sent = own.filter((query) => isSent(query, index, facts) && (isPlain(query) || opens(query, loop.range)));
  if (sent.length > 0) {
    return { file, index, loop, queries: sent, opensTransactions: sent.some((query) => opens(query, loop.range)) };
  }
  for (const { invocation, callee } of calls) {
    if (callee.kind !== 'function' || callee.cached || isRare(invocation) || invocation.conditional) continue;
    const { queries } = project.calls.reachOf(callee.place);
    const reached = queries.flatMap(({ query, certain }) =>
      certain && !isBatchable(query) && (isPlain(query) || opens(query)) ? [query] : [],
    );
    if (reached.length === 0) continue;
    const opensTransactions = reached.some((query) => opens(query));
    return { file, index, loop, queries: reached, by: invocation.name, opensTransactions };
  }
  return undefined;
}

/**
 * True if Prisma makes one statement of a read of all rounds, since they send it in the same tick: a few at a time,
 * it would be one for every few.
 */
export function gathersReads(file: string, index: number, project: Project): boolean {
  const facts = project.documents.get(file);
  if (facts?.kind !== 'typescript') return false;
  const isFirst = ({ loops }: { readonly loops: readonly LoopUse[] }) => {
    const [row] = loopRows(loops, facts);
    return row?.use.loop === index && !row.use.awaitsBefore;
  };
  // Not over the connections of several transactions.
  const isGathered = (query: Query) => query.client !== 'transaction' && isBatchable(query);
  if (project.queriesOf(file).some((query) => isFirst(query.call) && isGathered(query))) return true;
  return project.calls.callsInLoops(file).some(({ invocation, callee }) => {
    if (callee.kind !== 'function' || !isFirst(invocation)) return false;
    return project.calls.reachOf(callee.place).queries.some(({ query, sameTick }) => sameTick && isGathered(query));
  });
}

/** True for what is sent in each round: no write that is put off, no read that Prisma gathers. */
function isSent({ call, ...query }: Query, index: number, facts: TypeScriptFacts): boolean {
  if (isRare(call) || call.deferred || call.conditional) return false;
  const [row] = loopRows(call.loops, facts);
  return !(row?.use.loop === index && !row.use.awaitsBefore && isBatchable({ call, ...query }));
}

/** Not of a transaction that is open already. */
function isPlain({ client }: Query): boolean {
  return client === 'client' || client === 'unknown';
}
