import type { Property, Value } from '../../syntax/typescript/facts';
import type { Field, Model, Schema } from '../schemas/schema';
import { type Condition, NO_CONDITION, type Quantifier } from './condition';
import { readFieldConditions } from './readFieldTests';

const QUANTIFIERS: readonly Quantifier[] = ['is', 'isNot', 'some', 'every', 'none'];

/** Reads what a `where` of a model asks, as far as the code shows it; an absent one asks nothing. */
export function readWhere(where: Value | undefined, model: Model, schema: Schema): Condition {
  if (!where) return NO_CONDITION;
  switch (where.kind) {
    case 'undefined':
      return NO_CONDITION;
    case 'object':
      return all([
        ...where.properties.map((property) => optionalIf(property.optional, readProperty(property, model, schema))),
        ...(where.choices ?? []).map((options) => either(options.map((option) => readWhere(option, model, schema)))),
        ...(where.open ? [HIDDEN] : []),
      ]);
    case 'either':
      return either(where.options.map((option) => readWhere(option, model, schema)));
    default:
      return HIDDEN;
  }
}

function readProperty({ key, value }: Property, model: Model, schema: Schema): Condition {
  switch (key) {
    case 'AND':
      return all(readParts(value, model, schema));
    case 'OR':
      return value.kind === 'undefined' ? NO_CONDITION : { kind: 'any', parts: readParts(value, model, schema) };
    case 'NOT':
      return all(readParts(value, model, schema).map((part) => ({ kind: 'not', part })));
  }
  const field = model.fields.get(key);
  if (!field) return readCompoundKey(value, model);
  if (field.kind !== 'relation') return readFieldConditions(field, value);
  const other = field.relation && schema.models.get(field.relation.model);
  return other ? readRelation(field, value, other, schema) : HIDDEN;
}

/** What stands behind `AND`, `OR`, `NOT`: one object, or a list of them. */
function readParts(value: Value, model: Model, schema: Schema): Condition[] {
  switch (value.kind) {
    case 'undefined':
      return [];
    case 'array':
      return [...value.elements.map((element) => readWhere(element, model, schema)), ...(value.open ? [HIDDEN] : [])];
    case 'either':
      return [either(value.options.map((option) => all(readParts(option, model, schema))))];
    default:
      return [readWhere(value, model, schema)];
  }
}

/** `{ orgId_slug: { orgId, slug } }`, the name of a unique key of several fields. */
function readCompoundKey(value: Value, model: Model): Condition {
  if (value.kind === 'undefined') return NO_CONDITION;
  if (value.kind !== 'object' || value.open) return HIDDEN;
  const parts = value.properties.map((property) => {
    const field = model.fields.get(property.key);
    return field ? optionalIf(property.optional, readFieldConditions(field, property.value)) : HIDDEN;
  });
  return parts.length > 0 ? all(parts) : HIDDEN;
}

function readRelation(field: Field, value: Value, model: Model, schema: Schema): Condition {
  const relation = (quantifier: Quantifier, inner: Value): Condition => {
    const none = inner.kind === 'literal' && inner.value === null;
    if (none) return relation(quantifier === 'isNot' ? 'is' : 'isNot', { ...inner, kind: 'undefined' });
    return { kind: 'relation', field, quantifier, model, part: readWhere(inner, model, schema) };
  };
  if (value.kind === 'undefined') return NO_CONDITION;
  if (value.kind === 'either') {
    return either(value.options.map((option) => readRelation(field, option, model, schema)));
  }
  if (value.kind !== 'object') return relation('is', value);
  const quantified = value.properties.flatMap((property) => {
    const quantifier = QUANTIFIERS.find((one) => one === property.key);
    const given = quantifier && property.value.kind !== 'undefined';
    return given ? [optionalIf(property.optional, relation(quantifier, property.value))] : [];
  });
  if (quantified.length > 0) return all([...quantified, ...(value.open ? [HIDDEN] : [])]);
  return field.fact.list ? (value.open ? HIDDEN : NO_CONDITION) : relation('is', value);
}

const HIDDEN: Condition = { kind: 'hidden' };

function all(parts: readonly Condition[]): Condition {
  const only = parts.length === 1 ? parts[0] : undefined;
  return only ?? { kind: 'all', parts };
}

/** One of several, where asking nothing is one of them: the others may be left out. */
function either(options: readonly Condition[]): Condition {
  const asking = options.filter((option) => option.kind !== 'all' || option.parts.length > 0);
  const only = asking.length === 1 ? asking[0] : undefined;
  const condition: Condition = only ?? (asking.length === 0 ? NO_CONDITION : { kind: 'either', options: asking });
  return optionalIf(asking.length < options.length && asking.length > 0, condition);
}

function optionalIf(optional: boolean, part: Condition): Condition {
  return optional && part.kind !== 'optional' ? { kind: 'optional', part } : part;
}
