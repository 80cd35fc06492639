import { textIndexFix } from '../fixes/textIndexFix';
import { enumeration } from '../fixes/words';
import type { Query } from '../model/queries/query';
import { readQueryShape } from '../model/queries/queryShape';
import { boundOf } from '../model/queries/rowBound';
import {
  hasTextIndex,
  otherWaysHaveIndexes,
  type TextSearch,
  textSearches,
  type WayToRows,
  wayToRows,
  withoutTextSearches,
} from '../model/queries/textSearches';
import { tableSize } from '../model/schemas/tableSize';
import { defineRule, type Related } from './rule';

interface Data {
  /** Those of the columns. */
  readonly models: readonly string[];
  readonly columns: readonly string[];
  /** All of them are compared whole, without regard to case. */
  readonly whole: boolean;
  readonly way: WayToRows;
}

interface Search {
  readonly query: Query;
  /** The tests of columns that have no index for them. */
  readonly lacking: readonly TextSearch[];
  readonly way: WayToRows;
  /** The index that is lacking is of trigrams, and nothing else is. */
  readonly isEnough: boolean;
  /** Queries of the same function that search the same columns: the count beside the page. */
  readonly others: Query[];
}

const POSTGRES: ReadonlySet<string> = new Set(['postgresql', 'postgres']);

/** A search for a part of a text, or without regard to case, that reads the whole table for want of an index of trigrams. */
export const unindexableTextSearch = defineRule<Data>({
  id: 'unindexable-text-search',
  title: 'Text search that no index serves',
  category: 'schema',
  severity: 'information',
  fix: 'suggestion',
  runtimeOnly: true,

  check({ scope, report }) {
    const searches = new Map<string, Search>();
    for (const query of scope.queries()) {
      const search = searchOf(query);
      if (!search) continue;
      const columns = search.lacking.map(({ path }) => path);
      const key = [query.file, query.call.function, query.model?.name, ...columns].join(' ');
      const known = searches.get(key);
      if (known) known.others.push(query);
      else searches.set(key, search);
    }
    for (const { query, lacking, way, isEnough, others } of searches.values()) {
      const related = others.map(
        ({ file, call }): Related => ({ file, range: call.callee, message: 'Searches the same columns' }),
      );
      const parts = lacking.filter(({ takesTrigrams }) => takesTrigrams);
      report({
        at: { file: query.file, range: query.call.callee },
        data: {
          models: [...new Set(lacking.map((search) => search.model.name))],
          columns: [...new Set(lacking.map(({ path }) => path))],
          whole: lacking.every(({ whole }) => whole),
          way,
        },
        related,
        fixes: (sources) => (isEnough ? textIndexFix(sources, query.schema, parts) : []),
      });
    }
  },

  message({ models, columns, whole, way }) {
    const names = enumeration(columns.map((name) => `\`${name}\``));
    const cost = `so this may read every row of ${enumeration(models)}`;
    if (whole) {
      return `No ordinary or unique index on ${names} serves a comparison without regard to case (it is an ILIKE), ${cost}. Store and compare it in lower case, or make the column \`citext\`.`;
    }
    const why = `No ordinary index finds a part of a text, ${cost} and compare ${names} one by one.`;
    const trigrams = 'A GIN index of trigrams (`pg_trgm`) leads to those that match';
    switch (way) {
      case 'trigrams':
        return `${why} ${trigrams}.`;
      case 'all-ways':
        return `${why} ${trigrams}, where each other way of the \`OR\` has its index, too.`;
      case 'type':
        return `${why} An index of trigrams would not help here: the type of the column has none. Search a \`text\` column.`;
      case 'none':
        return `${why} An index of trigrams would not help here: the search goes through several tables, or another way of the \`OR\` finds too many rows. Search the texts of one table, or keep them in one column.`;
    }
  },
});

/** The search of a query that nothing else keeps from reading the whole table; undefined where there is none. */
function searchOf(query: Query): Search | undefined {
  const { model, schema } = query;
  if (!model || !POSTGRES.has(schema.provider ?? '')) return undefined;
  const where = readQueryShape(query)?.where;
  if (!where) return undefined;
  const lacking = textSearches(where, model).filter(
    (search) => tableSize(search.model, schema) === 'any' && !hasTextIndex(search.model, search.field),
  );
  if (lacking.length === 0 || boundOf(withoutTextSearches(where), model).kind !== 'none') return undefined;
  const way = wayToRows(where);
  return {
    query,
    lacking,
    way,
    isEnough: (way === 'trigrams' || way === 'all-ways') && otherWaysHaveIndexes(where, model),
    others: [],
  };
}
