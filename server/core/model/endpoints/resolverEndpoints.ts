import type { Project } from '../project';
import { fieldResolvers } from '../resolvers/fieldResolvers';
import type { Endpoint } from './endpoint';

const METHODS: ReadonlyMap<string | undefined, string> = new Map([
  ['Mutation', 'mutation'],
  ['Subscription', 'subscription'],
]);

/** Returns the GraphQL queries, mutations and subscriptions: what a request can ask for by name. */
export function readResolverEndpoints(project: Project): Endpoint[] {
  return [...fieldResolvers(project).values()].flat().flatMap(({ root, type, field, at, file, function: fn }) =>
    root
      ? [
          {
            framework: 'graphql',
            method: METHODS.get(type) ?? 'query',
            path: field,
            ...at,
            handler: { file, function: fn },
            before: [],
          } satisfies Endpoint,
        ]
      : [],
  );
}
