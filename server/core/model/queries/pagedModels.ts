import type { Project } from '../project';
import type { Model } from '../schemas/schema';
import type { Query } from './query';

const kept = new WeakMap<Project, ReadonlyMap<Model, Query>>();

/** Returns a query of the workspace that reads a model page by page: there, its rows are known to be many. */
export function pagingQuery(project: Project, model: Model): Query | undefined {
  let paged = kept.get(project);
  if (!paged) {
    paged = readPaged(project);
    kept.set(project, paged);
  }
  return paged.get(model);
}

function readPaged(project: Project): ReadonlyMap<Model, Query> {
  const paged = new Map<Model, Query>();
  for (const file of project.documents.keys()) {
    for (const query of project.queriesOf(file)) {
      if (query.operation === 'findMany' && query.model && !paged.has(query.model) && takesSeveral(query)) {
        paged.set(query.model, query);
      }
    }
  }
  return paged;
}

function takesSeveral({ args }: Query): boolean {
  const take = args?.kind === 'object' ? args.properties.find(({ key }) => key === 'take')?.value : undefined;
  return take !== undefined && take.kind !== 'undefined' && !(take.kind === 'literal' && Number(take.value) <= 1);
}
