import type { Value } from '../../syntax/typescript/facts';
import type { Definitions } from '../modules/definitions';
import type { Condition } from '../queries/condition';
import type { Query } from '../queries/query';
import { type QueryShape, readQueryShape } from '../queries/queryShape';
import { boundOf } from '../queries/rowBound';
import type { Model } from '../schemas/schema';
import { type Access, type Equality, type Limit, selectiveOf } from './access';
import { alternativesOf } from './alternatives';
import { isCoarse, isIndexable, isNarrowStretch, marksRemoval } from './columns';
import { readOrder } from './readOrder';
import { followReturned } from './returnedObjects';

const BY_WHERE = /^(?:find(?:Many|First|FirstOrThrow)|count|aggregate|groupBy|(?:update|delete)Many(?:AndReturn)?)$/;

const FEW = 5;
/** Nobody takes more where there are only a handful. */
const MANY = 100;

/** What of an access the `where` does not say. */
type Manner = Pick<Access, 'sort' | 'limit' | 'unbounded'>;

const AS_PART: Manner = { sort: [], unbounded: false };

/**
 * Returns the ways in which a query asks for rows by something else than a key of its model. Of an
 * `OR`, one for each branch, and none where a branch asks what no index answers. Includes go by the
 * foreign key, which is another rule's. Without `definitions`, what functions return is not seen.
 */
export function readAccesses(query: Query, definitions?: Definitions): readonly Access[] {
  const shape = BY_WHERE.test(query.operation) ? readQueryShape(withReturned(query, definitions)) : undefined;
  if (!shape || !query.model || !(shape.complete || shape.options.has('where'))) return [];
  const { model, schema } = query;
  const limit = limitOf(query, shape);
  const bound =
    query.operation === 'findMany' && !shape.options.has('take') && shape.complete
      ? boundOf(shape.where, model)
      : undefined;
  const manner: Manner = {
    sort: readOrder(shape, model, schema),
    ...(limit ? { limit } : {}),
    unbounded: bound !== undefined && bound.kind !== 'keys' && bound.kind !== 'hidden',
  };
  return accessesOf(query, model, shape.where, manner);
}

function withReturned(query: Query, definitions: Definitions | undefined): Query {
  const { file, facts, args } = query;
  return args && definitions ? { ...query, args: followReturned({ file, facts, value: args }, definitions) } : query;
}

function accessesOf(query: Query, model: Model, where: Condition, manner: Manner): Access[] {
  return alternativesOf(where).flatMap((conditions) => accessesOfWay(query, model, conditions, manner));
}

function accessesOfWay(query: Query, model: Model, conditions: readonly Condition[], manner: Manner): Access[] {
  const access = readAccess(query, model, conditions, manner);
  const through = wayThroughRelation(query, model, conditions);
  // Two ways to the rows: which one the database takes is its own affair.
  if (selectiveOf(access).length > 0) return through ? [] : [access];
  const choice = conditions.find((part) => part.kind === 'any');
  if (choice) return accessesOfBranches(query, model, conditions, choice.parts);
  return through ?? [access];
}

/** How the rows are found from the other side of a relation; undefined where no filter through one leaves few. */
function wayThroughRelation(query: Query, model: Model, conditions: readonly Condition[]): Access[] | undefined {
  for (const condition of conditions) {
    if (condition.kind !== 'relation' || !leadsToRows(condition)) continue;
    if (readEqualities(condition, query, model).length > 0) continue;
    const { model: other, part } = condition;
    if (boundOf(part, other).kind === 'keys') return [];
    const inner = accessesOf(query, other, part, AS_PART);
    // Without an access, its own way leads through further relations by their keys.
    if (inner.every((access) => selectiveOf(access).length > 0)) return inner;
  }
  return undefined;
}

/** Each branch must be found by an index of this table, with what holds around it. */
function accessesOfBranches(
  query: Query,
  model: Model,
  conditions: readonly Condition[],
  branches: readonly Condition[],
): Access[] {
  const around = conditions.filter((part) => part.kind !== 'any');
  const ways = branches
    .flatMap((branch) => alternativesOf(branch.kind === 'optional' ? branch.part : branch))
    .map((branch) => readAccess(query, model, [...around, ...branch], AS_PART));
  return ways.every((way) => selectiveOf(way).length > 0) ? ways : [];
}

function readAccess(query: Query, model: Model, conditions: readonly Condition[], manner: Manner): Access {
  const equals = new Map<string, Equality>();
  const others: Condition[] = [];
  let range: string | undefined;
  for (const condition of conditions) {
    const given = readEqualities(condition, query, model);
    for (const equality of given) equals.set(equality.name, equality);
    if (given.length > 0) continue;
    const stretch = narrowStretch(condition, query);
    if (stretch === undefined) others.push(condition);
    else range ??= stretch;
  }
  return {
    query,
    model,
    equals: [...equals.values()],
    ...manner,
    sort: manner.sort.filter(({ name }) => !equals.get(name)?.single),
    ...(range === undefined ? {} : { range }),
    filtered: others.some((part) => part.kind !== 'hidden' && !isNegation(part)),
    hidden: others.some(({ kind }) => kind === 'hidden'),
  };
}

function readEqualities(condition: Condition, { schema }: Query, model: Model): Equality[] {
  if (condition.kind === 'relation') return byKeyOfParent(condition);
  if (condition.kind !== 'field' || !isIndexable(condition.field, schema)) return [];
  const { field, test } = condition;
  const { name } = field;
  switch (test.operator) {
    case 'null':
      return [{ name, single: true, coarse: true, fixed: true, none: true, usual: marksRemoval(name) }];
    case 'equals': {
      if (test.insensitive) return [];
      const usual = marksRemoval(name) && test.value.kind === 'literal' && test.value.value === false;
      const fixed = isFixed(test.value);
      return [{ name, single: true, coarse: fixed || isCoarse(field, model), fixed, none: false, usual }];
    }
    case 'in': {
      const fixed = isFixed(test.value);
      return [{ name, single: false, coarse: fixed || isCoarse(field, model), fixed, none: false, usual: false }];
    }
    default:
      return [];
  }
}

/** `customer: { id }` fixes the key that leads to the customer. */
function byKeyOfParent({ field, quantifier, model: parent, part }: Condition & { kind: 'relation' }): Equality[] {
  if (quantifier !== 'is' || boundOf(part, parent).kind !== 'keys') return [];
  const single = part.kind === 'field' && part.test.operator === 'equals';
  return (field.relation?.fields ?? []).map((name) => ({
    name,
    single,
    coarse: false,
    fixed: false,
    none: false,
    usual: false,
  }));
}

function narrowStretch(condition: Condition, { schema }: Query): string | undefined {
  if (condition.kind !== 'field' || condition.test.operator !== 'range') return undefined;
  const { field, test } = condition;
  return isIndexable(field, schema) && isNarrowStretch(field, test) ? field.name : undefined;
}

/** Takes little away, so that an index on the rest is of as much use. */
function isNegation(condition: Condition): boolean {
  if (condition.kind === 'relation') return condition.quantifier === 'none' || condition.quantifier === 'isNot';
  return condition.kind === 'not' || (condition.kind === 'field' && condition.test.operator === 'not');
}

/** A filter through which the rows may be found from the other side. */
function leadsToRows({ quantifier }: Condition & { kind: 'relation' }): boolean {
  return quantifier === 'is' || quantifier === 'some';
}

function limitOf({ operation }: Query, { options }: QueryShape): Limit | undefined {
  if (operation.startsWith('findFirst')) return 'few';
  const take = options.get('take');
  if (!take || take.optional) return undefined;
  const { value } = take;
  if (options.has('skip') || options.has('cursor') || value.kind !== 'literal') return 'page';
  const count = typeof value.value === 'number' ? Math.abs(value.value) : 0;
  return count <= FEW ? 'few' : count <= MANY ? 'list' : 'page';
}

/** Written in the code: a name for a sort of rows. */
function isFixed(value: Value): boolean {
  switch (value.kind) {
    case 'array':
      return !value.open && value.elements.every(isFixed);
    case 'either':
      return value.options.every(isFixed);
    case 'import':
      return /^[A-Z][A-Z0-9_]+$/.test(value.name);
    case 'member':
      // `OrderStatus.PAID`
      return value.object.kind === 'member'
        ? isFixed(value.object)
        : value.object.kind === 'import' && /^[A-Z]/.test(value.object.name);
    default:
      return value.kind === 'literal';
  }
}
