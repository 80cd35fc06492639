import type { Value } from '../../syntax/typescript/facts';
import type { Call, ReachedQuery } from '../calls/callGraph';
import { multipliedCall } from '../loops/multipliedCalls';
import { isBatchable, multiplied } from '../loops/multipliedQueries';
import type { Project } from '../project';
import type { Query } from '../queries/query';
import { type FieldResolver, fieldResolvers } from './fieldResolvers';

/** A read that a field resolver sends for its parent, and that nothing gathers with those of the other parents. */
export type ResolverRead =
  | { readonly kind: 'query'; readonly query: Query }
  /** It sends the read by way of this call. `reached` are the reads, nearest first. */
  | { readonly kind: 'call'; readonly call: Call; readonly reached: readonly [ReachedQuery, ...ReachedQuery[]] };

/** What a mutation answers with, and who is logged in: there is one of them in a request. */
const SINGLE_TYPES = /(Payload|Viewer)$|^(Me|CurrentUser|Auth)$/;

/** Files made of one object, which nobody asks of a list. */
const EXPORTS = /(export|csv|pdf|zip|ics)$/i;

/**
 * Returns the reads that a field's resolver sends once for each parent, in the order of the text: those
 * whose arguments use the parent, and the calls with such arguments that come to a read. None for root
 * fields, and where a request has one such object.
 */
export function readsOfResolver(resolver: FieldResolver, project: Project): ResolverRead[] {
  if (!isAskedOfLists(resolver, project)) return [];
  const { queries, calls } = project.calls.bodyOf(resolver);
  const own = queries.flatMap((query): ResolverRead[] =>
    isSentForParent(query, resolver, project) ? [{ kind: 'query', query }] : [],
  );
  const through = calls.flatMap((call): ResolverRead[] => {
    const [first, ...more] = readsThrough(call, resolver, project);
    return first ? [{ kind: 'call', call, reached: [first, ...more] }] : [];
  });
  return [...own, ...through];
}

/** True for a query in the resolver of a field that lists of objects are asked for: out of its loop, it is still sent once for each. */
export function isInFieldOfLists(query: Query, project: Project): boolean {
  const resolvers = fieldResolvers(project).get(query.file) ?? [];
  const { start } = query.call.callee;
  return resolvers.some(
    (resolver) =>
      isAskedOfLists(resolver, project) &&
      project.calls.bodyOf(resolver).queries.some(({ call }) => call.callee.start === start),
  );
}

/** False for root fields, and where a request has one such object or a cache is asked first. */
function isAskedOfLists(resolver: FieldResolver, project: Project): boolean {
  const facts = project.documents.get(resolver.file);
  if (resolver.root || resolver.parent === undefined || resolver.forOne || facts?.kind !== 'typescript') return false;
  return !(
    SINGLE_TYPES.test(resolver.type ?? '') ||
    EXPORTS.test(resolver.field) ||
    facts.functions[resolver.function]?.asksCacheFirst
  );
}

function isSentForParent(query: Query, resolver: FieldResolver, project: Project): boolean {
  const { call } = query;
  if (query.effect !== 'read' || call.inCatch || !usesParent(query, resolver)) return false;
  // A loop that multiplies it is the nearer cause, and has its own rule.
  if (multiplied(query, project)) return false;
  return !isGathered(query);
}

/**
 * `findUnique` by equality, also with a relation behind it: Prisma sends those of one tick as one query. They stay
 * in step behind one another, so an await before it is no reason to doubt; a transaction of its own is.
 */
function isGathered(query: Query): boolean {
  const { fluent, ...call } = query.call;
  if (query.client === 'transaction') return false;
  if (/^findUnique(OrThrow)?$/.test(query.operation) && !showsWhere(query)) return true;
  return isBatchable(fluent === undefined ? query : { ...query, call });
}

/** False where the arguments come from elsewhere, as in `findUnique(args)`: hardly ever more than a key. */
function showsWhere({ args }: Query): boolean {
  const where = args?.kind === 'object' ? args.properties.find(({ key }) => key === 'where') : undefined;
  return where?.value.kind === 'object' && !where.value.open;
}

/** The reads that a call in a resolver comes to, for its parent. */
function readsThrough(call: Call, resolver: FieldResolver, project: Project): readonly ReachedQuery[] {
  const { invocation, callee } = call;
  const facts = project.documents.get(resolver.file);
  if (callee.kind !== 'function' || callee.cached || invocation.inCatch || facts?.kind !== 'typescript') return [];
  if (!resolver.byParent?.includes(invocation.callee.end)) return [];
  if (multipliedCall(resolver.file, facts, call, project)) return [];
  return project.calls
    .reachOf(callee.place)
    .queries.filter(({ query }) => query.effect === 'read' && !isGathered(query));
}

function usesParent({ call }: Query, { byParent, function: fn, parent }: FieldResolver): boolean {
  if (byParent) return byParent.includes(call.callee.end);
  const isParent = (part: Value) => part.kind === 'parameter' && part.function === fn && part.index === parent;
  return call.arguments.some((value) => mentions(value, isParent));
}

/** True if the value, or something in it, passes the test. */
function mentions(value: Value, test: (part: Value) => boolean): boolean {
  if (test(value)) return true;
  const inner = (part: Value) => mentions(part, test);
  switch (value.kind) {
    case 'object':
      return value.properties.some((property) => inner(property.value));
    case 'array':
      return value.elements.some(inner);
    case 'either':
      return value.options.some(inner);
    case 'member':
      return inner(value.object);
    case 'call':
    case 'new':
      return inner(value.callee) || value.arguments.some(inner);
    default:
      return false;
  }
}
