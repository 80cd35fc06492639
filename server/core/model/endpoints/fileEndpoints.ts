import type { Value } from '../../syntax/typescript/facts';
import type { Endpoint } from './endpoint';
import { handlingOf, isSamePlace } from './handlers';
import { cleanPath, packageOf, pathWithin, type Source, type Workspace } from './workspace';

const REMIX = /^(@remix-run\/|@react-router\/|react-router$)/;
const REMIX_FILE = /(?:^|\/)(?:routes\/(.*)|app\/root)\.[jt]sx?$/;
const NITRO = /^(nuxt|nuxt3|nitropack|nitro|h3)$/;
const NITRO_FILE = /(?:^|\/)server\/(api|routes)\/(.*?)(?:\.(get|post|put|patch|delete|head|options))?\.[cm]?[jt]s$/;
const EVENT_HANDLERS =
  /^(defineEventHandler|eventHandler|defineCachedEventHandler|cachedEventHandler|defineLazyEventHandler)$/;

/** Returns the loaders and actions of a Remix or React Router route. */
export function readRemixEndpoints(source: Source, workspace: Workspace): Endpoint[] {
  const route = REMIX_FILE.exec(source.file);
  if (!route || !packageOf(source.file, workspace.documents).dependsOn(REMIX)) return [];
  const found = source.facts.exports.flatMap((entry): Endpoint[] => {
    if (entry.name !== 'loader' && entry.name !== 'action') return [];
    const handling = handlingOf({ ...source, value: entry.value }, workspace);
    if (!handling.handler) return [];
    const range = entry.range ?? entry.value.range;
    return [
      {
        framework: 'remix',
        method: entry.name,
        path: remixPath(route[1] ?? ''),
        file: source.file,
        range,
        ...handling,
      },
    ];
  });
  // Of `const { action, loader } = createActionRoute(fn)` the action is the function's.
  const action = found.find(({ method }) => method === 'action')?.handler;
  return found.filter(({ method, handler }) => method === 'action' || !isSamePlace(handler, action));
}

/** `_app.orders.$id/route` → `/orders/:id`; `[sitemap.xml]` stands for itself. */
function remixPath(name: string): string {
  const escaped: string[] = [];
  const parts = name
    .replace(/\[([^\]]*)\]/g, (_, text: string) => `\0${escaped.push(text) - 1}\0`)
    .replace(/\/(route|index|_index)$/, '')
    .split(/[./+]/)
    .filter((part) => part !== '' && part !== 'index' && !part.startsWith('_'))
    .map((part) =>
      part
        .replace(/^\((.*)\)$/, '$1?')
        .replace(/_$/, '')
        .replace(/^\$$/, '*')
        .replace(/^\$/, ':'),
    );
  return cleanPath(parts.join('/').replace(/\0(\d+)\0/g, (_, index: string) => escaped[Number(index)] ?? ''));
}

/** Returns the event handler of a Nitro or Nuxt server file. */
export function readNitroEndpoints(source: Source, workspace: Workspace): Endpoint[] {
  if (!NITRO_FILE.test(source.file)) return [];
  const { folder, dependsOn } = packageOf(source.file, workspace.documents);
  const [, root, name, method] = NITRO_FILE.exec(pathWithin(folder, source.file)) ?? [];
  const entry = source.facts.exports.find((each) => each.name === 'default');
  if (root === undefined || name === undefined || !entry || !isEventHandler(entry.value) || !dependsOn(NITRO))
    return [];
  const path = name
    .split('/')
    .filter((part) => part !== 'index')
    .map((part) => part.replace(/^\[\.\.\.(.*)\]$/, '**:$1').replace(/\[(.*?)\]/g, ':$1'))
    .join('/');
  const verb = method?.toUpperCase() ?? 'ALL';
  const range = entry.range ?? entry.value.range;
  const handling = handlingOf({ ...source, value: entry.value }, workspace);
  return [
    {
      framework: 'nitro',
      method: verb,
      path: cleanPath(root === 'api' ? `api/${path}` : path),
      file: source.file,
      range,
      ...handling,
    },
  ];
}

function isEventHandler(value: Value): boolean {
  if (value.kind !== 'call') return false;
  const { callee } = value;
  return (callee.kind === 'global' || callee.kind === 'import') && EVENT_HANDLERS.test(callee.name);
}
