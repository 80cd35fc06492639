import { selectFields } from '../fixes/selectFields';
import { enumeration } from '../fixes/words';
import { type ColumnsRead, columnsRead } from '../model/queries/columnsRead';
import { holdsFewRows } from '../model/schemas/tableSize';
import { defineRule, type Severity } from './rule';

interface Data {
  readonly model: string;
  readonly columns: number;
  /** What comes along unread and may be large. */
  readonly wide: readonly string[];
  readonly onlyForExistence: boolean;
}

/** So many columns that nobody reads are worth a word; so many are worth a warning's attention. */
const FEW = 4;
const MANY = 8;

/** A find that fetches all columns of its rows for code that reads a few of them. */
export const overFetch = defineRule<Data>({
  id: 'over-fetch',
  title: 'Columns fetched that nobody reads',
  category: 'result-size',
  severity: 'hint',
  fix: 'safe',
  runtimeOnly: true,

  check({ scope, report }) {
    for (const query of scope.queries()) {
      const columns = columnsRead(query);
      if (!query.model || !columns || !fetchesTooMuch(columns)) continue;
      const onlyForExistence = columns.read.length === 0 && Object.keys(query.call.rows?.reads ?? {}).length === 0;
      report({
        at: { file: query.file, range: query.call.callee },
        data: {
          model: query.model.name,
          columns: columns.all.length,
          wide: columns.wideUnread.map(({ name }) => name),
          onlyForExistence,
        },
        severity: holdsFewRows(query.model, query.schema) ? 'hint' : severityOf(columns, onlyForExistence),
        fixes: (sources) => [selectFields(query, columns, sources)],
      });
    }
  },

  message({ model, columns, wide, onlyForExistence }) {
    const along =
      wide.length === 0 ? '' : `, also ${enumeration(wide.map((name) => `\`${name}\``))}, which may hold a lot`;
    if (onlyForExistence) {
      return `All ${columns} columns of ${model} are fetched${along}, only to see whether there is a row. Select its key alone.`;
    }
    return `All ${columns} columns of ${model} are fetched${along}, and the code reads few of them. Select those.`;
  },
});

function fetchesTooMuch({ all, read, joined, wideUnread }: ColumnsRead): boolean {
  // To see whether there is a row, one column must be read.
  const needed = Math.max(read.length + joined.length, 1);
  return needed * 2 < all.length && (all.length - needed >= FEW || wideUnread.length > 0);
}

function severityOf({ all, read, joined, wideUnread }: ColumnsRead, onlyForExistence: boolean): Severity {
  if (wideUnread.length > 0) return 'warning';
  return all.length - read.length - joined.length >= MANY && !onlyForExistence ? 'information' : 'hint';
}
