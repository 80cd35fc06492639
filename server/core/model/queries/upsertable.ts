import type { KeyFieldFact } from '../../syntax/typescript/eitherWriteFacts';
import type { Value } from '../../syntax/typescript/facts';
import type { Project } from '../project';
import { compoundKeyName, keyOfExactly } from '../schemas/compoundKey';
import { isUniqueKey } from '../schemas/indexCoverage';
import type { Index, Model } from '../schemas/schema';
import type { Query } from './query';
import { propertiesOf } from './whereShape';

/** A find, and the update and the create of which its row decides: what one upsert does. */
export interface Upsertable {
  readonly find: Query;
  readonly update: Query;
  readonly create: Query;
  readonly model: Model;
  /** The fields that the row is looked up by. */
  readonly fields: readonly string[];
  /** The schema keeps two rows from having the same values there. */
  readonly isUnique: boolean;
  /** The key of the schema that they are exactly. */
  readonly key?: Index;
  /** A value can't be seen: if it writes to another model, an upsert is no single statement. */
  readonly isHidden: boolean;
}

/** The databases for which Prisma writes an upsert as `INSERT … ON CONFLICT`. */
const NATIVE: ReadonlySet<string> = new Set(['postgresql', 'postgres', 'cockroachdb', 'sqlite']);

/**
 * Returns the upsert that a find and the writes behind it amount to, if it would be one statement. Undefined for
 * any other query, and where Prisma itself would look the row up first: for relations that are included or written
 * along, and on a database whose upsert it can't use.
 */
export function readUpsertable(find: Query, project: Project): Upsertable | undefined {
  const { model, schema, call, facts, file } = find;
  const fact = call.eitherWrite;
  if (!fact || !model || !NATIVE.has(schema.provider ?? '')) return undefined;
  const queries = project.queriesOf(file);
  const update = queries.find((query) => query.call === facts.calls[fact.found]);
  const create = queries.find((query) => query.call === facts.calls[fact.missing]);
  if (update?.operation !== 'update' || create?.operation !== 'create') return undefined;
  if (update.model !== model || create.model !== model) return undefined;

  const fields = fact.keys.map((key) => fieldOf(key, model));
  if (!fields.every((field) => field !== undefined)) return undefined;
  if (!fact.keys.every((key, index) => isMadeAlike(key, fields[index] ?? '', model))) return undefined;
  const rowFields = fact.foundByRow?.map((path) => path.at(-1) ?? '');
  if (!fact.foundByKeys && !(rowFields && isUniqueKey(model, rowFields))) return undefined;
  const parts = [partsOf(update), partsOf(create)];
  if (parts.includes('related')) return undefined;
  const key = keyOfExactly(model, fields);
  const isHidden = parts.includes('hidden');
  const isUnique = isUniqueKey(model, fields);
  return { find, update, create, model, fields, isUnique, ...(key ? { key } : {}), isHidden };
}

/** The column that a property of the find's `where` fixes; undefined for a relation, a filter, a column that may be null. */
function fieldOf({ path }: KeyFieldFact, model: Model): string | undefined {
  const [first = '', second, ...deeper] = path;
  if (deeper.length > 0) return undefined;
  const isCompound = model.indexes.some(
    (index) => second !== undefined && index.fields.length > 1 && compoundKeyName(model, index) === first,
  );
  if (second !== undefined && !isCompound) return undefined;
  const field = model.fields.get(second ?? first);
  const isColumn = field?.kind === 'scalar' || field?.kind === 'enum';
  return isColumn && !field.fact.optional && !field.fact.list ? field.name : undefined;
}

/** True if the create gives the new row the value that was looked for, itself or by connecting the row it refers to. */
function isMadeAlike({ made }: KeyFieldFact, field: string, model: Model): boolean {
  return made.some(([first = '', second, third]) => {
    if (second === undefined) return first === field;
    const relation = second === 'connect' ? model.fields.get(first)?.relation : undefined;
    const index = relation?.fields.indexOf(field) ?? -1;
    return index >= 0 && relation?.references[index] === third;
  });
}

/** What a write does besides writing its own row. */
function partsOf({ args, model }: Query): 'own' | 'related' | 'hidden' {
  if (args?.kind !== 'object' || args.open || !model) return 'hidden';
  const options = new Map(args.properties.map(({ key, value }) => [key, value]));
  if (options.has('include') || namesRelation(options.get('select'), model)) return 'related';
  const data = options.get('data');
  if (data && namesRelation(data, model)) return 'related';
  return data?.kind === 'object' && !data.open ? 'own' : 'hidden';
}

function namesRelation(value: Value | undefined, model: Model): boolean {
  return (
    value !== undefined && propertiesOf(value).some(({ key }) => key === '_count' || model.fields.get(key)?.relation)
  );
}
