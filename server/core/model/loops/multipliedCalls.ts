import type { InvocationFact, LoopFact, TypeScriptFacts } from '../../syntax/typescript/facts';
import { type Call, isRare, type ReachedQuery } from '../calls/callGraph';
import type { Project } from '../project';
import { propertiesOf } from '../queries/whereShape';
import type { Scope } from '../scope';
import { type LoopRow, loopRows, runsPerElement } from './loopRounds';
import { isBatchable } from './multipliedQueries';

/** A call that a loop makes again and again, and that comes to queries each time. */
export interface MultipliedCall {
  readonly file: string;
  readonly invocation: InvocationFact;
  /** The queries that it multiplies, nearest first; at least one. */
  readonly reached: readonly ReachedQuery[];
  /** The outermost loop that multiplies it. */
  readonly loop: LoopFact;
  /** All that do, outermost first. */
  readonly loops: readonly LoopFact[];
  /**
   * It does a whole piece of work each time, of which the queries are a part, they lie far away, or a
   * branch decides about them: no single query before the loop is sure to replace them.
   */
  readonly isArguable: boolean;
  /** An argument, or the receiver, uses something that changes from round to round. */
  readonly varies: boolean;
}

const MAX_QUERIES_AT_ONCE = 3;
const NEAR = 1;

/**
 * Tells if a loop makes a call cost round trips per element, by what the function comes to; undefined
 * where it comes to no query, or no loop multiplies it. A function that calls itself is a recursion.
 */
export function multipliedCall(
  file: string,
  facts: TypeScriptFacts,
  { invocation, callee }: Call,
  project: Project,
): MultipliedCall | undefined {
  if (callee.kind !== 'function' || callee.cached || isRare(invocation) || isRecursion(invocation, facts)) {
    return undefined;
  }
  const rows = loopRows(invocation.loops, facts);
  const { queries } = project.calls.reachOf(callee.place);
  const isPage = queries.some(readsPage);
  const multiplyingOf = (found: ReachedQuery): readonly LoopRow[] => {
    const outer = rows[0] && isBatchedThere(found, rows[0]) ? rows.slice(1) : rows;
    return outer.filter((row) => multiplies(found, row, isPage, file, facts, project));
  };
  const multiplied = queries
    .map((found) => ({ found, rows: multiplyingOf(found) }))
    .filter((entry) => entry.rows.length > 0);
  const most = multiplied.reduce<readonly LoopRow[]>(
    (best, entry) => (entry.rows.length > best.length ? entry.rows : best),
    [],
  );
  const outermost = most.at(-1);
  if (!outermost) return undefined;
  return {
    file,
    invocation,
    reached: multiplied.map(({ found }) => found),
    loop: outermost.loop,
    loops: most.map(({ loop }) => loop).reverse(),
    isArguable:
      multiplied.length > MAX_QUERIES_AT_ONCE ||
      !multiplied.some(({ found }) => found.certain && found.path.length <= NEAR),
    varies: most.some(({ use }) => use.varies),
  };
}

function isRecursion({ callee }: InvocationFact, { recursions }: TypeScriptFacts): boolean {
  return recursions.some((recursion) => recursion.callee.start === callee.start);
}

/**
 * The calls in the loops of a scope that come to reads, or that come to writes alone: one for each loop
 * and nearest query, however often the loop calls what leads there.
 */
export function* multipliedCalls(scope: Scope, effect: 'read' | 'write'): Iterable<MultipliedCall> {
  const told = new Set<string>();
  for (const { file, facts, call } of scope.callsInLoops()) {
    const found = multipliedCall(file, facts, call, scope.project);
    if (!found || !isToldOf(found) || reads(found) !== (effect === 'read')) continue;
    const [nearest] = found.reached;
    const key = [file, found.loop.range.start, nearest?.query.file, nearest?.query.call.range.start].join('\n');
    if (told.has(key)) continue;
    told.add(key);
    yield found;
  }
}

/** True for a call that is a finding by itself, as a read or as a write for each element. */
export function isToldOf(found: MultipliedCall): boolean {
  return found.varies && (reads(found) || !isPartOfWork(found));
}

function reads({ reached }: MultipliedCall): boolean {
  return reached.some(({ query }) => query.effect === 'read');
}

/**
 * What is done for each element anyway outweighs the writes that keep a record of it; a claim of it, or
 * a statement that can't be seen, is such work too.
 */
function isPartOfWork({ invocation, reached }: MultipliedCall): boolean {
  if (invocation.loops[0]?.effectsBefore === true) return true;
  if (invocation.decides && reached.some(({ query }) => /Many|^\$/.test(query.operation))) return true;
  return reached.every(({ query, afterOther }) => afterOther || query.call.madeElsewhere);
}

/** `Promise.all(ids.map((id) => getUser(id)))`, where `getUser` sends its `findUnique` at once. */
function isBatchedThere({ query, sameTick }: ReachedQuery, { use, loop }: LoopRow): boolean {
  return (
    loop.together !== undefined && !use.awaitsBefore && sameTick && query.call.loops.length === 0 && isBatchable(query)
  );
}

function multiplies(
  { query }: ReachedQuery,
  row: LoopRow,
  isPage: boolean,
  file: string,
  facts: TypeScriptFacts,
  project: Project,
): boolean {
  const { loop, use } = row;
  const walks = use.followsItself && /^find(Unique|First)/.test(query.operation);
  const isPerElement = () => !isPage && (loop.kind === 'for' || loop.takesItems || walks);
  return runsPerElement(row, file, facts, project, isPerElement);
}

/** One page of many: a loop around it that goes through no collection reads page after page. */
function readsPage({ query: { args } }: ReachedQuery): boolean {
  return args !== undefined && propertiesOf(args).some(({ key }) => /^(skip|cursor|take)$/.test(key));
}
