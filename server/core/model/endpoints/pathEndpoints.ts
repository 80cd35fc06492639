import type { PathRouteFact } from '../../syntax/typescript/routeFacts';
import type { Endpoint } from './endpoint';
import { handlingOfAll } from './handlers';
import { type Router, readPrefixes, routerOf } from './routers';
import { cleanPath, routesOf, type Source, sourcesOf, textOf, type Workspace } from './workspace';

/** Returns the endpoints of Express, Fastify, Hono, Koa and their like, and those of controllers. */
export function readPathEndpoints(workspace: Workspace): Endpoint[] {
  const prefixOf = readPrefixes(workspace);
  return sourcesOf(workspace).flatMap((source) => [
    ...routesOf(source.facts, 'path').flatMap((route) => readRoute(route, source, prefixOf, workspace) ?? []),
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
  prefixOf: (router: Router) => string,
  workspace: Workspace,
): Endpoint | undefined {
  const router = routerOf({ ...source, value: route.router }, workspace);
  // A receiver whose maker can't be seen is a router if what it is given answers requests.
  const framework = router?.framework ?? (route.takesRequest && isUntold(route.router) ? 'express' : undefined);
  if (!framework) return undefined;
  const handlers = route.handlers.map((value) => ({ ...source, value }));
  const own = textOf(route.path, source, workspace.definitions);
  return {
    framework,
    method: route.method,
    path: cleanPath(`${router ? prefixOf(router) : ''}/${own}`),
    file: source.file,
    range: route.range,
    ...handlingOfAll(handlers, workspace),
  };
}

/** False for what is certainly made by another library: `rest.get('/orders', (req, res) => …)` of a mock server. */
function isUntold({ kind }: PathRouteFact['router']): boolean {
  return kind === 'parameter' || kind === 'member' || kind === 'unknown' || kind === 'global' || kind === 'instance';
}
