import { type Condition, conjuncts, type FieldTest } from './condition';
import { isUniqueKey } from './indexCoverage';
import type { Field, Model } from './schema';

/**
 * How many rows a condition can match, from most to least:
 * - `none`: nothing keeps it from matching the whole table, or a share of it that grows with the table;
 * - `some`: it matches the rows of one parent, one value, one stretch: fewer, but nobody knows how many;
 * - `keys`: at most one row for each key that is given.
 * `hidden` where the code does not show what decides.
 */
export type RowBound =
  | { readonly kind: 'none' }
  | { readonly kind: 'some'; readonly field: Field; readonly by: 'parent' | 'list' | 'range' | 'value' }
  | { readonly kind: 'keys' }
  | { readonly kind: 'hidden' };

/** Returns how a condition bounds the rows of a model. Parts that may be left out bound nothing. */
export function boundOf(condition: Condition, model: Model): RowBound {
  switch (condition.kind) {
    case 'all':
      return boundOfAll(condition, model);
    case 'any':
      // A branch that is left out matches nothing.
      return weakest(condition.parts.map((part) => boundOf(part.kind === 'optional' ? part.part : part, model)));
    case 'either':
      return weakest(condition.options.map((option) => boundOf(option, model)));
    case 'field':
      return boundOfField(condition.field, condition.test, model);
    case 'relation':
      return boundOfRelation(condition, model);
    case 'hidden':
      return { kind: 'hidden' };
    case 'not':
    case 'optional':
      return { kind: 'none' };
  }
}

/** The tightest of the parts; together, equalities can also make up a unique key. */
function boundOfAll(condition: Condition, model: Model): RowBound {
  const parts = conjuncts(condition);
  const fixed = parts.flatMap((part) => (part.kind === 'field' && pinsRows(part.test) ? [part.field.name] : []));
  if (isUniqueKey(model, fixed)) return { kind: 'keys' };
  const bounds = parts.map((part) => boundOf(part, model));
  return (
    bounds.find((bound) => bound.kind === 'keys') ??
    bounds.find((bound) => bound.kind === 'hidden') ??
    tightestOfSome(bounds) ?? { kind: 'none' }
  );
}

const CLOSENESS = ['parent', 'value', 'list', 'range'];

function tightestOfSome(bounds: readonly RowBound[]): RowBound | undefined {
  const some = bounds.filter((bound) => bound.kind === 'some');
  return some.sort((a, b) => CLOSENESS.indexOf(a.by) - CLOSENESS.indexOf(b.by)).at(0);
}

function weakest(bounds: readonly RowBound[]): RowBound {
  const kinds = ['none', 'hidden', 'some'] as const;
  const found = kinds.flatMap((kind) => bounds.find((bound) => bound.kind === kind) ?? []);
  return found[0] ?? { kind: 'keys' };
}

function boundOfField(field: Field, test: FieldTest, model: Model): RowBound {
  if (pinsRows(test) && isUniqueKey(model, [field.name])) return { kind: 'keys' };
  switch (test.operator) {
    case 'equals':
      if (isForeignKey(field, model)) return { kind: 'some', field, by: 'parent' };
      return splitsCoarsely(field) ? { kind: 'none' } : { kind: 'some', field, by: 'value' };
    case 'in':
      if (splitsCoarsely(field)) return { kind: 'none' };
      return { kind: 'some', field, by: 'list' };
    case 'has':
      return { kind: 'some', field, by: 'value' };
    case 'range':
      return test.lower && test.upper ? { kind: 'some', field, by: 'range' } : { kind: 'none' };
    case 'other':
      return { kind: 'some', field, by: 'value' };
    case 'null':
    case 'not':
    case 'prefix':
    case 'contains':
    case 'suffix':
    case 'search':
      return { kind: 'none' };
  }
}

/** A relation's filter bounds our rows as far as a row over there has few of ours. */
function boundOfRelation(condition: Condition & { kind: 'relation' }, model: Model): RowBound {
  const { field, quantifier, model: other, part } = condition;
  if (quantifier !== 'is' && quantifier !== 'some') return { kind: 'none' };
  const inner = boundOf(part, other);
  if (inner.kind === 'none' || inner.kind === 'hidden') return inner;
  const { relation } = field;
  const holdsKey = relation !== undefined && relation.fields.length > 0;
  const inverse = relation?.inverse === undefined ? undefined : other.fields.get(relation.inverse);
  const oneOfOurs = holdsKey ? isUniqueKey(model, relation.fields) : inverse !== undefined && !inverse.fact.list;
  return inner.kind === 'keys' && oneOfOurs ? inner : { kind: 'some', field, by: 'parent' };
}

/** Equality, or a list of values to equal. */
function pinsRows(test: FieldTest): boolean {
  return test.operator === 'equals' || test.operator === 'in';
}

/** True if the field is part of a foreign key. */
export function isForeignKey(field: Field, model: Model): boolean {
  return [...model.fields.values()].some((other) => other.relation?.fields.includes(field.name));
}

/** A boolean or an enum: one value of it is a share of the table. */
function splitsCoarsely(field: Field): boolean {
  return field.kind === 'enum' || field.fact.type === 'Boolean';
}
