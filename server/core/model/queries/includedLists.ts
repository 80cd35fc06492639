import type { Property, Value } from '../../syntax/typescript/facts';
import type { Field, Model, Schema } from '../schemas/schema';
import { tableSize } from '../schemas/tableSize';
import { readWhere } from './readWhere';
import { boundOf } from './rowBound';

/** A relation to many rows that is fetched with a list, all of them. */
export interface IncludedList {
  /** As it is written from the query's model on: `customer.orders`. */
  readonly path: string;
  /** Where it is asked for. */
  readonly property: Property;
  /** The model of the rows. */
  readonly model: Model;
}

/**
 * Returns the relations to many rows that the `include` and `select` of a query fetch whole: without `take`, and
 * without a filter that bounds them. Only the outermost on each way; none of what can't be seen.
 */
export function includedLists(
  options: ReadonlyMap<string, Property>,
  model: Model,
  schema: Schema,
  prefix = '',
): IncludedList[] {
  return ['include', 'select'].flatMap((name) =>
    propertiesOf(options.get(name)?.value).flatMap((property) => {
      const field = model.fields.get(property.key);
      const other = field?.relation && schema.models.get(field.relation.model);
      if (!field || !other || property.optional || isLeftOut(property.value)) return [];
      const inner = new Map(propertiesOf(property.value).map((one) => [one.key, one]));
      const path = prefix + property.key;
      if (!field.fact.list) return includedLists(inner, other, schema, `${path}.`);
      const isBounded = isOpen(property.value) || inner.has('take') || inner.has('cursor');
      if (isBounded || isFew(field, model, other, schema)) return [];
      const where = readWhere(inner.get('where')?.value, other, schema);
      return boundOf(where, other).kind === 'none' ? [{ path, property, model: other }] : [];
    }),
  );
}

function propertiesOf(value: Value | undefined): readonly Property[] {
  return value?.kind === 'object' ? value.properties : [];
}

function isOpen(value: Value): boolean {
  return value.kind === 'object' ? value.open : value.kind !== 'literal';
}

/** `false`, or something that may be. */
function isLeftOut(value: Value): boolean {
  return value.kind === 'object' ? false : !(value.kind === 'literal' && value.value === true);
}

/** True for rows of which one parent has few: those of a key with it, the far side of a list on both sides. */
function isFew(field: Field, model: Model, other: Model, schema: Schema): boolean {
  if (tableSize(other, schema) !== 'any') return true;
  const inverse = field.relation?.inverse === undefined ? undefined : other.fields.get(field.relation.inverse);
  if (!inverse || inverse.fact.list || other === model) return true;
  const keys = inverse.relation?.fields ?? [];
  return other.indexes.some(
    ({ kind, fields }) => (kind === 'id' || kind === 'unique') && fields.some(({ name }) => keys.includes(name)),
  );
}
