import ts from 'typescript';
import type { RowTestNode } from '../syntax/typescript/listTests';
import { unwrap } from '../syntax/typescript/nodes';
import { type ColumnFilter, type ColumnTest, columnFilter, type FilterContext } from './columnFilter';

/** One property of a `where`. */
export interface WhereProperty {
  readonly key: string;
  readonly text: string;
}

/** What of a `where` holds together: filters of columns, and alternatives. */
type Part = ColumnFilter | { readonly any: readonly (readonly WhereProperty[])[] };

/**
 * Returns the properties of a `where` that picks the rows that pass all the tests. Undefined where the database may
 * pick others than JavaScript does: by NULL, by the order of texts, by values that are not certain.
 */
export function rowsWhere(tests: readonly RowTestNode[], context: FilterContext): WhereProperty[] | undefined {
  return new WhereWriter(context).conjunction(tests);
}

class WhereWriter {
  constructor(private readonly context: FilterContext) {}

  conjunction(tests: readonly RowTestNode[]): WhereProperty[] | undefined {
    const all: RowTestNode = { kind: 'all', parts: tests };
    const parts = this.parts(all, false, new Set());
    return parts && merged(withoutGuards(parts).map(propertyOf));
  }

  /** The parts that hold together where the test (or its opposite) does. */
  private parts(test: RowTestNode, negated: boolean, guarded: ReadonlySet<string>): readonly Part[] | undefined {
    if (test.kind === 'not') return this.parts(test.part, !negated, guarded);
    if (isColumnTest(test)) {
      const filter = columnFilter(test, negated, guarded.has(test.field), this.context);
      return filter && [filter];
    }
    // JavaScript asks a part only where those before did not decide.
    const holds = test.kind === 'all';
    const guards = new Set(guarded);
    const found: (readonly Part[])[] = [];
    for (const part of test.parts) {
      const parts = this.parts(part, negated, guards);
      if (!parts) return undefined;
      found.push(parts);
      for (const field of notNullIf(part, holds)) guards.add(field);
    }
    if (holds !== negated) return found.flat();
    return oneOf(found) ?? [{ any: found.flatMap(alternatives) }];
  }
}

/** The alternatives of an alternative are as many more. */
function alternatives(parts: readonly Part[]): readonly (readonly WhereProperty[])[] {
  const [only] = parts.length === 1 ? parts : [];
  if (only && 'any' in only) return only.any;
  if (!only?.orNull) return [merged(withoutGuards(parts).map(propertyOf))];
  const { field } = only;
  return [[{ key: field, text: `${field}: null` }], [propertyOf({ ...only, orNull: false })]];
}

function isColumnTest(test: RowTestNode): test is ColumnTest {
  return test.kind !== 'all' && test.kind !== 'any' && test.kind !== 'not';
}

/** `status: { in: ['PLACED', 'PAID'] }` of values of one column, either of which will do. */
function oneOf(ways: readonly (readonly Part[])[]): readonly Part[] | undefined {
  const filters = ways.flatMap((parts) => (parts.length === 1 ? parts : []));
  const values = filters.flatMap((part) =>
    'field' in part && part.value !== undefined && part.value !== 'null' && !part.orNull ? [part] : [],
  );
  const [first] = values;
  if (!first || values.length < ways.length || values.some(({ field }) => field !== first.field)) return undefined;
  return [{ field: first.field, operators: `in: [${values.map(({ value }) => value).join(', ')}]`, orNull: false }];
}

/** `not: null` goes where another filter of the column leaves NULL out as well. */
function withoutGuards(parts: readonly Part[]): readonly Part[] {
  return parts.filter(
    (part) =>
      !('field' in part) ||
      part.operators !== 'not: null' ||
      !parts.some((other) => other !== part && 'field' in other && other.field === part.field && !other.orNull),
  );
}

function propertyOf(part: Part): WhereProperty {
  if ('any' in part) return { key: 'OR', text: `OR: [${part.any.map(objectText).join(', ')}]` };
  const { field, value, operators, orNull } = part;
  const text = value === undefined ? `${field}: { ${operators} }` : value === field ? field : `${field}: ${value}`;
  return orNull ? { key: 'OR', text: `OR: [{ ${field}: null }, { ${text} }]` } : { key: field, text };
}

/** Joins the filters of one column; what else asks twice under one name goes into `AND`. */
function merged(properties: readonly WhereProperty[]): WhereProperty[] {
  const result = new Map<string, string>();
  const more: string[] = [];
  for (const { key, text } of properties) {
    const known = result.get(key);
    if (known === undefined) result.set(key, text);
    else if (known !== text) {
      const joined = joinedFilters(known, text);
      if (joined === undefined) more.push(`{ ${text} }`);
      else result.set(key, joined);
    }
  }
  return withAlso(
    [...result].map(([key, text]) => ({ key, text })),
    more,
  );
}

/** Adds what must hold as well, each a whole `where`, to the one `AND` that there can be. */
export function withAlso(properties: readonly WhereProperty[], also: readonly string[]): WhereProperty[] {
  if (also.length === 0) return [...properties];
  const known = properties.find(({ key }) => key === 'AND')?.text.slice('AND: ['.length, -1);
  const text = `AND: [${[...(known === undefined ? [] : [known]), ...also].join(', ')}]`;
  return [...properties.filter(({ key }) => key !== 'AND'), { key: 'AND', text }];
}

/** `at: { gte: from }` and `at: { lt: to }` → `at: { gte: from, lt: to }` */
function joinedFilters(a: string, b: string): string | undefined {
  const [first, second] = [a, b].map((text) => /^(\w+: \{ )((\w+): .*)( \})$/.exec(text));
  const operator = second?.[3];
  // One `not` can't hold two values.
  if (!first?.[2] || !second?.[2] || operator === undefined || new RegExp(`\\b${operator}: `).test(first[2]))
    return undefined;
  return `${first[1]}${first[2]}, ${second[2]} }`;
}

/** Writes the properties of a `where` as an object. */
export function objectText(properties: readonly WhereProperty[]): string {
  return `{ ${properties.map(({ text }) => text).join(', ')} }`;
}

/** The columns that can't be NULL where a test has this outcome. */
function notNullIf(test: RowTestNode, outcome: boolean): readonly string[] {
  switch (test.kind) {
    case 'not':
      return notNullIf(test.part, !outcome);
    case 'truthy':
      return outcome ? [test.field] : [];
    case 'compare': {
      const isNull = unwrap(test.value).kind === ts.SyntaxKind.NullKeyword;
      if (isNull) return (test.operator === '!=') === outcome ? [test.field] : [];
      return test.operator === '=' && outcome ? [test.field] : [];
    }
    case 'all':
      return outcome ? test.parts.flatMap((part) => notNullIf(part, true)) : [];
    case 'any':
      return outcome ? [] : test.parts.flatMap((part) => notNullIf(part, false));
    default:
      return [];
  }
}
