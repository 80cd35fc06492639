import { batchQuery } from '../fixes/batchQuery';
import { findUniqueInstead } from '../fixes/findUniqueInstead';
import { includeRelation } from '../fixes/includeRelation';
import { chainOf, queryName } from '../model/calls/callChain';
import { loopPhrase } from '../model/loops/loopPhrase';
import { type MultipliedCall, multipliedCalls } from '../model/loops/multipliedCalls';
import { type MultipliedQuery, multiplied } from '../model/loops/multipliedQueries';
import { readsOfRecursion } from '../model/loops/recursiveReads';
import { countedRows } from '../model/queries/countedRows';
import { isInFieldOfLists } from '../model/resolvers/resolverReads';
import { defineRule } from './rule';

type Data = LoopData | CallData | RecursionData;

interface LoopData {
  readonly kind: 'loop';
  /** `post.findMany`, `$queryRaw`. */
  readonly query: string;
  /** `once for each element of \`users\``. */
  readonly rounds: string;
  readonly walks: boolean;
  readonly together: boolean;
  readonly nested: boolean;
}

interface CallData {
  readonly kind: 'call';
  /** The function that is called: `getUser`. */
  readonly name: string;
  readonly query: string;
  /** No branch decides about it. */
  readonly certain: boolean;
  /** How many queries of the code it comes to. */
  readonly queries: number;
  readonly rounds: string;
}

interface RecursionData {
  readonly kind: 'recursion';
  readonly name: string;
  readonly query: string;
  readonly rounds: string;
}

const READ_BEFORE = 'Read what the loop needs with one query before it (`in: […]`), and hand it on.';

/** N+1: a read that a loop sends once per element, or a function once per child. */
export const queryInLoop = defineRule<Data>({
  id: 'query-in-loop',
  title: 'A query for each element of a loop (N+1)',
  category: 'round-trips',
  severity: 'warning',
  fix: 'suggestion',
  runtimeOnly: true,

  check({ scope, report }) {
    for (const query of scope.queriesInLoops()) {
      if (query.effect !== 'read') continue;
      const found = multiplied(query, scope.project);
      if (!found?.varies) continue;
      report({
        at: { file: query.file, range: query.call.callee },
        severity: found.walks ? 'information' : 'warning',
        data: describe(found),
        related: [{ file: query.file, range: found.loop.head, message: 'the loop that runs it' }],
        // Of rows that are only counted, what is wanted is their number: `count-by-length` says so.
        fixes: (sources) =>
          found.walks || countedRows(query) || isInFieldOfLists(query, scope.project)
            ? []
            : [
                includeRelation(found, scope.project, sources),
                batchQuery(found, scope.project, sources),
                findUniqueInstead(found, sources),
              ],
      });
    }
    for (const found of multipliedCalls(scope, 'read')) {
      report({
        at: { file: found.file, range: found.invocation.callee },
        severity: found.isArguable ? 'information' : 'warning',
        data: describeCall(found),
        related: chainOf(found),
      });
    }
    for (const { file, recursion } of scope.recursions()) {
      const found = readsOfRecursion(file, recursion, scope.project);
      const [query] = found?.queries ?? [];
      if (!found || !query) continue;
      report({
        at: { file, range: recursion.callee },
        data: { kind: 'recursion', name: recursion.name, query: queryName(query), rounds: loopPhrase(found.loop) },
        related: found.queries.map(({ call }) => ({ file, range: call.callee, message: 'the read in each call' })),
      });
    }
  },

  message(data) {
    const { query, rounds } = data;
    if (data.kind === 'recursion') {
      return `\`${data.name}\` calls itself ${rounds} and reads \`${query}\` each time: a round trip for each node of the tree. Read a level at a time (\`in: […]\`), or the whole tree with a recursive query.`;
    }
    if (data.kind === 'call') {
      const called = `\`${data.name}\` is called ${rounds}`;
      if (data.queries > 1) {
        return `${called} and sends up to ${data.queries} queries each time, \`${query}\` among them. ${READ_BEFORE}`;
      }
      return `${called} and ${data.certain ? 'reads' : 'may read'} \`${query}\` each time: N queries. ${READ_BEFORE}`;
    }
    if (data.walks) {
      return `\`${query}\` walks a chain one row at a time, a round trip for each step. A recursive query (\`WITH RECURSIVE\` in \`$queryRaw\`) reads the whole chain at once.`;
    }
    const cost = data.together
      ? 'all at once, which also takes every connection of the pool'
      : 'and the loop waits for each round trip';
    return `\`${query}\` is sent ${rounds}${data.nested ? ', in nested loops' : ''}: N queries, ${cost}. Read what the loop needs with one query before it (\`in: […]\`), or include it in the query that reads the collection.`;
  },
});

function describe({ query, loop, innermost, depth, walks }: MultipliedQuery): LoopData {
  return {
    kind: 'loop',
    query: queryName(query),
    rounds: loopPhrase(loop),
    walks,
    together: innermost.together === 'promise-all' && depth === 1,
    nested: depth > 1,
  };
}

function describeCall({ invocation, reached, loop }: MultipliedCall): CallData {
  const read = reached.find(({ query }) => query.effect === 'read') ?? reached[0];
  return {
    kind: 'call',
    name: invocation.name,
    query: read ? queryName(read.query) : '',
    certain: read?.certain ?? false,
    queries: reached.length,
    rounds: loopPhrase(loop),
  };
}
