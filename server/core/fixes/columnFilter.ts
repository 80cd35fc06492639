import ts from 'typescript';
import { nativeType } from '../model/schemas/attributes';
import type { Field, Model, Schema } from '../model/schemas/schema';
import type { RowTestNode } from '../syntax/typescript/listTests';
import { unwrap } from '../syntax/typescript/nodes';
import type { Tables } from '../syntax/typescript/tables';
import { type KnownType, knownType } from './knownTypes';

/** What a column is asked in a `where`: `city: 'Bonn'`, `points: { gte: 10 }`; and whether NULL answers it too. */
export interface ColumnFilter {
  readonly field: string;
  /** A value, or what stands between the braces. */
  readonly value?: string;
  readonly operators?: string;
  readonly orNull: boolean;
}

/** Where the question is asked. */
export interface FilterContext {
  readonly model: Model;
  readonly schema: Schema;
  readonly tables: Tables;
  readonly quote: string;
}

/** A test that asks one column. */
export type ColumnTest = Exclude<RowTestNode, { kind: 'all' | 'any' | 'not' }>;
type Wanted = 'text' | 'integer' | 'number' | 'boolean' | 'date' | 'enum';

/**
 * Returns a test of one column, or its opposite, as a filter that picks the same rows. `guarded`: it is only asked
 * where the column is not NULL. Undefined where the database may answer otherwise than JavaScript does.
 */
export function columnFilter(
  test: ColumnTest,
  negated: boolean,
  guarded: boolean,
  context: FilterContext,
): ColumnFilter | undefined {
  const field = context.model.fields.get(test.field);
  const wanted = field && wantedBy(field, context.schema);
  if (!field || !wanted) return undefined;
  const own = { field: field.name, orNull: false };
  const nullable = field.fact.optional;
  switch (test.kind) {
    case 'truthy':
      return truthFilter(field, wanted, negated, context.quote);
    case 'compare': {
      const { operator } = test;
      if (unwrap(test.value).kind === ts.SyntaxKind.NullKeyword) {
        if (!nullable || (operator !== '=' && operator !== '!=')) return undefined;
        return (operator === '=') !== negated ? { ...own, value: 'null' } : { ...own, operators: 'not: null' };
      }
      const value = comparedValue(test, field, wanted, context);
      if (value === undefined) return undefined;
      if (operator === '=' || operator === '!=') {
        const equals = (operator === '=') !== negated;
        return equals ? { ...own, value } : { ...own, operators: `not: ${value}`, orNull: nullable && !guarded };
      }
      const isAsked = !nullable || guarded || (test.time === 'optional' && !negated);
      return isAsked
        ? { ...own, operators: `${RANGES[negated ? OPPOSITE[operator] : operator]}: ${value}` }
        : undefined;
    }
    case 'in': {
      const list = listText(test, field, wanted, context);
      if (list === undefined) return undefined;
      return negated
        ? { ...own, operators: `notIn: ${list}`, orNull: nullable && !guarded }
        : { ...own, operators: `in: ${list}` };
    }
    case 'text': {
      const value = unwrap(test.value);
      // LIKE takes `%`, `_` and `\` for patterns; MySQL and SQLite compare without regard to case.
      if (wanted !== 'text' || !ts.isStringLiteral(value) || /[%_\\]/.test(value.text)) return undefined;
      if (!/^(?:postgresql|cockroachdb)$/.test(context.schema.provider ?? '')) return undefined;
      const operators = `${test.how}: ${value.getText()}`;
      if (!negated) return { ...own, operators };
      return nullable ? undefined : { ...own, operators: `not: { ${operators} }` };
    }
  }
}

const RANGES = { '<': 'lt', '<=': 'lte', '>': 'gt', '>=': 'gte' } as const;
const OPPOSITE = { '<': '>=', '<=': '>', '>': '<=', '>=': '<' } as const;

/** `row.active`, `!row.city`: of a text the empty one, of a number zero is as good as none. */
function truthFilter(field: Field, wanted: Wanted, negated: boolean, quote: string): ColumnFilter | undefined {
  const own = { field: field.name, orNull: false };
  const nullable = field.fact.optional;
  if (wanted === 'boolean') return { ...own, value: String(!negated), orNull: negated && nullable };
  if (wanted === 'date' || wanted === 'enum') {
    if (!nullable) return undefined;
    return negated ? { ...own, value: 'null' } : { ...own, operators: 'not: null' };
  }
  if (wanted === 'number') return undefined;
  const none = wanted === 'text' ? `${quote}${quote}` : '0';
  return negated ? { ...own, value: none, orNull: nullable } : { ...own, operators: `not: ${none}` };
}

/** What a value must be to be compared with a column; undefined for columns that the database compares in its own way. */
function wantedBy({ kind, fact }: Field, { provider }: Schema): Wanted | undefined {
  if (fact.list) return undefined;
  const native = nativeType(fact.attributes);
  if (kind === 'enum') return 'enum';
  switch (fact.type) {
    case 'Boolean':
      return 'boolean';
    case 'Int':
      return 'integer';
    case 'Float':
      return 'number';
    case 'DateTime':
      // Finer than milliseconds, or only the day.
      return native === undefined || /^db\.Timestamp(?:tz)?\([0-3]\)$/.test(native) ? 'date' : undefined;
    case 'String': {
      const isExact = /^(?:postgresql|cockroachdb|sqlite|mongodb)$/.test(provider ?? '');
      return isExact && (native === undefined || /^db\.(?:Text|VarChar)/.test(native)) ? 'text' : undefined;
    }
    default:
      return undefined;
  }
}

function comparedValue(
  test: ColumnTest & { kind: 'compare' },
  field: Field,
  wanted: Wanted,
  { tables, schema }: FilterContext,
): string | undefined {
  const type = knownType(test.value, tables);
  const isEquality = test.operator === '=' || test.operator === '!=';
  if (test.time) return wanted === 'date' && type ? dateText(test.value, type, tables) : undefined;
  // Two dates are never the same object; texts are ordered as the database's language has it.
  if (isEquality ? wanted === 'date' : wanted === 'text' || wanted === 'enum' || wanted === 'boolean') return undefined;
  // A fraction is an error for an integer column: an id is none, a bound may be.
  const isWhole = isEquality || wanted !== 'integer' || type?.kind === 'integer';
  return type && isWhole && fits(type, test.value, field, wanted, schema) ? test.value.getText() : undefined;
}

/** `since` of `since.getTime()`, `new Date()` of `Date.now()`, `new Date(n)` of a number. */
function dateText(value: ts.Expression, type: KnownType, tables: Tables): string | undefined {
  if (type.kind !== 'integer') return undefined;
  const expression = unwrap(value);
  if (ts.isCallExpression(expression) && ts.isPropertyAccessExpression(expression.expression)) {
    if (expression.getText() === 'Date.now()') return 'new Date()';
    const date = expression.expression.expression;
    if (knownType(date, tables)?.kind === 'date') return date.getText();
  }
  return `new Date(${expression.getText()})`;
}

function fits(type: KnownType, value: ts.Expression, field: Field, wanted: Wanted, schema: Schema): boolean {
  switch (wanted) {
    case 'text':
      return type.kind === 'text' || type.kind === 'texts';
    case 'integer':
    case 'number':
      return type.kind === 'integer' || type.kind === 'number';
    case 'boolean':
    case 'date':
      return type.kind === wanted;
    case 'enum': {
      const values = schema.enums.get(field.fact.type) ?? [];
      if (type.kind === 'texts') return isInferred(value) && type.values.every((one) => values.includes(one));
      return type.kind === 'named' && type.name === field.fact.type;
    }
  }
}

/** A literal, or a name whose type is no plain `string`: what an enum's column takes. */
function isInferred(value: ts.Expression): boolean {
  return ts.isStringLiteral(value) || ts.isIdentifier(value) || ts.isPropertyAccessExpression(value);
}

function listText(
  { list, from }: ColumnTest & { kind: 'in' },
  field: Field,
  wanted: Wanted,
  { tables, schema }: FilterContext,
): string | undefined {
  const type = knownType(list, tables);
  if (!type || (type.kind !== 'list' && type.kind !== 'set') || wanted === 'date') return undefined;
  const inner = unwrap(list);
  const isHere = ts.isArrayLiteralExpression(inner);
  if (!fits(type.element, list, field, wanted, schema)) {
    const values = schema.enums.get(field.fact.type) ?? [];
    const { element } = type;
    // The literal itself takes the column's type where it is written into the query.
    if (
      !(wanted === 'enum' && isHere && element.kind === 'texts' && element.values.every((one) => values.includes(one)))
    )
      return undefined;
  }
  if (wanted === 'enum' && !isHere && type.element.kind === 'texts' && !type.frozen) return undefined;
  const needsCopy = from === 'set' || (type.frozen && !isHere);
  return needsCopy ? `[...${inner.getText()}]` : inner.getText();
}
