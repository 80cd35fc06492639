import type { Endpoint } from './endpoints/endpoint';
import { readNitroEndpoints, readRemixEndpoints } from './endpoints/fileEndpoints';
import { readNextEndpoints } from './endpoints/nextEndpoints';
import { readPathEndpoints } from './endpoints/pathEndpoints';
import { readProcedureEndpoints } from './endpoints/procedureEndpoints';
import { readResolverEndpoints } from './endpoints/resolverEndpoints';
import { sourcesOf } from './endpoints/workspace';
import type { Project } from './project';

const known = new WeakMap<Project, readonly Endpoint[]>();

/** Returns all ways in from outside, in the order of files and places. Found when first asked of a project, then kept. */
export function endpointsOf(project: Project): readonly Endpoint[] {
  const kept = known.get(project);
  if (kept) return kept;
  const order = new Map([...project.documents.keys()].map((file, index) => [file, index]));
  const found = [
    ...readPathEndpoints(project),
    ...readProcedureEndpoints(project),
    ...readResolverEndpoints(project),
    ...sourcesOf(project).flatMap((source) => [
      ...readNextEndpoints(source, project),
      ...readRemixEndpoints(source, project),
      ...readNitroEndpoints(source, project),
    ]),
  ].sort((a, b) => (order.get(a.file) ?? 0) - (order.get(b.file) ?? 0) || a.range.start - b.range.start);
  known.set(project, found);
  return found;
}

/** Returns the endpoints whose route or handler stands in a file. */
export function endpointsIn(project: Project, file: string): readonly Endpoint[] {
  return endpointsOf(project).filter((endpoint) => endpoint.file === file);
}
