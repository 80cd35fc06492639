import type { Place } from '../../text/textEdit';
import type { MultipliedCall } from '../loops/multipliedCalls';
import type { Query } from '../queries/query';
import type { ReachedQuery, Step } from './callGraph';

/** A place on the way, and what happens there. */
export interface ChainLink extends Place {
  readonly message: string;
}

/** More queries than this, named one by one, would be a wall of text. */
const QUERIES_SHOWN = 4;

/** `post.findMany`, `$queryRaw`. */
export function queryName({ model, operation }: Query): string {
  return model ? `${model.accessor}.${operation}` : operation;
}

/** The way from a call in a loop to the queries it multiplies: the loop, each call of the nearest, then the queries. */
export function chainOf({ file, loop, reached }: MultipliedCall): ChainLink[] {
  const [nearest] = reached;
  return [
    { file, range: loop.head, message: 'the loop that runs it' },
    ...(nearest ? nearest.path.map(stepLink) : []),
    ...reached.slice(0, QUERIES_SHOWN).map(queryLink),
  ];
}

/** The calls that lead from a function to a query, and the query. */
export function wayTo(reached: ReachedQuery): ChainLink[] {
  return [...reached.path.map(stepLink), queryLink(reached)];
}

function stepLink({ file, range, name }: Step): ChainLink {
  return { file, range, message: `calls \`${name}\`` };
}

function queryLink({ query }: ReachedQuery): ChainLink {
  return { file: query.file, range: query.call.callee, message: `sends \`${queryName(query)}\`` };
}
