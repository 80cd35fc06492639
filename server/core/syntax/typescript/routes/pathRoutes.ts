import ts from 'typescript';
import type { Value } from '../facts';
import { memberName, propertyName, rangeOf, unwrap } from '../nodes';
import type { MountFact, PathRouteFact } from '../routeFacts';
import type { Tables } from '../tables';
import { lean } from '../valueShapes';
import type { Values } from '../values';
import { handlerLike, mayAnswer } from './handlers';
import { listedArguments } from './listedArguments';
import { pluginType } from './pluginType';
import { mayBePath, pathPieces } from './routePath';

const METHODS: ReadonlySet<string> = new Set('get post put patch delete del head options all any'.split(' '));
/** Calls that give their router back, so that another may follow. */
const CHAINED: ReadonlySet<string> = new Set([
  ...METHODS,
  'use',
  'route',
  'register',
  'basePath',
  'onError',
  'notFound',
]);
/** What a Fastify route runs before its handler. */
const HOOKS: ReadonlySet<string> = new Set(['onRequest', 'preParsing', 'preValidation', 'preHandler']);

/** Reads the calls that may tie a path to a function, or hang one router into another. */
export function readPathRoutes(tables: Tables, values: Values): (PathRouteFact | MountFact)[] {
  return tables.ofKind(ts.SyntaxKind.CallExpression).flatMap((call): PathRouteFact | (PathRouteFact | MountFact)[] => {
    const callee = unwrap(call.expression);
    if (!ts.isPropertyAccessExpression(callee)) return [];
    const name = callee.name.text;
    if (METHODS.has(name)) return readMethodCall(call, callee, tables, values) ?? [];
    if (name !== 'use' && name !== 'route' && name !== 'register') return [];
    const route = readRouteObject(call, callee, tables, values);
    if (route) return route;
    const given = listedArguments(call, tables) ?? [call.arguments];
    return given.flatMap((mounted) => readMount(mounted, callee, tables, values) ?? []);
  });
}

function readMethodCall(
  call: ts.CallExpression,
  callee: ts.PropertyAccessExpression,
  tables: Tables,
  values: Values,
): PathRouteFact | undefined {
  const last = call.arguments.at(-1);
  if (!last || !mayAnswer(last)) return undefined;
  const router = readReceiver(callee.expression, tables, values);
  // Behind `.route('/orders')` all arguments are handlers; else the first is the path, or with Koa its name.
  const named = !router.path && call.arguments.length > 2 && isName(call.arguments[0]) ? 1 : 0;
  const path = router.path ? undefined : call.arguments[named];
  if (!router.path && (!path || path === last || !mayBePath(path))) return undefined;
  const like = handlerLike(last);
  const handlers = call.arguments.slice(router.path ? 0 : named + 1);
  const method = callee.name.text === 'del' ? 'delete' : callee.name.text === 'any' ? 'all' : callee.name.text;
  return {
    kind: 'path',
    method: method.toUpperCase(),
    path: [...router.prefix, ...(router.path ?? (path ? pathPieces(path, values) : []))],
    router: router.value,
    handlers: handlers.flatMap((handler) => functionsOf(handler, values)),
    ...(like ? { handlerLike: like } : {}),
    range: rangeOf(callee.name),
  };
}

/** Koa lets a route have a name before its path. */
function isName(node: ts.Expression | undefined): boolean {
  return node !== undefined && ts.isStringLiteral(node) && !mayBePath(node);
}

interface Receiver {
  readonly value: Value;
  /** What `.basePath('/api')` puts before the paths of the calls that follow. */
  readonly prefix: readonly Value[];
  /** Where it is `app.route('/orders')`: that path. */
  readonly path?: readonly Value[];
}

/** The router that a chain of calls starts with. */
function readReceiver(node: ts.Expression, tables: Tables, values: Values): Receiver {
  let current = unwrap(node);
  let prefix: readonly Value[] = [];
  let path: readonly Value[] | undefined;
  while (ts.isCallExpression(current)) {
    const callee = unwrap(current.expression);
    const name = memberName(callee);
    if (!ts.isPropertyAccessExpression(callee) || name === undefined || !CHAINED.has(name)) break;
    const [first] = current.arguments;
    if (name === 'basePath' && first) prefix = [...pathPieces(first, values), ...prefix];
    if (name === 'route' && current.arguments.length === 1 && first && mayBePath(first))
      path = pathPieces(first, values);
    current = unwrap(callee.expression);
  }
  return {
    value: routerValue(values.of(current), pluginType(current, tables, values)),
    prefix,
    ...(path ? { path } : {}),
  };
}

/** What it was made with counts only for what it puts before its paths. */
function routerValue(value: Value, type?: Value): Value {
  if (value.kind === 'parameter' && type) return { ...value, type };
  if (value.kind !== 'new' && value.kind !== 'call') return lean(value);
  const options = value.arguments.map((argument) =>
    argument.kind === 'object'
      ? { ...argument, properties: argument.properties.filter(({ key }) => key === 'prefix'), open: true }
      : lean(argument),
  );
  return { ...value, callee: lean(value.callee), arguments: options };
}

/** A handler, a list of them, or an object of options with a handler and what runs before it. */
function functionsOf(node: ts.Expression, values: Values): Value[] {
  const expression = unwrap(node);
  if (ts.isArrayLiteralExpression(expression)) return expression.elements.flatMap((each) => functionsOf(each, values));
  if (ts.isSpreadElement(expression)) return [];
  if (!ts.isObjectLiteralExpression(expression)) return [lean(values.of(expression))];
  const value = values.of(expression);
  return [...[...HOOKS].flatMap((name) => propertyOf(value, name)), ...propertyOf(value, 'handler')];
}

function propertyOf(object: Value, name: string): Value[] {
  const value = object.kind === 'object' ? object.properties.find(({ key }) => key === name)?.value : undefined;
  if (!value) return [];
  return (value.kind === 'array' ? value.elements : [value]).map(lean);
}

/** `fastify.route({ method: 'GET', url: '/orders', handler })`; hapi says `path`. */
function readRouteObject(
  call: ts.CallExpression,
  callee: ts.PropertyAccessExpression,
  tables: Tables,
  values: Values,
): PathRouteFact | undefined {
  const [options] = call.arguments;
  if (callee.name.text !== 'route' || !options || !ts.isObjectLiteralExpression(options)) return undefined;
  const initializer = (...names: string[]) =>
    options.properties
      .filter(ts.isPropertyAssignment)
      .find((property) => names.includes(propertyName(property.name) ?? ''))?.initializer;
  const path = initializer('url', 'path');
  const method = initializer('method');
  const handlers = functionsOf(options, values);
  if (!path || !method || handlers.length === 0) return undefined;
  const verb = ts.isArrayLiteralExpression(method) ? method.elements[0] : method;
  return {
    kind: 'path',
    method: verb && ts.isStringLiteralLike(verb) ? verb.text.toUpperCase().replace('*', 'ALL') : 'ALL',
    path: pathPieces(path, values),
    router: readReceiver(callee.expression, tables, values).value,
    handlers,
    range: rangeOf(callee.name),
  };
}

function readMount(
  given: readonly ts.Expression[],
  callee: ts.PropertyAccessExpression,
  tables: Tables,
  values: Values,
): MountFact | undefined {
  const [first, second] = given;
  if (!first) return undefined;
  const receiver = readReceiver(callee.expression, tables, values);
  const made = (path: readonly Value[], mounted: readonly ts.Expression[]): MountFact | undefined => {
    const routers = mounted.flatMap((node) => functionsOf(node, values)).filter(({ kind }) => kind !== 'unknown');
    if (routers.length === 0) return undefined;
    return { kind: 'mount', path: [...receiver.prefix, ...path], router: receiver.value, mounted: routers };
  };
  if (callee.name.text === 'register') {
    const options = second && ts.isObjectLiteralExpression(second) ? second : undefined;
    return made(options ? propertyOf(values.of(options), 'prefix') : [], [first]);
  }
  const hasPath = second !== undefined && mayBePath(first) && !ts.isIdentifier(first);
  if (callee.name.text === 'route' && !hasPath) return undefined;
  return hasPath ? made(pathPieces(first, values), given.slice(1)) : made([], given);
}
