import type { Property, Value } from '../../syntax/typescript/facts';
import type { Field } from '../schemas/schema';
import type { Bound, Condition, FieldTest } from './condition';

/** Reads what is asked of one scalar, enum or composite field: a value for equality, or an object of operators. */
export function readFieldConditions(field: Field, value: Value): Condition {
  switch (value.kind) {
    case 'undefined':
      return { kind: 'all', parts: [] };
    case 'either':
      return readOptions(field, value.options);
    case 'object':
      return field.kind === 'composite'
        ? { kind: 'field', field, test: { operator: 'other' } }
        : readFilter(field, value);
    default:
      return { kind: 'field', field, test: equality(value, false) };
  }
}

function readOptions(field: Field, options: readonly Value[]): Condition {
  const given = options.filter((option) => option.kind !== 'undefined');
  const conditions = given.map((option) => readFieldConditions(field, option));
  const only = conditions.length === 1 ? conditions[0] : undefined;
  const condition: Condition = only ?? { kind: 'either', options: conditions };
  return given.length < options.length ? { kind: 'optional', part: condition } : condition;
}

/** `{ gte: from, lt: to, mode: 'insensitive' }` */
function readFilter(field: Field, filter: Value & { kind: 'object' }): Condition {
  const given = filter.properties.filter(({ value }) => value.kind !== 'undefined');
  const insensitive = given.some(({ key, value }) => key === 'mode' && !isLiteral(value, 'default'));
  const range = readRange(given);
  const tests: Condition[] = range ? [optionalIf(range.optional, { kind: 'field', field, test: range.test })] : [];
  for (const property of given) {
    const test = readOperator(property, insensitive, filter);
    if (test) tests.push(optionalIf(mayBeLeftOut(property), { kind: 'field', field, test }));
  }
  if (filter.open) tests.push({ kind: 'hidden' });
  const only = tests.length === 1 ? tests[0] : undefined;
  return only ?? { kind: 'all', parts: tests };
}

function readOperator(
  property: Property,
  insensitive: boolean,
  filter: Value & { kind: 'object' },
): FieldTest | undefined {
  const { key, value } = property;
  switch (key) {
    case 'equals':
      return filter.properties.some((other) => other.key === 'path')
        ? { operator: 'other' }
        : equality(value, insensitive);
    case 'in':
      return { operator: 'in', value };
    case 'not':
    case 'notIn':
      return { operator: 'not', value };
    case 'startsWith':
      return { operator: 'prefix', value, insensitive };
    case 'contains':
      return { operator: 'contains', value, insensitive };
    case 'endsWith':
      return { operator: 'suffix', value, insensitive };
    case 'search':
      return { operator: 'search', value, insensitive };
    case 'has':
    case 'hasSome':
    case 'hasEvery':
      return { operator: 'has', value };
    default:
      return key in BOUNDS || key === 'mode' || key === 'path' ? undefined : { operator: 'other' };
  }
}

const BOUNDS: Readonly<Record<string, { readonly side: 'lower' | 'upper'; readonly inclusive: boolean }>> = {
  gt: { side: 'lower', inclusive: false },
  gte: { side: 'lower', inclusive: true },
  lt: { side: 'upper', inclusive: false },
  lte: { side: 'upper', inclusive: true },
};

/** The bounds of a filter; of those that may be left out, only where no other is certain. */
function readRange(properties: readonly Property[]): { test: FieldTest; optional: boolean } | undefined {
  const bounds = properties.filter(({ key }) => key in BOUNDS);
  const certain = bounds.filter((property) => !mayBeLeftOut(property));
  const counted = certain.length > 0 ? certain : bounds;
  if (counted.length === 0) return undefined;
  const sides: { lower?: Bound; upper?: Bound } = {};
  for (const { key, value } of counted) {
    const bound = BOUNDS[key];
    if (bound) sides[bound.side] = { value, inclusive: bound.inclusive };
  }
  return { test: { operator: 'range', ...sides }, optional: certain.length === 0 };
}

function mayBeLeftOut({ optional, value }: Property): boolean {
  return optional || (value.kind === 'either' && value.options.some((option) => option.kind === 'undefined'));
}

function equality(value: Value, insensitive: boolean): FieldTest {
  return isLiteral(value, null) ? { operator: 'null' } : { operator: 'equals', value, insensitive };
}

function isLiteral(value: Value, expected: string | null): boolean {
  return value.kind === 'literal' && value.value === expected;
}

function optionalIf(optional: boolean, part: Condition): Condition {
  return optional ? { kind: 'optional', part } : part;
}
