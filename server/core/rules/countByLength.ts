import { countRows } from '../fixes/countRows';
import { countedRows } from '../model/queries/countedRows';
import type { Query } from '../model/queries/query';
import { readQueryShape } from '../model/queries/queryShape';
import { boundOf } from '../model/queries/rowBound';
import { defineRule } from './rule';

interface Data {
  readonly model: string;
  readonly accessor: string;
  readonly asks: 'number' | 'existence';
  /** There are never more rows than the query names keys. */
  readonly byKeys: boolean;
  /** Of each row, one column is read. */
  readonly narrow: boolean;
}

/** A `findMany` whose rows are only counted, or only asked whether there are any. */
export const countByLength = defineRule<Data>({
  id: 'count-by-length',
  title: 'Rows fetched only to be counted',
  category: 'result-size',
  severity: 'warning',
  fix: 'safe',
  runtimeOnly: true,

  check({ scope, report }) {
    for (const query of scope.queries()) {
      const data = describe(query);
      if (!data) continue;
      report({
        at: { file: query.file, range: query.call.callee },
        data,
        severity: data.byKeys ? (data.narrow ? 'hint' : 'information') : 'warning',
        // In a loop, what is in the way is the loop: its finding names this query, and its fix needs it as it is.
        fixes: (sources) => (query.call.loops.length > 0 ? [] : [countRows(query, data.asks, sources)]),
      });
    }
  },

  message({ model, accessor, asks, byKeys }) {
    const cost = byKeys
      ? `The rows of ${model} are read and sent here`
      : `Every row of ${model} that matches is read, sent and kept in memory`;
    return asks === 'number'
      ? `${cost} only to be counted. Let the database count them with \`${accessor}.count\`, which sends back one number.`
      : `${cost} only to see whether there are any. \`${accessor}.findFirst\` stops at the first one.`;
  },
});

function describe(query: Query): Data | undefined {
  const { model } = query;
  const counted = model && countedRows(query);
  if (!counted) return undefined;
  const byKeys = boundOf(counted.where, model).kind === 'keys';
  const select = readQueryShape(query)?.options.get('select')?.value;
  const narrow = select?.kind === 'object' && !select.open && select.properties.length === 1;
  return { model: model.name, accessor: model.accessor, asks: counted.asks, byKeys, narrow };
}
