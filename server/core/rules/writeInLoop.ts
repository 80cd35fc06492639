import { createMany, writeManyIn } from '../fixes/writeMany';
import { writeTransaction } from '../fixes/writeTransaction';
import { chainOf, queryName } from '../model/calls/callChain';
import { loopPhrase } from '../model/loops/loopPhrase';
import { type MultipliedCall, multipliedCalls } from '../model/loops/multipliedCalls';
import { type MultipliedQuery, multiplied } from '../model/loops/multipliedQueries';
import type { Project } from '../model/project';
import type { Query } from '../model/queries/query';
import { propertiesOf } from '../model/queries/whereShape';
import { returnsCreated } from '../model/schemas/createdRows';
import { isIn, transactionsAround } from '../model/transactions/openedTransactions';
import type { LoopFact } from '../syntax/typescript/facts';
import { defineRule } from './rule';

type Data = LoopData | CallData;

interface CallData {
  readonly kind: 'call';
  /** The function that is called: `addUser`. */
  readonly name: string;
  readonly query: string;
  /** No branch decides about it. */
  readonly certain: boolean;
  /** How many writes of the code it comes to. */
  readonly writes: number;
  readonly rounds: string;
}

interface LoopData {
  readonly kind: 'loop';
  /** `post.update`, `$executeRaw`. */
  readonly query: string;
  /** `once for each element of \`users\``. */
  readonly rounds: string;
  readonly nested: boolean;
  readonly waiting: 'loop' | 'together' | 'transaction' | 'transactions' | 'nobody';
  readonly advice: Advice;
}

type Advice =
  | 'create'
  | 'create-and-return'
  | 'create-with-id'
  | 'create-nested'
  | 'update'
  | 'delete'
  | 'upsert'
  | 'many'
  | 'raw';

/** A write that a loop sends once per element. */
export const writeInLoop = defineRule<Data>({
  id: 'write-in-loop',
  title: 'A write for each element of a loop',
  category: 'round-trips',
  severity: 'warning',
  fix: 'suggestion',
  runtimeOnly: true,

  check({ scope, report }) {
    for (const query of scope.queriesInLoops()) {
      // Of a statement that can't be seen, nobody knows if one could do the work of all.
      if (query.effect !== 'write' || query.call.madeElsewhere) continue;
      const found = multiplied(query, scope.project);
      if (!found?.varies) continue;
      report({
        at: { file: query.file, range: query.call.callee },
        severity: query.call.caught ? 'information' : 'warning',
        data: describe(found, scope.project),
        related: [{ file: query.file, range: found.loop.head, message: 'the loop that runs it' }],
        fixes: (sources) => {
          const abilities = { returnsCreated: returnsCreated(query, scope.project) };
          const one = createMany(found, sources, abilities) ?? writeManyIn(found, sources);
          return [one ?? writeTransaction(found, sources)];
        },
      });
    }
    for (const found of multipliedCalls(scope, 'write')) {
      report({
        at: { file: found.file, range: found.invocation.callee },
        severity: found.isArguable ? 'information' : 'warning',
        data: describeCall(found),
        related: chainOf(found),
      });
    }
  },

  message(data) {
    const { query, rounds } = data;
    if (data.kind === 'call') {
      const writes = data.writes === 1 ? 'N writes' : `up to ${data.writes} writes for each element`;
      return `\`${data.name}\` is called ${rounds} and ${data.certain ? 'writes' : 'may write'} with \`${query}\` each time: ${writes}. Give it all the elements, and let it write them with one query.`;
    }
    const { nested, waiting, advice } = data;
    const isBatch = waiting !== 'transaction' && waiting !== 'transactions' && ELSE_BATCH.has(advice);
    const batch = isBatch ? '; else send them as one batch with `$transaction([…])`' : '';
    return `\`${query}\` is sent ${rounds}${nested ? ', in nested loops' : ''}: N writes, ${COST[waiting]}. ${ADVICE[advice]}${batch}.`;
  },
});

const COST: Readonly<Record<LoopData['waiting'], string>> = {
  loop: 'and the loop waits for each round trip',
  together: 'all at once, which also takes every connection of the pool',
  transaction: 'one after another, while the transaction stays open and holds its locks',
  transactions: 'each in a transaction of its own, with a BEGIN and a COMMIT around it',
  nobody: 'and nobody waits for them: `forEach` drops the promises, and with them their errors',
};

const ADVICE: Readonly<Record<Advice, string>> = {
  create: 'Collect the rows and write them with one `createMany`',
  'create-and-return': 'Collect the rows and write them with one `createManyAndReturn`, which gives them back',
  'create-with-id': 'Make the ids before, and write the rows with one `createMany`',
  'create-nested': 'Write the rows of each model with one `createMany`',
  update: 'Where the rows get the same values, write them with one `updateMany` (`in: […]`)',
  delete: 'Delete them with one `deleteMany` (`in: […]`)',
  upsert: 'Where nothing is to be updated, `createMany` with `skipDuplicates` does it',
  many: 'Put what the rounds write into one query (`in: […]`, or all rows in one `data`)',
  raw: 'One statement can write all rows (`VALUES`, `unnest`)',
};

/** What needs a query for each row can still go as one batch; not from within a transaction. */
const ELSE_BATCH: ReadonlySet<Advice> = new Set(['create-nested', 'update', 'upsert']);

function describeCall({ invocation, reached, loop }: MultipliedCall): CallData {
  const [nearest] = reached;
  return {
    kind: 'call',
    name: invocation.name,
    query: nearest ? queryName(nearest.query) : '',
    certain: nearest?.certain ?? false,
    writes: reached.length,
    rounds: loopPhrase(loop),
  };
}

function describe({ query, loop, innermost, depth }: MultipliedQuery, project: Project): LoopData {
  return {
    kind: 'loop',
    query: queryName(query),
    rounds: loopPhrase(loop),
    nested: depth > 1,
    waiting: innermost.forgotten
      ? 'nobody'
      : query.client === 'transaction'
        ? isOpenedIn(innermost, query)
          ? 'transactions'
          : 'transaction'
        : innermost.together && depth === 1
          ? 'together'
          : 'loop',
    advice: adviceFor(query, project),
  };
}

/** Each round opens the transaction anew. */
function isOpenedIn({ range }: LoopFact, { call, facts }: Query): boolean {
  return transactionsAround(call.range, facts).some((transaction) => isIn(transaction.range, range));
}

function adviceFor(query: Query, project: Project): Advice {
  const { operation, model, args, call } = query;
  if (!model) return 'raw';
  if (operation === 'updateMany') return 'update';
  if (operation !== 'create')
    return operation === 'update' || operation === 'delete' || operation === 'upsert' ? operation : 'many';
  const data = args && propertiesOf(args).find(({ key }) => key === 'data')?.value;
  const isNested = data && propertiesOf(data).some(({ key }) => model.fields.get(key)?.kind === 'relation');
  if (isNested) return 'create-nested';
  if (!call.resultUsed) return 'create';
  return returnsCreated(query, project) ? 'create-and-return' : 'create-with-id';
}
