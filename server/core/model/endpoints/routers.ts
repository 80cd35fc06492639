import type { Value } from '../../syntax/typescript/facts';
import type { Definition } from '../modules/definitions';
import type { Framework } from './endpoint';
import { cleanPath, partsOfCall, routesOf, type Source, sourcesOf, textOf, type Workspace } from './workspace';

/** Something that takes routes; `id` is the same wherever in the workspace it is named. */
export interface Router {
  readonly framework?: Framework;
  readonly id: string;
  /** What it was made with: `new Router({ prefix: '/orders' })`. */
  readonly prefix: string;
}

const FRAMEWORKS: readonly (readonly [RegExp, Framework])[] = [
  [/^(express|express-promise-router|polka|@tinyhttp\/app)$/, 'express'],
  [/^fastify$/, 'fastify'],
  [/^(hono(\/\w+)?|@hono\/zod-openapi)$/, 'hono'],
  [/^(koa|koa-router|@koa\/router)$/, 'koa'],
  [/^elysia$/, 'elysia'],
  [/^(@hapi\/hapi)$/, 'hapi'],
];
/** Methods that give their router back, or what stands for it where it is mounted. */
const SAME_ROUTER =
  /^(get|post|put|patch|delete|all|use|route|register|basePath|onError|notFound|routes|middleware|withTypeProvider|after)$/;
const MAX_DEPTH = 10;

/** Returns the router that a value is, if all steps to where it is made are clear. */
export function routerOf(definition: Definition, workspace: Workspace, depth = 0): Router | undefined {
  if (depth > MAX_DEPTH) return undefined;
  const target = workspace.definitions.resolve(definition);
  const { file, facts, value } = target;
  const at = (inner: Value): Router | undefined => routerOf({ ...target, value: inner }, workspace, depth + 1);
  switch (value.kind) {
    case 'new':
    case 'call': {
      const { callee } = partsOfCall(value, facts);
      if (callee.kind === 'member' && SAME_ROUTER.test(callee.name)) {
        // A long chain is not followed to its start; but that is where its text starts, too.
        return at(callee.object) ?? { id: idOf(target), prefix: '' };
      }
      const framework = frameworkOf(callee);
      if (framework) return { framework, id: idOf(target), prefix: prefixIn(value, target, workspace) };
      const made = workspace.definitions.resolve({ ...target, value: callee });
      if (made.value.kind !== 'function') return undefined;
      const returns = made.facts.functions[made.value.function]?.returns ?? [];
      return firstRouter(returns.map((inner) => routerOf({ ...made, value: inner }, workspace, depth + 1)));
    }
    case 'parameter': {
      const framework = value.type && frameworkOf(value.type);
      const owner = framework ? undefined : facts.functions[value.function]?.argumentOf;
      const known = framework ?? (owner && givenBy(owner.callee, at));
      return { ...(known ? { framework: known } : {}), id: parameterId(file, value.function, value.index), prefix: '' };
    }
    case 'instance': {
      const framework = frameworkOf(value.type);
      return framework && { framework, id: idOf(target), prefix: '' };
    }
    case 'either':
      return firstRouter(value.options.map(at));
    default:
      return undefined;
  }
}

/** The framework of a router that is given to an inline plugin: `app.register(async (app) => …)`, `fp(async (app) => …)`. */
function givenBy(callee: Value, routerAt: (value: Value) => Router | undefined): Framework | undefined {
  if (callee.kind === 'member') return routerAt(callee.object)?.framework;
  return callee.kind === 'import' && callee.module === 'fastify-plugin' ? 'fastify' : undefined;
}

function firstRouter(options: readonly (Router | undefined)[]): Router | undefined {
  return options.find((option) => option !== undefined);
}

/** The framework of what makes a router (`express`, `express.Router`, `Hono`) or of a router's type. */
function frameworkOf(value: Value): Framework | undefined {
  if (value.kind === 'member') return frameworkOf(value.object);
  if (value.kind === 'call' && value.callee.kind !== 'global') return frameworkOf(value.callee);
  if (value.kind !== 'import') return undefined;
  return FRAMEWORKS.find(([module]) => module.test(value.module))?.[1];
}

function prefixIn(value: Value & { kind: 'call' | 'new' }, definition: Definition, workspace: Workspace): string {
  const [options] = value.arguments;
  const prefix = options?.kind === 'object' ? options.properties.find(({ key }) => key === 'prefix') : undefined;
  return prefix ? textOf([prefix.value], definition, workspace.definitions) : '';
}

function idOf({ file, value }: Definition): string {
  return `${file}:${value.range.start}`;
}

function parameterId(file: string, fn: number, index: number): string {
  return `${file}:function ${fn}:${index}`;
}

/** Where a router takes part in its application. */
export interface RouterPlace {
  /** Its own framework, else that of what it is mounted in. */
  readonly framework?: Framework;
  /** What stands before the paths of its routes. */
  readonly prefix: string;
}

/** Returns the function that says where a router is mounted, through any number of others. */
export function readMounts(workspace: Workspace): (router: Router) => RouterPlace {
  const mounts = new Map<string, { readonly parent?: Router; readonly path: string }>();
  for (const source of sourcesOf(workspace)) {
    for (const mount of routesOf(source.facts, 'mount')) {
      const parent = routerOf({ ...source, value: mount.router }, workspace);
      const path = textOf(mount.path, source, workspace.definitions);
      for (const value of mount.mounted) {
        for (const id of mountedIds(value, source, workspace)) {
          if (!mounts.has(id)) mounts.set(id, { ...(parent ? { parent } : {}), path });
        }
      }
    }
  }
  const placeOf = (router: Router, seen: ReadonlySet<string>): RouterPlace => {
    const mount = mounts.get(router.id);
    const own = router.framework ? { framework: router.framework } : {};
    if (!mount || seen.has(router.id)) return { ...own, prefix: router.prefix };
    const outer = mount.parent ? placeOf(mount.parent, new Set([...seen, router.id])) : { prefix: '' };
    return { ...outer, ...own, prefix: cleanPath(`${outer.prefix}/${mount.path}/${router.prefix}`) };
  };
  return (router) => placeOf(router, new Set());
}

/** A router; of a plugin, also a wrapped one, the instance it is given. */
function mountedIds(value: Value, source: Source, workspace: Workspace): string[] {
  const router = routerOf({ ...source, value }, workspace);
  if (router) return [router.id];
  const { file, value: plugin } = workspace.definitions.resolve({ ...source, value });
  const functions = plugin.kind === 'call' ? plugin.arguments : [plugin];
  return functions.flatMap((fn) => (fn.kind === 'function' ? [parameterId(file, fn.function, 0)] : []));
}
