import type { CodeStyle } from './codeStyle';

/** One query in place of many, and the `Map` in which the loop looks up its rows. */
export interface Batch {
  readonly kind: 'many' | 'one' | 'count';
  /** `prisma.post` */
  readonly client: string;
  /** What the query is given. */
  readonly argument: string;
  readonly rows: string;
  /** The name of one row. */
  readonly row: string;
  readonly map: string;
  /** The field by which the rows are looked up. */
  readonly field: string;
  /** Its type, where the file has types. */
  readonly keyType?: string;
  /** What stands in the query's place. */
  readonly lookup: string;
}

type Style = Pick<CodeStyle, 'indent' | 'semicolons' | 'quote'> & {
  /** A line break with the indent of the loop. */
  readonly newline: string;
};

/** Returns the statements that go before the loop, without a line break at the end. */
export function batchStatements(batch: Batch, { indent, newline, semicolons, quote }: Style): string {
  const { kind, client, argument, rows, row, map, field } = batch;
  const end = semicolons ? ';' : '';
  const read = kind === 'count' ? `groupBy(${grouped(argument, `${quote}${field}${quote}`)})` : `findMany(${argument})`;
  const query = `const ${rows} = await ${client}.${read}${end}`;
  if (kind !== 'many') {
    const value = kind === 'count' ? `${row}._count` : row;
    return [query, `const ${map} = new Map(${rows}.map((${row}) => [${row}.${field}, ${value}]))${end}`].join(newline);
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

/** `{ where: … }` → `{ by: ['authorId'], where: …, _count: true }`. */
function grouped(argument: string, key: string): string {
  const inner = argument.replace(/^\{\s*/, '').replace(/,?\s*\}$/, '');
  return `{ by: [${key}], ${inner}, _count: true }`;
}
