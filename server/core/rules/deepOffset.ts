import { totalOfDeepPages } from '../model/queries/deepPages';
import { defineRule } from './rule';

interface Data {
  readonly model: string;
}

/** `skip` by a page's number that nothing limits, in a list whose pages are counted. */
export const deepOffset = defineRule<Data>({
  id: 'deep-offset',
  title: 'skip by a page number without a limit',
  category: 'result-size',
  severity: 'hint',
  fix: 'none',
  runtimeOnly: true,

  check({ scope, report }) {
    for (const query of scope.queries()) {
      const { file, call, model } = query;
      const total = model && call.skipsPages ? totalOfDeepPages(query) : undefined;
      if (!model || !total) continue;
      report({
        at: { file, range: call.callee },
        data: { model: model.name },
        related: [{ file, range: total.callee, message: 'The number of pages comes from here' }],
      });
    }
  },

  message: ({ model }) =>
    `The database reads the rows that \`skip\` passes over, and throws them away: the last page of ${model} costs as much as the whole list. The total leads there, and no highest page is set. Set one, or page by \`cursor\`.`,
});
