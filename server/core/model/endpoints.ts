import type { Endpoint } from './endpoints/endpoint';
import { readNitroEndpoints, readRemixEndpoints } from './endpoints/fileEndpoints';
import { readNextEndpoints } from './endpoints/nextEndpoints';
import { readPathEndpoints } from './endpoints/pathEndpoints';
import { readProcedureEndpoints } from './endpoints/procedureEndpoints';
import { readResolverEndpoints } from './endpoints/resolverEndpoints';
import { type Source, sourcesOf } from './endpoints/workspace';
import type { Project } from './project';

const known = new WeakMap<Project, readonly Endpoint[]>();

/** Returns all ways in from outside, in the order of files and places. */
export function endpointsOf(project: Project): readonly Endpoint[] {
  const order = new Map([...project.documents.keys()].map((file, index) => [file, index]));
  return [...declared(project), ...sourcesOf(project).flatMap((source) => byPlace(source, project))].sort(
    (a, b) => (order.get(a.file) ?? 0) - (order.get(b.file) ?? 0) || a.range.start - b.range.start,
  );
}

/**
 * Returns the endpoints that a file has a part in: their route stands there, or their handler does. The handler of
 * one that follows from its file's place is found from that file only.
 */
export function endpointsIn(project: Project, file: string): readonly Endpoint[] {
  const facts = project.documents.get(file);
  if (facts?.kind !== 'typescript') return [];
  const ofRoutes = declared(project).filter((endpoint) => endpoint.file === file || endpoint.handler?.file === file);
  return [...ofRoutes, ...byPlace({ file, facts }, project)];
}

/** Those that some call, decorator or object makes; found when first asked of a project, then kept. */
function declared(project: Project): readonly Endpoint[] {
  const kept = known.get(project);
  if (kept) return kept;
  const found = [...readPathEndpoints(project), ...readProcedureEndpoints(project), ...readResolverEndpoints(project)];
  known.set(project, found);
  return found;
}

/** Those that a file has by where it lies and what it exports. */
function byPlace(source: Source, project: Project): readonly Endpoint[] {
  return [
    ...readNextEndpoints(source, project),
    ...readRemixEndpoints(source, project),
    ...readNitroEndpoints(source, project),
  ];
}
