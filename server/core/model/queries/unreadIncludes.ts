import type { Property, Value } from '../../syntax/typescript/facts';
import type { PropertiesRead } from '../../syntax/typescript/rowUseFacts';
import { contains, type Range } from '../../text/range';
import type { Model, Schema } from '../schemas/schema';
import { holdsFewRows } from '../schemas/tableSize';
import type { Query } from './query';

/** A relation that a query loads with its rows. */
export interface UnreadInclude {
  /** Its name; `_count` for the counts of relations. */
  readonly relation: string;
  /** The model whose rows it is loaded with. */
  readonly model: string;
  /** Its name in the `include`. */
  readonly place: Range;
  /** Its table has few rows in all, and nothing is loaded with them. */
  readonly isSmall: boolean;
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
    const otherModel = other === undefined ? undefined : schema.models.get(other);
    if (read === undefined) {
      const isSmall = otherModel !== undefined && holdsFewRows(otherModel, schema) && loadsNoMore(value, otherModel);
      return [{ relation: key, model: model.name, place: keyRange, isSmall }];
    }
    return read === true || !otherModel ? [] : unreadIn(value, read, otherModel, schema);
  });
}

/** True for `true`, and for options that load no relation with the rows of the model. */
function loadsNoMore(options: Value, model: Model): boolean {
  if (options.kind !== 'object') return options.kind === 'literal';
  const asked = ['include', 'select'].flatMap((name) => {
    const option = propertyOf(options, name)?.value;
    return option?.kind === 'object' ? option.properties : [];
  });
  return !asked.some(({ key }) => model.fields.get(key)?.relation !== undefined);
}

function propertyOf(value: Value, name: string): Property | undefined {
  const found = value.kind === 'object' ? value.properties.filter(({ key }) => key === name) : [];
  return found.length === 1 && found[0]?.optional === false ? found[0] : undefined;
}

/** `posts: true`, `posts: { … }`; what may be false in some calls may be there for the others. */
function isAskedFor({ value, optional }: Property): boolean {
  return !optional && (value.kind === 'object' || (value.kind === 'literal' && value.value === true));
}
