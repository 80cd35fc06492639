import type { Property, Value } from '../../syntax/typescript/facts';
import type { PropertiesRead } from '../../syntax/typescript/rowUseFacts';
import { contains, type Range } from '../../text/range';
import type { Model, Schema } from '../schemas/schema';
import type { Query } from './query';

/** A relation that a query loads with its rows. */
export interface UnreadInclude {
  /** Its name; `_count` for the counts of relations. */
  readonly relation: string;
  /** The model whose rows it is loaded with. */
  readonly model: string;
  /** Its name in the `include`. */
  readonly place: Range;
}

/**
 * Returns the relations that a query includes, at any depth, and that nothing reads. None where some use of the
 * rows can't be seen, and none whose `include` is written outside the call, where other queries may share it.
 */
export function unreadIncludes({ call, model, schema, args, operation }: Query): UnreadInclude[] {
  if (!model || !call.rows || !args) return [];
  // Rows that are only counted: they are not needed at all.
  if (operation === 'findMany' && Object.keys(call.rows.reads).length === 0) return [];
  return unreadIn(args, call.rows.reads, model, schema).filter(({ place }) => contains(call.range, place));
}

function unreadIn(options: Value, reads: PropertiesRead, model: Model, schema: Schema): UnreadInclude[] {
  const included = propertyOf(options, 'include')?.value;
  if (included?.kind !== 'object') return [];
  return included.properties.flatMap((property): UnreadInclude[] => {
    const { key, keyRange, value } = property;
    const other = model.fields.get(key)?.relation?.model;
    if (!isAskedFor(property) || (other === undefined && key !== '_count')) return [];
    const read = Object.hasOwn(reads, key) ? reads[key] : undefined;
    if (read === undefined) return [{ relation: key, model: model.name, place: keyRange }];
    const otherModel = other === undefined ? undefined : schema.models.get(other);
    return read === true || !otherModel ? [] : unreadIn(value, read, otherModel, schema);
  });
}

function propertyOf(value: Value, name: string): Property | undefined {
  const found = value.kind === 'object' ? value.properties.filter(({ key }) => key === name) : [];
  return found.length === 1 && found[0]?.optional === false ? found[0] : undefined;
}

/** `posts: true`, `posts: { … }`; what may be false in some calls may be there for the others. */
function isAskedFor({ value, optional }: Property): boolean {
  return !optional && (value.kind === 'object' || (value.kind === 'literal' && value.value === true));
}
