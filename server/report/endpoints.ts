import type { EndpointCost } from '../core/analysis/endpointCosts';
import { degreeOf } from '../core/model/calls/costTerms';
import { nameOfEndpoint } from '../core/model/endpoints/endpoint';
import { queriesText } from '../core/model/endpoints/endpointCost';
import { type LinePosition, linePositions } from '../core/text/linePositions';
import { counted } from './report';

/** So many are read from top to bottom. */
const LISTED = 20;
/** Below this, a number of queries that does not grow is nobody's first worry. */
const MANY_QUERIES = 10;
/** What a finding at one of its queries says of an endpoint. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ['unindexed-query', 'unindexed'],
  ['unbounded-find-many', 'unbounded'],
]);

export interface ListedEndpoint {
  /** `GET /orders/:id`. */
  readonly name: string;
  readonly file: string;
  readonly position: LinePosition;
  /** `3 + 2·N(orders) queries, 1 unbounded`. */
  readonly cost: string;
}

export interface EndpointList {
  readonly listed: readonly ListedEndpoint[];
  /** How many more there are that cost as much as to be listed. */
  readonly more: number;
}

/** Returns the endpoints that a person should look at: those whose queries grow with the data, or are many. */
export function listEndpoints(
  costs: readonly EndpointCost[],
  readText: (file: string) => string | undefined,
): EndpointList {
  const costly = costs.filter(({ cost }) => degreeOf(cost.terms) > 0 || (cost.terms[0]?.count ?? 0) >= MANY_QUERIES);
  const listed = costly.slice(0, LISTED).map((costed) => ({
    name: nameOfEndpoint(costed.endpoint),
    file: costed.endpoint.file,
    position: linePositions(readText(costed.endpoint.file) ?? '')(costed.endpoint.range.start),
    cost: wordsOf(costed),
  }));
  return { listed, more: costly.length - listed.length };
}

function wordsOf({ cost, findings }: EndpointCost): string {
  const remarks = [...WORDS].flatMap(([rule, word]) => {
    const count = findings.filter((finding) => finding.rule === rule).length;
    return count > 0 ? [`${count} ${word}`] : [];
  });
  return [queriesText(cost), ...remarks].join(', ');
}

/** `… and 3 more endpoints`; undefined where all are listed. */
export function moreEndpoints({ more }: EndpointList): string | undefined {
  return more > 0 ? `… and ${counted(more, 'more endpoint', 'more endpoints')}` : undefined;
}
