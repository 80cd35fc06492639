import type { Value } from '../../syntax/typescript/facts';
import type { Project } from '../project';
import type { Model } from '../schemas/schema';
import { type Condition, conjuncts } from './condition';
import type { Query } from './query';
import { readQueryShape } from './queryShape';

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
      if (query.operation === 'findMany' && query.model && !paged.has(query.model) && isPage(query)) {
        paged.set(query.model, query);
      }
    }
  }
  return paged;
}

/**
 * A page among others: it begins behind what was shown before, by `skip`, `cursor` or the column that it is sorted by.
 * A `take` alone, of the newest ten or of what a job can do at once, does not say that there are many for anybody.
 */
function isPage(query: Query): boolean {
  const shape = readQueryShape(query);
  const take = shape?.options.get('take')?.value;
  if (!shape || !take || (take.kind === 'literal' && Number(take.value) <= 1)) return false;
  if (shape.options.has('skip') || shape.options.has('cursor')) return true;
  const sorted = firstSorted(shape.options.get('orderBy')?.value);
  return conjuncts(shape.where).some((part) => startsBehind(part.kind === 'optional' ? part.part : part, sorted));
}

function firstSorted(order: Value | undefined): string | undefined {
  const first = order?.kind === 'array' ? order.elements[0] : order;
  return first?.kind === 'object' ? first.properties[0]?.key : undefined;
}

/** `id: { gt: last }` */
function startsBehind(part: Condition, sorted: string | undefined): boolean {
  if (part.kind !== 'field' || part.field.name !== sorted || part.test.operator !== 'range') return false;
  return (part.test.lower === undefined) !== (part.test.upper === undefined);
}
