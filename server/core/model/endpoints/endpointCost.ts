import type { FunctionPlace } from '../calls/callees';
import { type Cost, costOf, costText } from '../calls/cost';
import { sumOfTerms } from '../calls/costTerms';
import type { Project } from '../project';
import type { Endpoint } from './endpoint';

/** Returns the queries that one request of an endpoint can send, with those of what runs before its handler. */
export function endpointCost(project: Project, endpoint: Endpoint): Cost {
  const costs = endpointFunctions(endpoint).map((place) => costOf(project, place));
  const own = endpoint.handler && costs.at(-1);
  return {
    terms: sumOfTerms(costs.flatMap(({ terms }) => terms)),
    recursive: costs.some(({ recursive }) => recursive),
    // What runs before goes on to what it can't name: that is the handler.
    unknown: own?.unknown ?? true,
  };
}

/** Returns the functions that run when an endpoint is asked, each once, the handler last. */
export function endpointFunctions({ handler, before }: Endpoint): readonly FunctionPlace[] {
  const all = [...before, ...(handler ? [handler] : [])];
  return [...new Map(all.map((place) => [`${place.function}\n${place.file}`, place])).values()];
}

/** Says how many queries a cost is: `1 query`, `3 + 2·N(orders) queries, perhaps more`. */
export function queriesText({ terms, recursive, unknown }: Cost): string {
  const sum = costText({ terms, recursive: false, unknown: false });
  const each = recursive ? ' for each level' : '';
  return `${sum} ${sum === '1' ? 'query' : 'queries'}${each}${unknown ? ', perhaps more' : ''}`;
}
