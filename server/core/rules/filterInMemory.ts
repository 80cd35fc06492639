import { type NarrowedRows, narrowedRows } from '../model/queries/narrowedRows';
import type { Query } from '../model/queries/query';
import { readQueryShape } from '../model/queries/queryShape';
import { boundOf } from '../model/queries/rowBound';
import { tableSize } from '../model/schemas/tableSize';
import { defineRule, type Severity } from './rule';

interface Data {
  readonly model: string;
  /** The first method that narrows the rows. */
  readonly method: string;
  /** Where the query says it: `where`, `orderBy`, `take`. */
  readonly options: readonly string[];
  readonly ordersOnly: boolean;
}

/** Rows that are read and then narrowed by what the query could have said. */
export const filterInMemory = defineRule<Data>({
  id: 'filter-in-memory',
  title: 'Rows read, then thrown away',
  category: 'result-size',
  severity: 'warning',
  fix: 'suggestion',
  runtimeOnly: true,

  check({ scope, report }) {
    for (const query of scope.queries()) {
      const found = narrowedRows(query);
      const severity = found && severityOf(query, found);
      if (!severity) continue;
      report({ at: { file: query.file, range: query.call.callee }, data: describe(query, found), severity });
    }
  },

  message({ model, method, options, ordersOnly }) {
    const said = options.map((option) => `\`${option}\``).join(' and ');
    return ordersOnly
      ? `The rows of ${model} are sorted here, once all are read: the database can give them in that order, from an index. Say it with ${said}.`
      : `The rows of ${model} are all read and sent, and \`${method}\` then throws most of them away. Say it in the query, with ${said}: only what is needed is read.`;
  },
});

function describe({ model }: Query, { steps }: NarrowedRows): Data {
  const said = steps.map(({ step }) => (step === 'sort' ? 'orderBy' : step === 'slice' ? 'take' : 'where'));
  const narrows = steps.find(({ step }) => step !== 'sort');
  return {
    model: model?.name ?? '',
    method: (narrows ?? steps[0])?.step ?? '',
    options: [...new Set(said)],
    ordersOnly: narrows === undefined,
  };
}

/** Undefined where there are never so many rows that it matters. */
function severityOf(query: Query, { steps }: NarrowedRows): Severity | undefined {
  const shape = readQueryShape(query);
  const { model, schema } = query;
  if (!model || !shape) return undefined;
  const bound = boundOf(shape.where, model).kind;
  const size = tableSize(model, schema);
  if (bound === 'keys' || size === 'handful' || (size === 'handful-each' && bound === 'some')) return undefined;
  if (steps.every(({ step }) => step === 'sort')) return 'information';
  return bound === 'none' && size !== 'short' ? 'warning' : 'information';
}
