import type { Range } from '../../text/range';
import { endpointsIn } from '../endpoints';
import type { Project } from '../project';
import type { Endpoint } from './endpoint';

/** A place in a file that stands for an endpoint: its route, or the name of its handler. */
export interface EndpointMark {
  readonly endpoint: Endpoint;
  readonly range: Range;
}

/** Returns where a file names endpoints: at their routes, and at handlers that it exports to routes of other files. */
export function endpointMarks(project: Project, file: string): readonly EndpointMark[] {
  const facts = project.documents.get(file);
  if (facts?.kind !== 'typescript') return [];
  return endpointsIn(project, file).flatMap((endpoint): EndpointMark[] => {
    const { handler } = endpoint;
    if (endpoint.file === file) return [{ endpoint, range: endpoint.range }];
    const named = facts.exports.find(
      ({ value, range }) => range && value.kind === 'function' && value.function === handler?.function,
    );
    return named?.range ? [{ endpoint, range: named.range }] : [];
  });
}
