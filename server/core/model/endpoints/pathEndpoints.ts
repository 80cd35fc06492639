import type { PathRouteFact } from '../../syntax/typescript/routeFacts';
import type { Endpoint } from './endpoint';
import { handlingOfAll } from './handlers';
import { type Router, type RouterPlace, readMounts, routerOf } from './routers';
import { cleanPath, routesOf, type Source, sourcesOf, textOf, type Workspace } from './workspace';

/** Returns the endpoints of Express, Fastify, Hono, Koa and their like, and those of controllers. */
export function readPathEndpoints(workspace: Workspace): Endpoint[] {
  const placeOf = readMounts(workspace);
  return sourcesOf(workspace).flatMap((source) => [
    ...routesOf(source.facts, 'path').flatMap((route) => readRoute(route, source, placeOf, workspace) ?? []),
    ...routesOf(source.facts, 'controller').map(
      ({ framework, method, path, function: fn, range }): Endpoint => ({
        framework,
        method,
        path: cleanPath(textOf(path, source, workspace.definitions)),
        file: source.file,
        range,
        handler: { file: source.file, function: fn },
        before: [],
      }),
    ),
  ]);
}

function readRoute(
  route: PathRouteFact,
  source: Source,
  placeOf: (router: Router) => RouterPlace,
  workspace: Workspace,
): Endpoint | undefined {
  const router = routerOf({ ...source, value: route.router }, workspace);
  // A receiver whose maker can't be seen is a router if what it is given answers requests.
  const place = router && placeOf(router);
  const framework = place?.framework ?? (isUntold(route.router) ? route.handlerLike : undefined);
  if (!framework) return undefined;
  const handlers = route.handlers.map((value) => ({ ...source, value }));
  const own = textOf(route.path, source, workspace.definitions);
  return {
    framework,
    method: route.method,
    path: cleanPath(`${place?.prefix ?? ''}/${own}`),
    file: source.file,
    range: route.range,
    ...handlingOfAll(handlers, workspace),
  };
}

/** False for what is certainly made by another library: `rest.get('/orders', (req, res) => …)` of a mock server. */
function isUntold({ kind }: PathRouteFact['router']): boolean {
  return kind === 'parameter' || kind === 'member' || kind === 'unknown' || kind === 'global' || kind === 'instance';
}
