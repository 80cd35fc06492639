import type { FunctionPlace } from '../callees';
import { type Cost, type CostTerm, costOf, costText } from '../cost';
import type { Project } from '../project';
import type { Endpoint } from './endpoint';

/** Returns the queries that one request of an endpoint can send, with those of what runs before its handler. */
export function endpointCost(project: Project, endpoint: Endpoint): Cost {
  const costs = endpointFunctions(endpoint).map((place) => costOf(project, place));
  const own = endpoint.handler && costs.at(-1);
  return {
    terms: sumOf(costs),
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

function sumOf(costs: readonly Cost[]): CostTerm[] {
  const sum = new Map<string, CostTerm>();
  for (const { count, loops } of costs.flatMap(({ terms }) => terms)) {
    const key = loops.join('\n');
    sum.set(key, { count: count + (sum.get(key)?.count ?? 0), loops });
  }
  return [...sum.values()].sort((a, b) => a.loops.length - b.loops.length);
}

/** Says how many queries a cost is: `1 query`, `3 + 2·N(orders) queries, perhaps more`. */
export function queriesText({ terms, recursive, unknown }: Cost): string {
  const sum = costText({ terms, recursive: false, unknown: false });
  const each = recursive ? ' for each level' : '';
  return `${sum} ${sum === '1' ? 'query' : 'queries'}${each}${unknown ? ', perhaps more' : ''}`;
}

/** Compares costs, the greater first: by the number of loops within each other, then by how often at that depth. */
export function byCost(a: Cost, b: Cost): number {
  const depth = Math.max(degreeOf(a), degreeOf(b));
  for (let loops = depth; loops >= 0; loops -= 1) {
    const difference = countAt(b, loops) - countAt(a, loops);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Returns how many loops multiply the costliest queries: 0 for a number that does not grow. */
export function degreeOf({ terms }: Cost): number {
  return Math.max(0, ...terms.map(({ loops }) => loops.length));
}

function countAt({ terms }: Cost, depth: number): number {
  return terms.reduce((sum, { loops, count }) => (loops.length === depth ? sum + count : sum), 0);
}
