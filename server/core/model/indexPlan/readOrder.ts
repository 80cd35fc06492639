import type { Property, Value } from '../../syntax/typescript/facts';
import type { QueryShape } from '../queries/queryShape';
import { primaryKey } from '../schemas/indexCoverage';
import type { Model, Schema } from '../schemas/schema';
import type { SortColumn } from './access';
import { isIndexable } from './columns';

/**
 * Returns the columns that a query sorts by, up to the first that is no column of the table, or that
 * the code does not show. What follows a whole key sorts nothing. A `cursor` alone sorts by the key.
 */
export function readOrder({ options, complete }: QueryShape, model: Model, schema: Schema): readonly SortColumn[] {
  const orderBy = options.get('orderBy');
  if (!complete || orderBy?.optional) return [];
  const key = primaryKey(model);
  if (!orderBy) return options.has('cursor') ? key.map((name) => ({ name, sort: 'Asc' })) : [];
  const columns: SortColumn[] = [];
  for (const property of sortedBy(orderBy.value)) {
    const column = property && readColumn(property, model, schema);
    if (!column) break;
    // The key sorts the rows that are alike in what comes before: too few to be worth a column.
    if (key.length === 1 && key[0] === column.name && columns.length > 0) break;
    columns.push(column);
  }
  return columns;
}

/** The properties of an `orderBy`, in order; undefined for what can't be seen. */
function sortedBy(value: Value): readonly (Property | undefined)[] {
  if (value.kind === 'array') return [...value.elements.flatMap(sortedBy), ...(value.open ? [undefined] : [])];
  if (value.kind !== 'object') return [undefined];
  // Where an object has a part that can't be seen, nobody knows where in the order it stands.
  return value.open ? [undefined] : value.properties;
}

function readColumn({ key, value, optional }: Property, model: Model, schema: Schema): SortColumn | undefined {
  const field = model.fields.get(key);
  if (!field || optional || !isIndexable(field, schema) || value.kind === 'undefined') return undefined;
  // `{ sort: 'desc', nulls: 'last' }`: not the order in which an index of the schema keeps them.
  if (value.kind === 'object') return undefined;
  return { name: key, sort: value.kind === 'literal' && value.value === 'desc' ? 'Desc' : 'Asc' };
}
