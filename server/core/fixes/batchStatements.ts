import type { CodeStyle } from './codeStyle';
import { fittedLines } from './fittedLines';

/** One query in place of many, and the `Map` in which the loop looks up its rows. */
export interface Batch {
  readonly kind: 'many' | 'one' | 'count';
  /** `prisma.post` */
  readonly client: string;
  /** What the query is given, an option each, indented as the statements are. */
  readonly options: readonly string[];
  /** The options stood on lines of their own. */
  readonly spread: boolean;
  readonly rows: string;
  /** The name of one row. */
  readonly row: string;
  readonly map: string;
  /** The field by which the rows are looked up. */
  readonly field: string;
  /** Its type, where the file has types. */
  readonly keyType?: string;
  /** What is looked up, as the loop writes it. */
  readonly key: string;
  /** The field was selected for the look-up alone: the rows in the map go without it. */
  readonly hidesKey: boolean;
}

/** Returns the statements that go before the loop, each line indented by `own`, without a line break at the end. */
export function batchStatements(batch: Batch, style: CodeStyle, own: string): string {
  const { kind, client, rows, row, map, field } = batch;
  const end = style.semicolons ? ';' : '';
  const newline = style.newline + own;
  const { quote, indent } = style;
  const options =
    kind === 'count' ? [`by: [${quote}${field}${quote}]`, ...batch.options, '_count: true'] : batch.options;
  const head = `const ${rows} = await ${client}.${kind === 'count' ? 'groupBy' : 'findMany'}(`;
  const given = argument(options, batch.spread, style, own, head.length);
  const query = fittedLines(`${head}${given})${end}`, own, style);
  if (kind !== 'many') {
    const pairs = batch.hidesKey
      ? `${rows}.map(({ ${field}, ...${row} }) => [${field}, ${row}])`
      : `${rows}.map((${row}) => [${row}.${field}, ${kind === 'count' ? `${row}._count` : row}])`;
    const line = `const ${map} = new Map(${pairs})${end}`;
    const comma = style.argumentCommas ? ',' : '';
    const broken = [`const ${map} = new Map(`, `${indent}${pairs}${comma}`, `)${end}`];
    return [query, ...(own.length + line.length <= style.lineWidth ? [line] : broken)].join(newline);
  }
  const types = batch.keyType === undefined ? '' : `<${batch.keyType}, typeof ${rows}>`;
  return [
    query,
    `const ${map} = new Map${types}()${end}`,
    `for (const ${row} of ${rows}) {`,
    `${indent}const group = ${map}.get(${row}.${field})${end}`,
    `${indent}if (group) group.push(${row})${end}`,
    `${indent}else ${map}.set(${row}.${field}, [${row}])${end}`,
    '}',
  ].join(newline);
}

/** The options as an object: on one line where they stood so and fit, else a line each. */
function argument(options: readonly string[], spread: boolean, style: CodeStyle, own: string, before: number): string {
  const line = `{ ${options.join(', ')} }`;
  const fits = own.length + before + line.length + 2 <= style.lineWidth;
  if (!spread && fits) return line;
  const newline = style.newline + own;
  const comma = style.trailingCommas ? ',' : '';
  return `{${newline}${style.indent}${options.join(`,${newline}${style.indent}`)}${comma}${newline}}`;
}
