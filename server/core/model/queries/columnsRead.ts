import type { Property } from '../../syntax/typescript/facts';
import { primaryKey } from '../schemas/indexCoverage';
import type { Field, Model, Schema } from '../schemas/schema';
import type { Query } from './query';
import { readQueryShape } from './queryShape';

/** The columns that a find fetches, and those that the code reads. */
export interface ColumnsRead {
  readonly all: readonly Field[];
  readonly read: readonly Field[];
  /** Columns that the code does not read, but Prisma does: it looks up the included relations by them. */
  readonly joined: readonly Field[];
  /** Columns that may hold a lot (`Json`, `Bytes`, `@db.Text`) and that nobody reads. */
  readonly wideUnread: readonly Field[];
}

const FINDS: ReadonlySet<string> = new Set([
  'findUnique',
  'findUniqueOrThrow',
  'findFirst',
  'findFirstOrThrow',
  'findMany',
]);
const WIDE_TYPES: ReadonlySet<string> = new Set(['Json', 'Bytes']);
const WIDE_ATTRIBUTE = /^db\.(?:Long|Medium|N)?Text$/;

/**
 * Returns which columns of a find's rows are read. Undefined where it says itself what to select, where some
 * use of its rows can't be seen or gives them to a type that may need all of them, and for rows that are
 * only counted.
 */
export function columnsRead(query: Query): ColumnsRead | undefined {
  const { model, operation, call, schema } = query;
  const { rows } = call;
  if (!model || !rows || rows.types || !FINDS.has(operation) || call.aggregated || call.eitherWrite) return undefined;
  const names = Object.keys(rows.reads);
  if (operation === 'findMany' && names.length === 0) return undefined;
  // A name that is no field: a column that the client computes, of who knows what.
  if (!names.every((name) => name === '_count' || model.fields.has(name))) return undefined;
  const shape = readQueryShape(query);
  if (!shape?.complete || shape.options.has('select') || shape.options.has('omit')) return undefined;
  const all = columnsOf(model);
  const isRead = ({ name }: Field) => Object.hasOwn(rows.reads, name);
  const keys = new Set(joinKeys(shape.options.get('include'), model, schema));
  return {
    all,
    read: all.filter(isRead),
    joined: all.filter((field) => !isRead(field) && keys.has(field.name)),
    wideUnread: all.filter((field) => !isRead(field) && isWide(field)),
  };
}

/** The names of a model's own columns by which the relations in an `include` are joined. */
function joinKeys(include: Property | undefined, model: Model, { models }: Schema): readonly string[] {
  if (include?.value.kind !== 'object') return [];
  return include.value.properties.flatMap(({ key }) => {
    const relation = model.fields.get(key)?.relation;
    if (!relation) return key === '_count' ? primaryKey(model) : [];
    if (relation.fields.length > 0 || relation.inverse === undefined) return relation.fields;
    return models.get(relation.model)?.fields.get(relation.inverse)?.relation?.references ?? [];
  });
}

function columnsOf(model: Model): Field[] {
  return [...model.fields.values()].filter(
    ({ kind, fact }) =>
      kind !== 'relation' && fact.type !== 'Unsupported' && !fact.attributes.some(({ name }) => name === 'ignore'),
  );
}

function isWide({ fact }: Field): boolean {
  return WIDE_TYPES.has(fact.type) || fact.attributes.some(({ name }) => WIDE_ATTRIBUTE.test(name));
}
