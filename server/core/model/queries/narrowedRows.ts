import type { NarrowingFact, RowTest } from '../../syntax/typescript/facts';
import type { Field, Model } from '../schemas/schema';
import { type Condition, conjuncts } from './condition';
import type { Query } from './query';
import { type QueryShape, readQueryShape } from './queryShape';

/** How the rows of a query are narrowed once they are read, by what the query could have said. */
export interface NarrowedRows {
  readonly steps: readonly NarrowingFact[];
  readonly asks?: 'number' | 'existence';
  /** What the query would ask if it said all of it. */
  readonly where: Condition;
  /** Then it would give back one row, a page, or a number. */
  readonly ends: boolean;
}

/** These decide which rows there are before they are narrowed. */
const PAGES = ['take', 'skip', 'cursor', 'distinct'];
const ENDS: ReadonlySet<NarrowingFact['step']> = new Set(['find', 'some', 'every', 'slice']);

/** Returns how the rows of a `findMany` are narrowed; undefined where they are not, or by what is no column of the model. */
export function narrowedRows(
  query: Query,
  shape: QueryShape | undefined = readQueryShape(query),
): NarrowedRows | undefined {
  const { list } = query.call;
  const { model } = query;
  if (!model || query.operation !== 'findMany' || list?.kind !== 'narrowed' || !shape?.complete) return undefined;
  if (PAGES.some((option) => shape.options.has(option))) return undefined;
  // Sorting throws nothing away: all the rows are read in any case.
  if (list.steps.every(({ step }) => step === 'sort')) return undefined;
  const ends = list.asks !== undefined || list.steps.some(({ step }) => ENDS.has(step));
  if (!ends && list.steps.every((step) => step.step !== 'filter' || leavesOutListed(step.test, model)))
    return undefined;
  const parts: Condition[] = [shape.where];
  for (const step of list.steps) {
    if (step.step === 'slice') continue;
    if (step.step === 'sort') {
      if (!columnOf(step.field, model)) return undefined;
      continue;
    }
    const test = conditionOf(step.test, model);
    if (!test) return undefined;
    parts.push(step.step === 'every' ? { kind: 'not', part: test } : test);
  }
  return { steps: list.steps, ...(list.asks ? { asks: list.asks } : {}), where: together(parts), ends };
}

/**
 * True for `!seen.has(row.id)` of values that are data: the list would be sent for about as many rows as it is long.
 * One that is written in the code names kinds of rows.
 */
function leavesOutListed(test: RowTest, model: Model): boolean {
  if (test.kind === 'all') return test.parts.every((part) => leavesOutListed(part, model));
  if (test.kind !== 'not' || test.part.kind !== 'in') return false;
  const { field, list } = test.part;
  const written = list.kind === 'new' ? (list.arguments[0] ?? list) : list;
  return columnOf(field, model)?.kind === 'scalar' && written.kind !== 'array' && written.kind !== 'import';
}

/** A test in the words of a `where`; undefined where it asks something of what is no column. */
function conditionOf(test: RowTest, model: Model): Condition | undefined {
  switch (test.kind) {
    case 'all':
    case 'any': {
      const parts = test.parts.map((part) => conditionOf(part, model));
      const known = parts.flatMap((part) => part ?? []);
      if (known.length < parts.length) return undefined;
      return test.kind === 'all' ? together(known) : { kind: 'any', parts: known };
    }
    case 'not': {
      const part = conditionOf(test.part, model);
      return part && { kind: 'not', part };
    }
    default: {
      const field = columnOf(test.field, model);
      return field && { kind: 'field', field, test: fieldTest(test) };
    }
  }
}

/** The two ends of a range make one range. */
function together(parts: readonly Condition[]): Condition {
  const joined: Condition[] = [];
  for (const part of parts.flatMap(conjuncts)) {
    const place = joined.findIndex((other) => isOtherEnd(part, other));
    const other = joined[place];
    if (part.kind !== 'field' || other?.kind !== 'field') joined.push(part);
    else joined[place] = { ...part, test: { ...other.test, ...part.test } };
  }
  return { kind: 'all', parts: joined };
}

function isOtherEnd(part: Condition, other: Condition): boolean {
  if (part.kind !== 'field' || other.kind !== 'field' || part.field !== other.field) return false;
  if (part.test.operator !== 'range' || other.test.operator !== 'range') return false;
  return (part.test.lower === undefined) !== (other.test.lower === undefined);
}

function fieldTest(test: Exclude<RowTest, { kind: 'all' | 'any' | 'not' }>): (Condition & { kind: 'field' })['test'] {
  switch (test.kind) {
    case 'truthy':
      // All that it says is that there is a value, or that there is none.
      return { operator: 'null' };
    case 'in':
      return { operator: 'in', value: test.list };
    case 'text': {
      const operator = ({ startsWith: 'prefix', endsWith: 'suffix', contains: 'contains' } as const)[test.how];
      return { operator, value: test.value, insensitive: false };
    }
    case 'compare':
      return comparison(test);
  }
}

function comparison({ operator, value }: RowTest & { kind: 'compare' }): (Condition & { kind: 'field' })['test'] {
  const isNull = value.kind === 'literal' && value.value === null;
  switch (operator) {
    case '=':
      return isNull ? { operator: 'null' } : { operator: 'equals', value, insensitive: false };
    case '!=':
      return { operator: 'not', value };
    case '>':
    case '>=':
      return { operator: 'range', lower: { value, inclusive: operator === '>=' } };
    case '<':
    case '<=':
      return { operator: 'range', upper: { value, inclusive: operator === '<=' } };
  }
}

/** A column that a `where` compares as JavaScript does, or nearly. */
function columnOf(name: string, model: Model): Field | undefined {
  const field = model.fields.get(name);
  if (!field || (field.kind !== 'scalar' && field.kind !== 'enum') || field.fact.list) return undefined;
  return ['Json', 'Bytes'].includes(field.fact.type) ? undefined : field;
}
