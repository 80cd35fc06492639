import type { InvocationFact, LoopFact, TypeScriptFacts } from '../syntax/typescript/facts';
import type { Call, ReachedQuery } from './callGraph';
import { type LoopRow, loopRows, runsPerElement } from './loopRounds';
import { isBatchable } from './multipliedQueries';
import type { Project } from './project';
import { propertiesOf } from './whereShape';

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
  /** An argument, or the receiver, uses something that changes from round to round. */
  readonly varies: boolean;
}

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
  if (callee.kind !== 'function' || callee.cached || invocation.inCatch || isRecursion(invocation, facts)) {
    return undefined;
  }
  const rows = loopRows(invocation.loops, facts);
  const multiplyingOf = (found: ReachedQuery): readonly LoopRow[] => {
    const outer = rows[0] && isBatchedThere(found, rows[0]) ? rows.slice(1) : rows;
    return outer.filter((row) => multiplies(found, row, file, facts, project));
  };
  const multiplied = project.calls
    .reachOf(callee.place)
    .queries.map((found) => ({ found, rows: multiplyingOf(found) }))
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
    varies: most.some(({ use }) => use.varies),
  };
}

function isRecursion({ callee }: InvocationFact, { recursions }: TypeScriptFacts): boolean {
  return recursions.some((recursion) => recursion.callee.start === callee.start);
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
  file: string,
  facts: TypeScriptFacts,
  project: Project,
): boolean {
  const { loop, use } = row;
  const options = query.args ? propertiesOf(query.args).map(({ key }) => key) : [];
  const readsPages = options.some((key) => key === 'skip' || key === 'cursor' || key === 'take');
  const walks = use.followsItself && /^find(Unique|First)/.test(query.operation);
  const isPerElement = () => !readsPages && (loop.kind === 'for' || loop.takesItems || walks);
  return runsPerElement(row, file, facts, project, isPerElement);
}
