import { aggregateRows } from '../fixes/aggregateRows';
import { limitRows } from '../fixes/limitRows';
import { enumeration } from '../fixes/words';
import { type Condition, conjuncts } from '../model/queries/condition';
import { countedRows } from '../model/queries/countedRows';
import { narrowedRows } from '../model/queries/narrowedRows';
import type { Query } from '../model/queries/query';
import { type QueryShape, readQueryShape } from '../model/queries/queryShape';
import { boundOf } from '../model/queries/rowBound';
import { tableSize } from '../model/schemas/tableSize';
import { defineRule } from './rule';

interface Data {
  readonly model: string;
  readonly accessor: string;
  /** What bounds the rows, though not to a known number; absent where nothing does. */
  readonly boundedBy?: readonly string[];
  readonly filtered: boolean;
  readonly short: boolean;
  readonly aggregated: boolean;
  /** They are filtered once they are read: a limit before that would leave some out. */
  readonly narrowed: boolean;
}

/** A `findMany` that gives back as many rows as there happen to be. */
export const unboundedFindMany = defineRule<Data>({
  id: 'unbounded-find-many',
  title: 'findMany without a limit',
  category: 'result-size',
  severity: 'warning',
  fix: 'suggestion',
  triesFixes: true,
  runtimeOnly: true,

  check({ scope, report }) {
    for (const query of scope.queries()) {
      const shape = query.operation === 'findMany' ? readQueryShape(query) : undefined;
      const data = shape && unbounded(query, shape);
      if (!data) continue;
      report({
        at: { file: query.file, range: query.call.callee },
        data,
        severity: data.boundedBy === undefined && !data.short ? 'warning' : 'information',
        fixes: (sources) =>
          data.narrowed ? [] : data.aggregated ? [aggregateRows(sources, query)] : limitRows(sources, query, shape),
      });
    }
  },

  message({ model, accessor, boundedBy, filtered, short, aggregated }) {
    if (aggregated) {
      return `The rows of ${model} are fetched only to be added up or compared, and there are more of them every day. Let the database do it with \`${accessor}.aggregate\`, which sends back one row.`;
    }
    if (boundedBy !== undefined) {
      const names = enumeration(boundedBy.map((name) => `\`${name}\``));
      const bound = boundedBy.length === 1 ? 'bounds' : 'bound';
      return `Only ${names} ${bound} how many rows of ${model} are used here: few for most values, perhaps thousands for one, all in memory at once. Page it with \`take\`, or read it in batches with \`cursor\`.`;
    }
    if (short)
      return `This reads the whole table of ${model}, which is fine while it is short. Add \`take\` if it can grow.`;
    const what = filtered ? `a share of ${model} that grows with the table` : `every row of ${model}`;
    return `This ${filtered ? 'needs' : 'reads'} ${what}: without \`take\`, its time and memory grow with every row written. Page it with \`take\`, or read it in batches with \`cursor\`.`;
  },
});

/**
 * What is unbounded about a query; undefined where something bounds it, or may do so unseen. A unit of
 * work that reads one parent's children in a transaction needs them all: a page would be a mistake.
 */
function unbounded(query: Query, shape: QueryShape): Data | undefined {
  const { model, schema, call } = query;
  if (!model || !shape.complete || shape.options.has('take') || shape.options.has('distinct')) return undefined;
  // Rows that are filtered here should be filtered there: what that leaves unbounded is this rule's.
  const narrowed = narrowedRows(query, shape);
  if (countedRows(query, shape) || narrowed?.ends) return undefined;
  const where = narrowed?.where ?? shape.where;
  const bound = boundOf(where, model);
  if (bound.kind === 'keys' || bound.kind === 'hidden' || pagesOrChunks(query, shape.where)) return undefined;
  if (bound.kind === 'some' && (query.client === 'transaction' || isOfNewRow(query, shape.where))) return undefined;
  const size = tableSize(model, schema);
  if (size === 'handful' || (size === 'handful-each' && bound.kind === 'some')) return undefined;
  return {
    model: model.name,
    accessor: model.accessor,
    ...(bound.kind === 'some' ? { boundedBy: bound.fields.map(({ name }) => name) } : {}),
    filtered: conjuncts(where).length > 0,
    narrowed: narrowed !== undefined,
    short: size === 'short',
    aggregated: call.aggregated === true,
  };
}

/** True for the children of a row that this function has just made: they are the ones it made with it. */
function isOfNewRow({ facts }: Query, where: Condition): boolean {
  return conjuncts(where).some((part) => {
    if (part.kind !== 'field' || part.test.operator !== 'equals' || part.test.value.kind !== 'member') return false;
    const { object } = part.test.value;
    return object.kind === 'call' && object.call !== undefined && facts.calls[object.call]?.name === 'create';
  });
}

/** True in a loop whose rounds each read another part: the next page, or the rows of one chunk of keys. */
function pagesOrChunks({ call, facts }: Query, where: Condition): boolean {
  return call.loops.some(({ loop, varies, followsItself }) => {
    const kind = facts.loops[loop]?.kind;
    if (kind === 'for' || kind === 'while' || kind === 'do') return varies || followsItself;
    return conjuncts(where).some(
      (part) =>
        part.kind === 'field' &&
        part.test.operator === 'in' &&
        part.test.value.kind === 'element' &&
        part.test.value.loop === loop,
    );
  });
}
