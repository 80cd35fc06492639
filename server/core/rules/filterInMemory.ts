import { narrowQuery } from '../fixes/narrowQuery';
import { enumeration } from '../fixes/words';
import { type NarrowedRows, narrowedRows } from '../model/queries/narrowedRows';
import type { Query } from '../model/queries/query';
import { readQueryShape } from '../model/queries/queryShape';
import { boundOf } from '../model/queries/rowBound';
import { tableSize } from '../model/schemas/tableSize';
import { defineRule, type Severity } from './rule';

interface Data {
  readonly model: string;
  /** The first method that throws rows away. */
  readonly method: string;
  /** Where the query says it: `where`, `orderBy`, `take`. */
  readonly options: readonly string[];
}

/** Rows that are read and then narrowed by what the query could have said. */
export const filterInMemory = defineRule<Data>({
  id: 'filter-in-memory',
  title: 'Rows read, then thrown away',
  category: 'result-size',
  severity: 'warning',
  fix: 'suggestion',
  triesFixes: true,
  runtimeOnly: true,

  check({ scope, report }) {
    for (const query of scope.queries()) {
      const found = narrowedRows(query);
      const severity = found && severityOf(query);
      if (!severity) continue;
      report({
        at: { file: query.file, range: query.call.callee },
        data: describe(query, found),
        severity,
        fixes: (sources) => [narrowQuery(query, found, sources)],
      });
    }
  },

  message({ model, method, options }) {
    const said = enumeration(options.map((option) => `\`${option}\``));
    return `Rows of ${model} are read and sent, and \`${method}\` then throws away those that it does not want. Say which in the query, with ${said}: only they are read.`;
  },
});

function describe({ model }: Query, { steps }: NarrowedRows): Data {
  const said = steps.map(({ step }) => (step === 'sort' ? 'orderBy' : step === 'slice' ? 'take' : 'where'));
  const method = steps.find(({ step }) => step !== 'sort')?.step ?? '';
  return { model: model?.name ?? '', method, options: [...new Set(said)] };
}

/** Undefined where there are never so many rows that it matters. */
function severityOf(query: Query): Severity | undefined {
  const shape = readQueryShape(query);
  const { model, schema } = query;
  if (!model || !shape) return undefined;
  const bound = boundOf(shape.where, model).kind;
  const size = tableSize(model, schema);
  if (bound === 'keys' || size === 'handful' || (size === 'handful-each' && bound === 'some')) return undefined;
  return bound === 'none' && size !== 'short' ? 'warning' : 'information';
}
