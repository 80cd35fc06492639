import { namedArgument, stringValue } from './attributes';
import { isKey } from './indexCoverage';
import type { Index, Model } from './schema';

/** Returns the key of the schema (`@id`, `@unique`, `@@id`, `@@unique`) that has exactly these fields, in any order. */
export function keyOfExactly(model: Model, fields: readonly string[]): Index | undefined {
  const asked = new Set(fields);
  return model.indexes.find(
    (index) =>
      index.attribute !== undefined &&
      isKey(index) &&
      index.fields.length === asked.size &&
      index.fields.every(({ name }) => asked.has(name)),
  );
}

/** The property by which a `where` asks for a key of several fields: `orgId_slug`, or the name that the schema gives it. */
export function compoundKeyName(model: Model, key: Index): string {
  const attribute = model.fact.attributes.find(({ range }) => range === key.attribute);
  const given = attribute && stringValue(namedArgument(attribute.arguments, 'name'));
  return given ?? key.fields.map(({ name }) => name).join('_');
}
