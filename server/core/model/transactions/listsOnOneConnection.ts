import type { CallFact, TypeScriptFacts } from '../../syntax/typescript/facts';
import type { PromiseListFact } from '../../syntax/typescript/promiseListFacts';
import type { Range } from '../../text/range';
import { isRare } from '../calls/callGraph';
import { runningFunction } from '../calls/fileCalls';
import { isBatchable, multiplied } from '../loops/multipliedQueries';
import type { Project } from '../project';
import type { Query } from '../queries/query';
import { isIn, transactionsAround } from './openedTransactions';

/** `Promise.all` of queries that all go over the one connection of an interactive transaction. */
export interface ListOnOneConnection {
  readonly file: string;
  readonly list: PromiseListFact;
  /** What it starts at once, each with the queries that are sent for it; at least two, or one that a loop repeats. */
  readonly started: readonly StartedMember[];
  /** The transaction is opened around the list; else the client is given, and known by its type or name. */
  readonly isOwn: boolean;
}

interface StartedMember {
  readonly member: Range;
  /** The queries written there, or those that the functions called there come to. */
  readonly queries: readonly Query[];
  /** A few rounds of a loop start it. */
  readonly repeated: boolean;
}

/**
 * The lists of a file that start several statements of one transaction. Not those that Prisma gathers into
 * one, nor loops over many elements: what each element costs weighs more, and is told as that.
 */
export function* listsOnOneConnection(file: string, project: Project): Iterable<ListOnOneConnection> {
  const facts = project.documents.get(file);
  if (facts?.kind !== 'typescript') return;
  for (const list of facts.promiseLists) {
    const started = list.members.flatMap((member) => startedIn(member, list, file, facts, project) ?? []);
    const isSeveral = started.length > 1 || started.some(({ repeated }) => repeated);
    if (!isSeveral || isGathered(started)) continue;
    yield { file, list, started, isOwn: transactionsAround(list.range, facts).length > 0 };
  }
}

function startedIn(
  member: Range,
  list: PromiseListFact,
  file: string,
  facts: TypeScriptFacts,
  project: Project,
): StartedMember | undefined {
  const own = project
    .queriesOf(file)
    .filter(({ call, client }) => client === 'transaction' && isIn(call.range, member))
    .filter(({ call }) => !transactionsAround(call.range, facts).some(({ range }) => isIn(range, list.range)));
  const looped = own.filter(({ call }) => call.loops.some(({ loop }) => isLoopIn(loop, member, facts)));
  if (looped.some((query) => multiplied(query, project)?.varies)) return undefined;
  const queries = own.length > 0 ? own : reachedFrom(member, list, file, facts, project);
  return queries.length > 0 ? { member, queries, repeated: looped.length > 0 } : undefined;
}

function isLoopIn(loop: number, member: Range, { loops }: TypeScriptFacts): boolean {
  const row = loops[loop];
  return row?.together === 'promise-all' && isIn(row.range, member);
}

/** The statements of the transaction around the list that functions called there send, each by the client it is given. */
function reachedFrom(
  member: Range,
  list: PromiseListFact,
  file: string,
  facts: TypeScriptFacts,
  project: Project,
): readonly Query[] {
  if (transactionsAround(list.range, facts).length === 0) return [];
  const body = project.calls.bodyOf({ file, function: runningFunction(list.function, facts) });
  return body.calls.flatMap(({ invocation, callee }) => {
    const isStarted = isIn(invocation.callee, member) && invocation.loops.length === 0;
    if (callee.kind !== 'function' || callee.cached || !isStarted || isRare(invocation)) return [];
    const { queries } = project.calls.reachOf(callee.place);
    return queries.flatMap(({ query, certain }) => {
      const isOfCaller =
        query.client === 'transaction' && transactionsAround(query.call.range, query.facts).length === 0;
      return certain && isOfCaller ? [query] : [];
    });
  });
}

/** All of one model's `findUnique`s, sent in one tick: Prisma makes one statement of them. */
function isGathered(started: readonly StartedMember[]): boolean {
  const queries = started.flatMap((member) => member.queries);
  const [first] = queries;
  return queries.every((query) => isBatchable(query) && query.model === first?.model && isSentFirst(query.call));
}

function isSentFirst({ loops }: CallFact): boolean {
  return !loops[0]?.awaitsBefore;
}
