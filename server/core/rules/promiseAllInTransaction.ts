import { awaitInTurn } from '../fixes/awaitInTurn';
import { queryName } from '../model/calls/callChain';
import { defineRule } from './rule';

interface Data {
  /** `all`, `allSettled`. */
  readonly method: string;
  /** The queries by name, each once. */
  readonly names: readonly string[];
}

/** Statements of one transaction that are started together though they can only go one after another. */
export const promiseAllInTransaction = defineRule<Data>({
  id: 'promise-all-in-transaction',
  title: 'Promise.all inside a transaction',
  category: 'concurrency',
  severity: 'information',
  fix: 'safe',
  runtimeOnly: true,

  check({ scope, report }) {
    for (const found of scope.listsOnOneConnection()) {
      const { file, list, started } = found;
      const names = started.flatMap((member) => member.queries.map(queryName));
      report({
        at: { file, range: list.callee },
        data: { method: list.method, names: [...new Set(names)] },
        fixes: (sources) => [awaitInTurn(found, sources)],
      });
    }
  },

  message: ({ method, names }) =>
    `\`Promise.${method}\` of ${listed(names)} inside a transaction: it has one connection, so they go one after another anyway, ` +
    'and when one fails, the transaction ends under the rest. Await them in turn.',
});

const NAMES_SHOWN = 3;

function listed(names: readonly string[]): string {
  const shown = names.slice(0, NAMES_SHOWN).map((name) => `\`${name}\``);
  return shown.join(', ') + (names.length > NAMES_SHOWN ? ' …' : '');
}
