import { groupInstead } from '../fixes/groupInstead';
import { enumeration } from '../fixes/words';
import type { Query } from '../model/queries/query';
import { readQueryShape } from '../model/queries/queryShape';
import { boundOf } from '../model/queries/rowBound';
import { isUniqueKey } from '../model/schemas/indexCoverage';
import { tableSize } from '../model/schemas/tableSize';
import type { Value } from '../syntax/typescript/facts';
import { defineRule } from './rule';

interface Data {
  readonly model: string;
  readonly accessor: string;
  readonly columns: readonly string[];
  /** Only some rows of the table: one parent's, or who knows which. */
  readonly some: boolean;
  readonly limited: boolean;
}

/** `distinct`, for which Prisma reads all rows and drops the duplicates itself. */
export const distinctInMemory = defineRule<Data>({
  id: 'distinct-in-memory',
  title: 'Duplicates dropped in the process',
  category: 'result-size',
  severity: 'information',
  fix: 'suggestion',
  runtimeOnly: true,

  check({ scope, report }) {
    for (const query of scope.queries()) {
      const data = distinctOf(query);
      if (!data) continue;
      report({
        at: { file: query.file, range: query.call.callee },
        data,
        severity: data.some ? 'hint' : 'information',
        fixes: (sources) => [groupInstead(sources, query)],
      });
    }
  },

  message({ model, accessor, columns, some, limited }) {
    const names = enumeration(columns.map((name) => `\`${name}\``));
    const read = some ? `every row of ${model} that matches` : `the table of ${model} row by row`;
    const limit = limited ? ', also with `take`, which is not sent' : '';
    return `Prisma drops the duplicates itself: it reads ${read}${limit}, to keep one for each ${names}. \`${accessor}.groupBy\` lets the database do it; where the rows are wanted, it is raw SQL with \`DISTINCT ON\`.`;
  },
});

/** What a query drops duplicates by; undefined where the database does it, or where few rows can match. */
function distinctOf(query: Query): Data | undefined {
  const { model, schema } = query;
  const shape = query.operation === 'findMany' ? readQueryShape(query) : undefined;
  const distinct = shape?.options.get('distinct');
  if (!model || !shape || !distinct) return undefined;
  if (schema.previewFeatures.has('nativeDistinct') || schema.provider === 'mongodb') return undefined;
  const columns = stringsIn(distinct.value);
  if (columns.length === 0 || isUniqueKey(model, columns)) return undefined;
  const bound = boundOf(shape.where, model);
  if (bound.kind === 'keys' || tableSize(model, schema) !== 'any') return undefined;
  return {
    model: model.name,
    accessor: model.accessor,
    columns,
    some: bound.kind !== 'none',
    limited: shape.options.has('take'),
  };
}

/** The columns as far as they are written out; none where one of them is not. */
function stringsIn(value: Value): string[] {
  const all = value.kind === 'array' && !value.open ? value.elements : [value];
  const names = all.flatMap((one) => (one.kind === 'literal' && typeof one.value === 'string' ? [one.value] : []));
  return names.length === all.length ? names : [];
}
