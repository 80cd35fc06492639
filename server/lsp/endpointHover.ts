import type { Hover, HoverParams } from 'vscode-languageserver/node';
import type { ReachedQuery } from '../core/model/calls/callGraph';
import { type Endpoint, nameOfEndpoint } from '../core/model/endpoints/endpoint';
import { endpointCost, endpointFunctions, queriesText } from '../core/model/endpoints/endpointCost';
import { endpointMarks } from '../core/model/endpoints/endpointMarks';
import type { Project } from '../core/model/project';
import type { Place } from '../core/text/textEdit';
import { guard } from './guard';
import { findOpen, type Session } from './session';
import { toHover, toLineName, toMarkdownLink } from './toProtocol';

/** More ways to queries than these are no longer read. */
const LISTED = 12;
/** A handler may stand behind any number of routes, which are all alike. */
const DESCRIBED = 3;

/** Writes a place of the code: with words for it, or as `src/orders.ts:12`. */
type Link = (words: string | undefined, place: Place) => string;

/** Answers `textDocument/hover` at a route, and at the name of a handler: what a request costs, and the way to each query. */
export function handleEndpointHover(session: Session): void {
  session.connection.onHover(guard('textDocument/hover', session.log, null, (params) => hoverAt(session, params)));
}

function hoverAt(session: Session, { textDocument, position }: HoverParams): Hover | null {
  const place = findOpen(session, textDocument.uri);
  const document = place?.folder.texts.document(place.file);
  if (!place || !document || !place.folder.configuration.isEnabled) return null;
  const { folder, file } = place;
  const offset = document.offsetAt(position);
  const marks = endpointMarks(folder.project, file).filter(({ range }) => range.start <= offset && offset <= range.end);
  const [first] = marks;
  if (!first) return null;
  const link: Link = (words, target) => {
    const text = words ?? toLineName(target, folder.texts.document);
    return session.client.markdownHovers ? toMarkdownLink(text, target, folder.texts.document) : text;
  };
  const text = marks
    .slice(0, DESCRIBED)
    .map(({ endpoint }) => describe(endpoint, folder.project, link))
    .join('\n\n');
  return toHover(text, first.range, document, session.client);
}

/** `GET /orders`: one request sends up to 1 + N(orders) queries; then a line for each query. */
function describe(endpoint: Endpoint, project: Project, link: Link): string {
  const cost = endpointCost(project, endpoint);
  const name = `\`${nameOfEndpoint(endpoint)}\``;
  if (cost.terms.length === 0) return `${name} sends no query${cost.unknown ? ' that can be seen' : ''}.`;
  const reached = endpointFunctions(endpoint).flatMap((place) => project.calls.reachOf(place).queries);
  const ways = [...new Map(reached.map((way) => [way.query.call, way])).values()];
  const lines = ways.slice(0, LISTED).map((way) => `- ${wayTo(way, link)}`);
  const more = ways.length > LISTED ? [`- … and ${ways.length - LISTED} more`] : [];
  return [`${name}: one request sends up to ${queriesText(cost)}.`, '', ...lines, ...more].join('\n');
}

/** `loadOrders` → `findOwner` → `User.findUnique`. */
function wayTo({ query, path }: ReachedQuery, link: Link): string {
  const { file, call, model, operation } = query;
  const steps = path.map((step) => link(`\`${step.name}\``, step));
  const asked = model ? `${model.name}.${operation}` : operation;
  return [...steps, `\`${asked}\` in ${link(undefined, { file, range: call.callee })}`].join(' → ');
}
