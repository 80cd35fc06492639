import { countThroughParent } from '../fixes/countThroughParent';
import { findUniqueInResolver } from '../fixes/findUniqueInstead';
import { fluentRelation } from '../fixes/fluentRelation';
import type { Sources } from '../fixes/sources';
import { queryName, wayTo } from '../model/calls/callChain';
import type { Query } from '../model/queries/query';
import type { FieldResolver } from '../model/resolvers/fieldResolvers';
import { type ResolverRead, readsOfResolver } from '../model/resolvers/resolverReads';
import { defineRule, type Fix, type Related } from './rule';

interface Data {
  /** `User.posts`, `posts` where the type is not known. */
  readonly field: string;
  readonly type?: string;
  /** `post.findMany`. */
  readonly query: string;
  /** The function by which the resolver comes to it, and how many reads that comes to. */
  readonly through?: { readonly name: string; readonly queries: number };
  readonly preloaded: boolean;
}

/** A read that a GraphQL field sends for each object of a list. */
export const resolverQuery = defineRule<Data>({
  id: 'resolver-query',
  title: 'A GraphQL field that reads once for each object',
  category: 'round-trips',
  severity: 'warning',
  fix: 'suggestion',
  runtimeOnly: true,

  check({ scope, report }) {
    for (const resolver of scope.fieldResolvers()) {
      for (const read of readsOfResolver(resolver, scope.project)) {
        const range = read.kind === 'query' ? read.query.call.callee : read.call.invocation.callee;
        report({
          at: { file: resolver.file, range },
          data: describe(resolver, read),
          severity: resolver.preloaded ? 'information' : 'warning',
          related: relatedTo(resolver, read),
          fixes: (sources) => (read.kind === 'query' ? fixesOf(resolver, read.query, sources) : []),
        });
      }
    }
  },

  message({ field, type, query, through, preloaded }) {
    const objects = type === undefined ? 'its objects' : `\`${type}\``;
    const what = through
      ? `calls \`${through.name}\`, which ${through.queries === 1 ? `reads \`${query}\`` : `sends up to ${through.queries} queries, \`${query}\` among them`}`
      : `reads \`${query}\``;
    const when = preloaded ? ' that came without it' : '';
    return `The field \`${field}\` ${what}, once for each of ${objects}${when}: a list of N costs N round trips. Prisma gathers \`findUnique\` by the parent's key, also with the relation behind it (\`findUnique(…).relation()\`); for any other read, collect the keys with a DataLoader.`;
  },
});

function fixesOf(resolver: FieldResolver, query: Query, sources: Sources): (Fix | undefined)[] {
  return [fluentRelation, countThroughParent, findUniqueInResolver].map((fix) => fix(resolver, query, sources));
}

function describe({ type, field, preloaded }: FieldResolver, read: ResolverRead): Data {
  return {
    field: type === undefined ? field : `${type}.${field}`,
    ...(type === undefined ? {} : { type }),
    query: queryName(read.kind === 'query' ? read.query : read.reached[0].query),
    ...(read.kind === 'call' ? { through: { name: read.call.invocation.name, queries: read.reached.length } } : {}),
    preloaded,
  };
}

function relatedTo({ at }: FieldResolver, read: ResolverRead): Related[] {
  const field = { ...at, message: 'the field' };
  return read.kind === 'query' ? [field] : [field, ...wayTo(read.reached[0])];
}
