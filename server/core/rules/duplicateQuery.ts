import { reuseResult } from '../fixes/reuseResult';
import { defineRule } from './rule';

interface Data {
  /** `user.findUnique` */
  readonly query: string;
}

/** A read that asks the database what the same function has asked it a moment before. */
export const duplicateQuery = defineRule<Data>({
  id: 'duplicate-query',
  title: 'The same query twice in one function',
  category: 'round-trips',
  severity: 'information',
  fix: 'suggestion',
  runtimeOnly: true,

  check({ scope, report }) {
    for (const query of scope.queries()) {
      const { file, facts, call, model, operation } = query;
      const earlier = call.repeats === undefined ? undefined : facts.calls[call.repeats];
      if (!earlier || !model) continue;
      const first = scope.project.queriesOf(file).find((other) => other.call === earlier);
      if (first?.model !== model) continue;
      report({
        at: { file, range: call.callee },
        data: { query: `${model.accessor}.${operation}` },
        related: [{ file, range: earlier.callee, message: 'where it is asked first' }],
        fixes: (sources) => [reuseResult(query, first, sources)],
      });
    }
  },

  message: ({ query }) =>
    `\`${query}\` is asked again with the same arguments, and nothing has been written since: a round trip for an answer that is here. Use the first result.`,
});
