import { isUniqueKey } from './indexCoverage';
import type { Model, Schema } from './schema';

/**
 * How many rows the name of a model promises, whatever the application's traffic:
 * `handful`: settings, roles, plans; `short`: categories, statuses; `handful-each`: a handful for each
 * row of another model (`UserRole`); `any` where the name says nothing.
 */
export type TableSize = 'handful' | 'handful-each' | 'short' | 'any';

const HANDFUL =
  /(?:setting|config|configuration|preference|role|permission|country|currency|plan|featureflag|flag|locale|language|timezone)s?$|(?:countries|currencies)$/i;
const SHORT =
  /(?:category|type|status|region|colou?r|kind|stage|priority|department|unit|size|rule|policy)s?$|(?:categories|statuses|policies)$/i;

/** Returns how many rows a model holds by its name. */
export function tableSize(model: Model, schema: Schema): TableSize {
  if (HANDFUL.test(model.name)) return belongsToMany(model, schema) ? 'handful-each' : 'handful';
  if (SHORT.test(model.name)) return belongsToMany(model, schema) ? 'any' : 'short';
  return 'any';
}

/** True for a table that has few rows in all, by its name: settings, categories. */
export function holdsFewRows(model: Model, schema: Schema): boolean {
  const size = tableSize(model, schema);
  return size === 'handful' || size === 'short';
}

/** True for `UserRole` with a key to `User`, and for one row per parent: they are as many as their parents. */
function belongsToMany(model: Model, schema: Schema): boolean {
  return [...model.fields.values()].some(({ relation }) => {
    if (!relation || relation.fields.length === 0) return false;
    const parent = schema.models.get(relation.model);
    if (!parent || parent === model || tableSize(parent, schema) !== 'any') return false;
    return model.name.startsWith(parent.name) || isUniqueKey(model, relation.fields);
  });
}
