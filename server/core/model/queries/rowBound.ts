import type { Value } from '../../syntax/typescript/facts';
import { isUniqueKey, leadsOrEndsUniqueKey } from '../schemas/indexCoverage';
import type { Field, Model } from '../schemas/schema';
import { type Condition, conjuncts, type FieldTest } from './condition';

/**
 * How many rows a condition can match, from most to least:
 * - `none`: nothing keeps it from matching the whole table, or a share of it that grows with the table;
 * - `some`: it matches the rows of one parent, one value, one stretch: fewer, but nobody knows how many;
 * - `keys`: one row, or a handful, for each key that is given.
 * `hidden` where the code does not show what decides.
 */
export type RowBound =
  | { readonly kind: 'none' }
  /** `fields`: what bounds them, as written. */
  | { readonly kind: 'some'; readonly fields: readonly Field[] }
  | { readonly kind: 'keys' }
  | { readonly kind: 'hidden' };

const NONE: RowBound = { kind: 'none' };

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
      return NONE;
  }
}

/** The tightest of the parts; together, equalities can also make up a unique key. */
function boundOfAll(condition: Condition, model: Model): RowBound {
  const parts = conjuncts(condition);
  if (leavesOnePerKey(parts, model)) return { kind: 'keys' };
  const bounds = parts.map((part) => boundOf(part, model));
  const decisive = bounds.find(({ kind }) => kind === 'keys') ?? bounds.find(({ kind }) => kind === 'hidden');
  if (decisive) return decisive;
  const fields = new Set(bounds.flatMap((bound) => (bound.kind === 'some' ? bound.fields : [])));
  return fields.size > 0 ? { kind: 'some', fields: [...fields] } : NONE;
}

/** True if the equalities make up a unique key, but for columns that have only a handful of values. */
function leavesOnePerKey(parts: readonly Condition[], model: Model): boolean {
  const pinned = parts.flatMap(pinnedFields);
  const coarse = [...model.fields.values()].filter(splitsCoarsely).map(({ name }) => name);
  return isUniqueKey(model, [...pinned, ...coarse]);
}

function weakest(bounds: readonly RowBound[]): RowBound {
  const kinds = ['none', 'hidden', 'some'] as const;
  const found = kinds.flatMap((kind) => bounds.find((bound) => bound.kind === kind) ?? []);
  return found[0] ?? { kind: 'keys' };
}

function boundOfField(field: Field, test: FieldTest, model: Model): RowBound {
  if (leavesOnePerKey([{ kind: 'field', field, test }], model)) return { kind: 'keys' };
  const some: RowBound = { kind: 'some', fields: [field] };
  switch (test.operator) {
    case 'equals':
    case 'in':
      if (splitsCoarsely(field)) return NONE;
      if (isForeignKey(field, model) || leadsOrEndsUniqueKey(model, field.name)) return some;
      return isFixed(test.value) ? NONE : some;
    case 'has':
    case 'other':
      return some;
    case 'range':
      return test.lower && test.upper ? some : NONE;
    case 'null':
    case 'not':
    case 'prefix':
    case 'contains':
    case 'suffix':
    case 'search':
      return NONE;
  }
}

/** Written in the code: a name for a sort of rows, of which there are more every day. */
function isFixed(value: Value): boolean {
  if (value.kind === 'array') return !value.open && value.elements.every(isFixed);
  return value.kind === 'literal';
}

/** A relation's filter bounds our rows as far as a row over there has few of ours. */
function boundOfRelation(condition: Condition & { kind: 'relation' }, model: Model): RowBound {
  const { field, quantifier, model: other, part } = condition;
  if (quantifier !== 'is' && quantifier !== 'some') return NONE;
  const inner = boundOf(part, other);
  if (inner.kind === 'none' || inner.kind === 'hidden') return inner;
  const { relation } = field;
  const holdsKey = relation !== undefined && relation.fields.length > 0;
  const inverse = relation?.inverse === undefined ? undefined : other.fields.get(relation.inverse);
  const oneOfOurs = holdsKey ? leavesOnePerKey([condition], model) : inverse !== undefined && !inverse.fact.list;
  return inner.kind === 'keys' && oneOfOurs ? inner : { kind: 'some', fields: [field] };
}

/** The fields that a condition gives one value, or a list of values: by themselves, or by a key of the row they lead to. */
function pinnedFields(part: Condition): readonly string[] {
  if (part.kind === 'field') return pinsRows(part.test) ? [part.field.name] : [];
  if (part.kind !== 'relation' || part.quantifier !== 'is') return [];
  return boundOf(part.part, part.model).kind === 'keys' ? (part.field.relation?.fields ?? []) : [];
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
