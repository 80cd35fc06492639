import type { ChainLink } from '../model/calls/callChain';
import { type SlowWork, slowWorkIn } from '../model/transactions/slowWork';
import type { OutsideWork } from '../syntax/typescript/outsidePackages';
import { defineRule } from './rule';

interface Data {
  readonly work: OutsideWork;
  /** What does the work, as it is called, and of which package: `` `send` (`resend`) ``. */
  readonly done: string;
  /** The function in the callback that leads there; absent where the work stands in the callback. */
  readonly by?: string;
  readonly certain: boolean;
}

/** Requests, mails, jobs and files that a transaction waits for. */
export const slowWorkInTransaction = defineRule<Data>({
  id: 'slow-work-in-transaction',
  title: 'Slow work awaited inside a transaction',
  category: 'concurrency',
  severity: 'warning',
  fix: 'none',
  runtimeOnly: true,

  check({ scope, report }) {
    for (const transaction of scope.transactions()) {
      for (const found of slowWorkIn(transaction, scope.project)) {
        const begin = { file: transaction.file, range: transaction.call.callee, message: 'the transaction' };
        report({
          at: found.at,
          severity: found.certain ? 'warning' : 'information',
          data: describe(found),
          related: [begin, ...wayTo(found)],
        });
      }
    }
  },

  message: ({ work, done, by, certain }) =>
    `${by === undefined ? `${done} is awaited` : `\`${by}\` ${certain ? 'waits' : 'may wait'} for ${done}`} inside an interactive transaction: ` +
    `${COST[work]} ${ADVICE[work]}`,
});

const HELD = 'meanwhile it keeps a connection of the pool and the locks on what it wrote, and its timeout runs on.';

const COST: Readonly<Record<OutsideWork, string>> = {
  request: HELD,
  mail: `${HELD} A rollback does not take the mail back.`,
  job: `${HELD} The job may start before the commit, or without it.`,
  file: HELD,
  process: HELD,
  hash: `hashing takes some 100 ms on purpose; ${HELD}`,
  pause: HELD,
};

const ADVICE: Readonly<Record<OutsideWork, string>> = {
  request: 'Send the request before the transaction begins or after it has committed.',
  mail: 'Send it after the commit.',
  job: 'Queue it after the commit, or note it in a table with the rest (an outbox).',
  file: 'Read and write files before the transaction begins or after it has committed.',
  process: 'Run the process before the transaction begins or after it has committed.',
  hash: 'Hash before the transaction begins.',
  pause: 'Wait outside of it.',
};

function describe({ name, path, outside: { invocation, work, module }, at, place, certain }: SlowWork): Data {
  const isDirect = path.length === 0 && at === place;
  return {
    work,
    done: `\`${invocation.name}\`${module === '' ? '' : ` (\`${module}\`)`}`,
    certain,
    ...(isDirect ? {} : { by: name }),
  };
}

/** From the call in the transaction to the work; nothing where they are one. */
function wayTo({ path, outside, at, place }: SlowWork): ChainLink[] {
  if (at === place) return [];
  return [
    ...path.map(({ file, range, name }) => ({ file, range, message: `calls \`${name}\`` })),
    { ...place, message: `waits for \`${outside.invocation.name}\`` },
  ];
}
