import ts from 'typescript';
import type { Value } from '../facts';
import { propertyName, rangeOf } from '../nodes';
import type { ControllerRouteFact } from '../routeFacts';
import type { Tables } from '../tables';
import type { Values } from '../values';
import { literal, pathPieces } from './routePath';

const METHODS: ReadonlySet<string> = new Set([
  'Get',
  'Post',
  'Put',
  'Patch',
  'Delete',
  'Head',
  'Options',
  'All',
  'Sse',
]);
const CONTROLLERS: ReadonlySet<string> = new Set(['Controller', 'JsonController']);
const FRAMEWORKS: ReadonlyMap<string, ControllerRouteFact['framework']> = new Map([
  ['@nestjs/common', 'nest'],
  ['routing-controllers', 'routing-controllers'],
]);

/** Reads the methods that answer requests in classes that are controllers by their decorator. */
export function readControllerRoutes(tables: Tables, values: Values): ControllerRouteFact[] {
  const prefixes = new Map<ts.Node, readonly Value[] | undefined>();
  const prefixOf = (owner: ts.ClassLikeDeclaration): readonly Value[] | undefined => {
    if (!prefixes.has(owner)) prefixes.set(owner, readPrefix(owner, values));
    return prefixes.get(owner);
  };
  return tables.ofKind(ts.SyntaxKind.Decorator).flatMap((decorator): ControllerRouteFact[] => {
    const method = decorator.parent;
    if (!ts.isMethodDeclaration(method) || !ts.isClassLike(method.parent)) return [];
    const made = readDecorator(decorator, METHODS, values);
    const prefix = made && prefixOf(method.parent);
    const fn = tables.functionIndex.get(method);
    if (!made || !prefix || fn === undefined) return [];
    const own = made.argument ? pathPieces(made.argument, values) : [];
    const name = made.name === 'Sse' ? 'GET' : made.name.toUpperCase();
    return [
      {
        kind: 'controller',
        framework: made.framework,
        method: name,
        path: [...prefix, literal('/', method.name), ...own],
        function: fn,
        range: rangeOf(method.name),
      },
    ];
  });
}

/** The path of a controller; undefined for a class that is none. */
function readPrefix(owner: ts.ClassLikeDeclaration, values: Values): readonly Value[] | undefined {
  for (const decorator of ts.canHaveDecorators(owner) ? (ts.getDecorators(owner) ?? []) : []) {
    const made = readDecorator(decorator, CONTROLLERS, values);
    if (!made) continue;
    const path = made.argument && pathOption(made.argument);
    return path ? pathPieces(path, values) : [];
  }
  return undefined;
}

/** `@Controller({ path: 'orders', version: '1' })` → the path. */
function pathOption(argument: ts.Expression): ts.Expression | undefined {
  if (!ts.isObjectLiteralExpression(argument)) return argument;
  for (const property of argument.properties) {
    if (ts.isPropertyAssignment(property) && propertyName(property.name) === 'path') return property.initializer;
  }
  return undefined;
}

interface MadeBy {
  readonly name: string;
  readonly framework: ControllerRouteFact['framework'];
  readonly argument?: ts.Expression;
}

function readDecorator(node: ts.Decorator, names: ReadonlySet<string>, values: Values): MadeBy | undefined {
  const { expression } = node;
  const callee = ts.isCallExpression(expression) ? expression.expression : expression;
  const value = values.of(callee);
  const name = value.kind === 'import' || value.kind === 'member' ? value.name : '';
  if (!names.has(name)) return undefined;
  const owner = value.kind === 'member' ? value.object : value;
  const framework = owner.kind === 'import' ? FRAMEWORKS.get(owner.module) : undefined;
  if (!framework) return undefined;
  const argument = ts.isCallExpression(expression) ? expression.arguments[0] : undefined;
  return { name, framework, ...(argument ? { argument } : {}) };
}
