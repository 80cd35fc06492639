import type { Config } from '../config';
import type { Cost } from '../model/calls/cost';
import { byTerms } from '../model/calls/costTerms';
import { endpointsOf } from '../model/endpoints';
import type { Endpoint } from '../model/endpoints/endpoint';
import { endpointCost, endpointFunctions } from '../model/endpoints/endpointCost';
import type { Project } from '../model/project';
import type { Finding } from '../rules/rule';

/** What one request of an endpoint can cost. */
export interface EndpointCost {
  readonly endpoint: Endpoint;
  readonly cost: Cost;
  /** What was found at the queries that it comes to. */
  readonly findings: readonly Finding[];
}

export interface EndpointCostOptions {
  readonly project: Project;
  readonly config: Config;
  /** Those that are told of. */
  readonly findings: readonly Finding[];
  /** Whether a file's endpoints are asked about. */
  readonly isAudited: (file: string) => boolean;
}

/** Returns the endpoints that send queries, the costliest first; none of tests, seeds and other code aside. */
export function endpointCosts({ project, config, findings, isAudited }: EndpointCostOptions): readonly EndpointCost[] {
  const byFile = new Map<string, Finding[]>();
  for (const finding of findings) byFile.set(finding.file, [...(byFile.get(finding.file) ?? []), finding]);
  return endpointsOf(project)
    .filter(({ file }) => isAudited(file) && config.includes(file) && !config.isAside(file))
    .flatMap((endpoint) => {
      const cost = endpointCost(project, endpoint);
      return cost.terms.length > 0 ? [{ endpoint, cost, findings: findingsOf(endpoint, project, byFile) }] : [];
    })
    .sort((a, b) => byTerms(a.cost.terms, b.cost.terms));
}

function findingsOf(
  endpoint: Endpoint,
  project: Project,
  byFile: ReadonlyMap<string, readonly Finding[]>,
): readonly Finding[] {
  const reached = endpointFunctions(endpoint).flatMap((place) => project.calls.reachOf(place).queries);
  const found = reached.flatMap(({ query: { file, call } }) =>
    (byFile.get(file) ?? []).filter(({ range }) => range.start >= call.range.start && range.end <= call.range.end),
  );
  return [...new Set(found)];
}
