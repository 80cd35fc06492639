import type { ResolverFact, ResolverMapFact } from '../resolverFacts';
import type { Tables } from '../tables';
import type { Values } from '../values';
import { readDecorated } from './decorators';
import { readNexus } from './nexus';
import { readPothos } from './pothos';
import { ResolverReader } from './resolverReader';
import { readSchemaMaps } from './schemaMaps';

/** One of these names stands in every file that has resolvers. */
const NAMES = [
  'Resolver',
  'ObjectType',
  'resolve',
  'definition',
  'nodes',
  'resolvers',
  'Query',
  'Mutation',
  'Subscription',
];

/** Reads the functions of a file that a GraphQL server calls, and the maps of such that stand elsewhere. */
export function readResolvers(
  tables: Tables,
  values: Values,
): { resolvers: ResolverFact[]; resolverMaps: ResolverMapFact[] } {
  const reader = new ResolverReader(tables, values);
  const isTyped = /\b[A-Z]\w*Resolvers\b/.test(tables.file.text);
  if (isTyped || NAMES.some((name) => tables.named(name).length > 0)) {
    readDecorated(reader);
    readPothos(reader);
    readNexus(reader);
    readSchemaMaps(reader);
  }
  return { resolvers: reader.resolvers, resolverMaps: reader.maps };
}
