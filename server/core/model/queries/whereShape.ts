import type { Property, Value } from '../../syntax/typescript/facts';
import type { Model } from '../schemas/schema';

/** The properties of an object, of all options where it is one of several; none where it can't be seen. */
export function propertiesOf(value: Value): readonly Property[] {
  if (value.kind === 'object') return value.properties;
  return objectsOf(value).flatMap((one) => (one.kind === 'object' ? one.properties : []));
}

/** The objects that a value may hold: itself, its options, its elements. */
export function objectsOf(value: Value): readonly Value[] {
  if (value.kind === 'object') return [value];
  if (value.kind === 'either') return value.options.flatMap(objectsOf);
  if (value.kind === 'array') return value.elements.flatMap(objectsOf);
  return [];
}

/** The scalar fields that a `where` fixes by equality (not with `null`) or `in`, also within `AND` or a compound key; not those within `OR` or `NOT`. */
export function equalityFields(where: Value, model: Model): string[] {
  return propertiesOf(where).flatMap(({ key, value }) => {
    if (key === 'AND') return objectsOf(value).flatMap((part) => equalityFields(part, model));
    const kind = model.fields.get(key)?.kind;
    // No field: a compound key, `orgId_userId: { orgId, userId }`.
    if (!kind && key !== 'OR' && key !== 'NOT') return equalityFields(value, model);
    return (kind === 'scalar' || kind === 'enum') && isEquality(value) ? [key] : [];
  });
}

function isEquality(value: Value): boolean {
  if (value.kind === 'undefined' || (value.kind === 'literal' && value.value === null)) return false;
  const filters = propertiesOf(value);
  return filters.length === 0
    ? value.kind !== 'object'
    : filters.some(({ key }) => key === 'equals' || key === 'in') && filters.every(({ key }) => key !== 'mode');
}
