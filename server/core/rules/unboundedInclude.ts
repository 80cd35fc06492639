import { enumeration } from '../fixes/words';
import { type IncludedList, includedLists } from '../model/queries/includedLists';
import { pagingQuery } from '../model/queries/pagedModels';
import type { Query } from '../model/queries/query';
import { readQueryShape } from '../model/queries/queryShape';
import { boundOf } from '../model/queries/rowBound';
import { tableSize } from '../model/schemas/tableSize';
import { defineRule } from './rule';

interface Data {
  readonly model: string;
  readonly relations: readonly string[];
  /** The database joins the rows, and then it knows of `take`. */
  readonly joins: boolean;
}

/** A page of so few parents is no list. */
const FEW_PARENTS = 10;

/** A list of rows that goes out with all the rows that belong to each, where these are known to be many. */
export const unboundedInclude = defineRule<Data>({
  id: 'unbounded-include',
  title: 'All children of every row of a list',
  category: 'result-size',
  severity: 'hint',
  fix: 'none',
  runtimeOnly: true,

  check({ scope, report }) {
    for (const query of scope.queries()) {
      const { file, model, schema } = query;
      const lists = handedOn(query).flatMap((list) => {
        const paging = pagingQuery(scope.project, list.model);
        return paging ? { ...list, paging } : [];
      });
      const [first] = lists;
      if (!model || !first) continue;
      report({
        at: { file, range: first.property.keyRange },
        data: {
          model: model.name,
          relations: lists.map(({ path }) => path),
          joins: schema.previewFeatures.has('relationJoins'),
        },
        related: lists.map((list) => ({
          file: list.paging.file,
          range: list.paging.call.callee,
          message: `Here ${list.model.name} is read in pages`,
        })),
      });
    }
  },

  message({ model, relations, joins }) {
    const names = enumeration(relations.map((name) => `\`${name}\``));
    const advice = joins
      ? 'Give it a `take`'
      : 'A `take` in it bounds what is given back, not what is read (Prisma cuts the lists itself): ask for `_count`';
    return `Each ${model} of this list comes with all its ${names}, which elsewhere are read in pages: a few rows with many of them make the answer large. ${advice}, or read those that are shown in a query of their own.`;
  },
});

/** The relations that a list fetches whole and hands on as they are; none where a loop of the file goes through its rows. */
function handedOn(query: Query): IncludedList[] {
  const { model, schema, facts, call } = query;
  const shape = query.operation === 'findMany' ? readQueryShape(query) : undefined;
  if (!model || !shape || tableSize(model, schema) !== 'any') return [];
  const lists = includedLists(shape.options, model, schema);
  if (lists.length === 0 || boundOf(shape.where, model).kind === 'keys') return [];
  const take = shape.options.get('take')?.value;
  if (take?.kind === 'literal' && typeof take.value === 'number' && Math.abs(take.value) <= FEW_PARENTS) return [];
  const own = facts.calls.indexOf(call);
  const goesThrough = facts.loops.some(({ collection }) => collection?.kind === 'call' && collection.call === own);
  return goesThrough ? [] : lists;
}
