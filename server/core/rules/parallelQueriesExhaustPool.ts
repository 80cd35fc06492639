import { chunkParallel } from '../fixes/chunkParallel';
import { limitParallel } from '../fixes/limitParallel';
import { queryName } from '../model/calls/callChain';
import type { ParallelLoop } from '../model/loops/parallelLoops';
import { defineRule } from './rule';

interface Data {
  /** `` `customers` ``; absent where it is too long to be named. */
  readonly collection?: string;
  /** What each round does: `` `user.update` ``, or the function by which it does. */
  readonly does: string;
  readonly transactions: boolean;
}

/** A loop whose rounds all take a connection at once. */
export const parallelQueriesExhaustPool = defineRule<Data>({
  id: 'parallel-queries-exhaust-pool',
  title: 'Queries for a whole list at once',
  category: 'concurrency',
  severity: 'information',
  fix: 'suggestion',
  runtimeOnly: true,

  check({ scope, report }) {
    for (const found of scope.parallelLoops()) {
      report({
        at: { file: found.file, range: found.loop.head },
        data: describe(found),
        related: found.queries.slice(0, QUERIES_SHOWN).map(({ file, call }) => ({
          file,
          range: call.callee,
          message: 'sent in each round',
        })),
        fixes: (sources) => [
          limitParallel(found, scope.project, sources) ?? chunkParallel(found, scope.project, sources),
        ],
      });
    }
  },

  message: ({ collection, does, transactions }) =>
    `${does} for all elements${collection === undefined ? '' : ` of \`${collection}\``} at once: ` +
    `${transactions ? 'a transaction and its connection each' : 'a connection each'}, until the pool has none left for anyone else. ` +
    'Go through the list in chunks, or with a limiter (`p-limit`).',
});

const QUERIES_SHOWN = 3;

function describe({ loop, queries: [first], by, opensTransactions }: ParallelLoop): Data {
  const query = first ? queryName(first) : '';
  return {
    does: by === undefined ? `\`${query}\` is sent` : `\`${by}\` sends \`${query}\``,
    transactions: opensTransactions,
    ...(loop.collectionText === undefined ? {} : { collection: loop.collectionText }),
  };
}
