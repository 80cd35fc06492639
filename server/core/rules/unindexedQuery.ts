import { indexAdvice, indexFix, type WantedIndex } from '../fixes/indexFix';
import { withMigration } from '../fixes/migrationFile';
import { enumeration } from '../fixes/words';
import { indexPlanOf, proposalsFor } from '../model/indexPlan/indexPlanOf';
import type { Need } from '../model/indexPlan/needOf';
import type { IndexProposal } from '../model/indexPlan/planIndexes';
import type { Query } from '../model/queries/query';
import type { Model } from '../model/schemas/schema';
import { defineRule } from './rule';

interface Data {
  readonly model: string;
  readonly need: Need;
  /** The columns of the index, as they are written in the code. */
  readonly columns: readonly string[];
  /** `Add @@index([a]) to Order`. */
  readonly advice: string;
  /** How many queries it serves; absent at the place of one of them. */
  readonly queries?: number;
  /** How many indexes the model will have, where they are so many that one more deserves a thought. */
  readonly many?: number;
}

const RELATED_SHOWN = 7;
const MANY_INDEXES = 7;

/** Queries that no index serves: on the model, and at each query. */
export const unindexedQuery = defineRule<Data>({
  id: 'unindexed-query',
  title: 'Query without an index that serves it',
  category: 'schema',
  severity: 'warning',
  fix: 'suggestion',
  runtimeOnly: true,

  check({ scope, isAside, report }) {
    const { project } = scope;
    for (const { schema, model } of scope.models()) {
      const { proposals, total } = indexPlanOf(project, schema, model, isAside);
      for (const proposal of proposals) {
        const queries = queriesOf(proposal);
        report({
          at: { file: model.file, range: model.fact.nameRange },
          severity:
            queries.length > 1 || proposal.accesses.some(({ unbounded }) => unbounded) ? 'warning' : 'information',
          data: {
            ...describe(model, proposal),
            queries: queries.length,
            ...(total >= MANY_INDEXES && !proposal.extended ? { many: total } : {}),
          },
          related: queries
            .slice(0, RELATED_SHOWN)
            .map(({ file, call }) => ({ file, range: call.callee, message: 'This query would use it' })),
          fixes: (sources) => withMigration(indexFix(sources, model, wantedBy(proposal)), schema, sources),
        });
      }
    }
    for (const query of scope.queries()) {
      for (const { model, proposal } of proposalsFor(project, query, isAside)) {
        report({
          at: { file: query.file, range: query.call.callee },
          severity: 'information',
          data: describe(model, proposal),
          related: [{ file: model.file, range: model.fact.nameRange, message: 'The index belongs here' }],
          fixes: (sources) => withMigration(indexFix(sources, model, wantedBy(proposal)), query.schema, sources),
        });
      }
    }
  },

  message({ model, need, columns, advice, queries, many }) {
    const names = enumeration(columns.map((name) => `\`${name}\``));
    const cost = {
      rows: `${model} has no index on ${names}: finding the rows reads the whole table`,
      order: `${model} has no index in the order of ${names}: to give back a few rows, all that match are read and sorted`,
      stretch: `${model} has no index on ${names}: finding that stretch reads the whole table`,
    }[need];
    const serves = queries === undefined ? '' : `, which serves ${queries === 1 ? 'one query' : `${queries} queries`}`;
    const price = many === undefined ? '' : ` Every write will keep ${many} indexes up to date: weigh it.`;
    return `${cost}. ${advice}${serves}.${price}`;
  },
});

function describe(model: Model, proposal: IndexProposal): Data {
  return {
    model: model.name,
    need: proposal.need,
    columns: proposal.columns.map(({ name }) => name),
    advice: indexAdvice(wantedBy(proposal), model),
  };
}

function wantedBy({ columns, extended }: IndexProposal): WantedIndex {
  return { columns, ...(extended?.index ? { extended: extended.index } : {}) };
}

function queriesOf({ accesses }: IndexProposal): readonly Query[] {
  return [...new Set(accesses.map(({ query }) => query))];
}
