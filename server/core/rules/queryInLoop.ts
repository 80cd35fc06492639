import { batchQuery } from '../fixes/batchQuery';
import { findUniqueInstead } from '../fixes/findUniqueInstead';
import { includeRelation } from '../fixes/includeRelation';
import { loopPhrase } from '../model/loopPhrase';
import { type MultipliedQuery, multiplied } from '../model/multipliedQueries';
import { defineRule } from './rule';

interface Data {
  /** `post.findMany`, `$queryRaw`. */
  readonly query: string;
  /** `for each element of \`users\``. */
  readonly rounds: string;
  readonly walks: boolean;
  readonly together: boolean;
  readonly nested: boolean;
}

/** N+1: a read that a loop sends once per element. */
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
        fixes: (sources) =>
          found.walks
            ? []
            : [includeRelation(found, sources), batchQuery(found, sources), findUniqueInstead(found, sources)],
      });
    }
  },
  message: ({ query, rounds, walks, together, nested }) => {
    if (walks) {
      return `\`${query}\` walks a chain one row at a time, a round trip for each step. A recursive query (\`WITH RECURSIVE\` in \`$queryRaw\`) reads the whole chain at once.`;
    }
    const cost = together
      ? 'all at once, which also takes every connection of the pool'
      : 'and the loop waits for each round trip';
    return `\`${query}\` is sent ${rounds}${nested ? ', in nested loops' : ''}: N queries, ${cost}. Read what the loop needs with one query before it (\`in: […]\`), or include it in the query that reads the collection.`;
  },
});

function describe({ query, loop, innermost, depth, walks }: MultipliedQuery): Data {
  return {
    query: query.model ? `${query.model.accessor}.${query.operation}` : query.operation,
    rounds: loopPhrase(loop),
    walks,
    together: innermost.together === 'promise-all' && depth === 1,
    nested: depth > 1,
  };
}
