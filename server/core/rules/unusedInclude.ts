import { removeIncludes } from '../fixes/removeInclude';
import { unreadIncludes } from '../model/queries/unreadIncludes';
import { defineRule } from './rule';

interface Data {
  readonly relation: string;
  readonly model: string;
}

/** A relation that is loaded with the rows of a query and that nothing reads. */
export const unusedInclude = defineRule<Data>({
  id: 'unused-include',
  title: 'A relation loaded that nobody reads',
  category: 'result-size',
  severity: 'warning',
  fix: 'safe',
  triesFixes: true,
  runtimeOnly: true,

  check({ scope, report }) {
    for (const query of scope.queries()) {
      const unread = unreadIncludes(query);
      for (const { relation, model, place, isSmall } of unread) {
        report({
          at: { file: query.file, range: place },
          data: { relation, model },
          severity: isSmall ? 'hint' : 'warning',
          fixes: (sources) => [removeIncludes(query, unread, sources)],
        });
      }
    }
  },

  message({ relation, model }) {
    const what = relation === '_count' ? `The counts of ${model}'s relations are` : `\`${relation}\` of ${model} is`;
    return `${what} loaded and never read: a query more, and its rows, for nothing. Leave it out of \`include\`.`;
  },
});
