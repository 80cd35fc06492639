import type { ArgumentFact, AttributeFact, ModelFact, SchemaValue } from '../../syntax/prisma/facts';
import { listItems, namedArgument, positionalArgument } from './attributes';
import type { Index, IndexField } from './schema';

const BLOCK_KINDS: ReadonlyMap<string, Index['kind']> = new Map([
  ['id', 'id'],
  ['unique', 'unique'],
  ['index', 'index'],
  ['fulltext', 'fulltext'],
]);

/** Returns the keys, unique constraints and indexes that a model's own attributes declare, in their order. */
export function declaredIndexes(file: string, model: ModelFact): Index[] {
  const indexes: Index[] = [];
  for (const field of model.fields) {
    for (const attribute of field.attributes) {
      if (attribute.name !== 'id' && attribute.name !== 'unique') continue;
      const lone: SchemaValue = {
        kind: 'name',
        value: field.name,
        arguments: attribute.arguments,
        range: attribute.range,
      };
      indexes.push(
        indexOf(
          file,
          attribute.name,
          attribute,
          [indexField(lone)].filter((one) => one !== undefined),
        ),
      );
    }
  }
  for (const attribute of model.attributes) {
    const kind = BLOCK_KINDS.get(attribute.name);
    const items = listItems(namedArgument(attribute.arguments, 'fields') ?? positionalArgument(attribute.arguments));
    const fields = items.map(indexField).filter((one) => one !== undefined);
    if (kind && fields.length > 0) indexes.push(indexOf(file, kind, attribute, fields));
  }
  return indexes.sort((a, b) => a.place.range.start - b.place.range.start);
}

function indexOf(file: string, kind: Index['kind'], attribute: AttributeFact, fields: IndexField[]): Index {
  const type = namedArgument(attribute.arguments, 'type');
  const clustered = namedArgument(attribute.arguments, 'clustered');
  return {
    kind,
    fields,
    ...(type?.kind === 'name' && { type: type.value }),
    ...(clustered?.kind === 'name' && { clustered: clustered.value === 'true' }),
    partial: namedArgument(attribute.arguments, 'where') !== undefined,
    attribute: attribute.range,
    place: { file, range: attribute.range },
  };
}

function indexField(item: SchemaValue): IndexField | undefined {
  if (item.kind !== 'name') return undefined;
  const sort = namedArgument(item.arguments, 'sort');
  const ops = opsText(namedArgument(item.arguments, 'ops'));
  const length = namedArgument(item.arguments, 'length');
  return {
    name: item.value,
    sort: sort?.kind === 'name' && sort.value === 'Desc' ? 'Desc' : 'Asc',
    ...(ops !== undefined && { ops }),
    ...(length?.kind === 'number' && { length: Number(length.value) }),
  };
}

/** `JsonbPathOps`, or for `raw("gin_trgm_ops")` the raw name. */
function opsText(value: SchemaValue | undefined): string | undefined {
  if (value?.kind === 'string') return value.value;
  if (value?.kind !== 'name') return undefined;
  const raw: ArgumentFact | undefined = value.arguments[0];
  return raw?.value.kind === 'string' ? raw.value.value : value.value;
}
