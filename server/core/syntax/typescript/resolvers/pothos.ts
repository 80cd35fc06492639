import ts from 'typescript';
import { memberName, propertyName, rangeOf, unwrap } from '../nodes';
import { nameOf, type Part, partOf, partOfProperty, type ResolverReader, returnedBy } from './resolverReader';
import { letsViewerPass } from './viewerOnly';

/** Which arguments of a Pothos builder's method say what: the type, and the fields or the one field. */
interface Shape {
  readonly type: number | 'Query' | 'Mutation' | 'Subscription';
  /** The options that hold `fields`, by argument. */
  readonly options?: number;
  /** The callback that makes several fields, by argument. */
  readonly fields?: number;
  /** The name and the callback of one field, by argument. */
  readonly field?: readonly [number, number];
}

const OBJECTS = [
  'objectType',
  'interfaceType',
  'prismaObject',
  'prismaInterface',
  'prismaNode',
  'node',
  'loadableObject',
  'loadableNode',
  'loadableInterface',
];

const SHAPES: ReadonlyMap<string, Shape> = new Map<string, Shape>([
  ...OBJECTS.map((name): [string, Shape] => [name, { type: 0, options: 1 }]),
  ...['object', 'prismaObject', 'interface', 'prismaInterface'].flatMap((name): [string, Shape][] => [
    [`${name}Field`, { type: 0, field: [1, 2] }],
    [`${name}Fields`, { type: 0, fields: 1 }],
  ]),
  ...(['Query', 'Mutation', 'Subscription'] as const).flatMap((type): [string, Shape][] => [
    [`${type.toLowerCase()}Type`, { type, options: 0 }],
    [`${type.toLowerCase()}Field`, { type, field: [0, 1] }],
    [`${type.toLowerCase()}Fields`, { type, fields: 0 }],
  ]),
]);

/** Reads what is given to a Pothos schema builder. */
export function readPothos(reader: ResolverReader): void {
  for (const call of reader.tables.ofKind(ts.SyntaxKind.CallExpression)) {
    const callee = unwrap(call.expression);
    const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : undefined;
    if (name === undefined || !ts.isPropertyAccessExpression(callee)) continue;
    if (name === 'implement') {
      const options = call.arguments[0];
      const ref = unwrap(callee.expression);
      if (options) readOptions(options, refName(ref, reader), reader);
      continue;
    }
    const shape = SHAPES.get(name);
    if (shape) readShape(call, shape, reader);
  }
}

function readShape({ arguments: given }: ts.CallExpression, shape: Shape, reader: ResolverReader): void {
  const typed = typeof shape.type === 'number' ? given[shape.type] : undefined;
  const type = typeof shape.type === 'string' ? shape.type : typed && refName(unwrap(typed), reader);
  const options = shape.options === undefined ? undefined : given[shape.options];
  if (options) readOptions(options, type, reader);
  const fields = shape.fields === undefined ? undefined : given[shape.fields];
  if (fields) readFields(fields, type, reader);
  if (!shape.field) return;
  const [nameAt, callbackAt] = shape.field;
  const [name, callback] = [given[nameAt], given[callbackAt]];
  const field = nameOf(name);
  const made = callback && madeBy(callback, reader);
  if (name && field !== undefined && made) readField(made.expression, field, type, name, made.builder, reader);
}

/** `'User'`, or a name bound to `builder.objectRef('User')`, `builder.prismaObject('User', …)`. */
function refName(node: ts.Expression, { tables }: ResolverReader): string | undefined {
  const direct = nameOf(node);
  if (direct !== undefined) return direct;
  if (ts.isCallExpression(node)) {
    const first = node.arguments[0];
    if (first && nameOf(first) !== undefined) return nameOf(first);
    const callee = unwrap(node.expression);
    // `builder.objectRef('User').implement({…})`
    return ts.isPropertyAccessExpression(callee) && ts.isCallExpression(unwrap(callee.expression))
      ? refName(unwrap(callee.expression), { tables } as ResolverReader)
      : undefined;
  }
  if (!ts.isIdentifier(node)) return undefined;
  const declaration = tables.scopes.lookup(node.text, node)?.declaration;
  const initializer = declaration && ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
  const held = initializer && unwrap(initializer);
  const named = held && ts.isCallExpression(held) ? nameOf(held.arguments[0]) : undefined;
  return named ?? node.text;
}

function readOptions(options: ts.Expression, type: string | undefined, reader: ResolverReader): void {
  const object = reader.objectOf(options);
  const fields = object && partOf(object, 'fields');
  if (fields) readFields(fields, type, reader);
}

/** `(t) => ({ posts: t.field({ resolve }) })` */
function readFields(callback: Part, type: string | undefined, reader: ResolverReader): void {
  const made = madeBy(callback, reader);
  const object = made && reader.objectOf(made.expression);
  for (const property of object?.properties ?? []) {
    const part = partOfProperty(property);
    const field = property.name && propertyName(property.name);
    if (!made || !part || ts.isMethodDeclaration(part) || field === undefined || !property.name) continue;
    readField(part, field, type, property.name, made.builder, reader);
  }
}

/** What a `fields` callback returns, and the name of its field builder. */
function madeBy(callback: Part, reader: ResolverReader): { expression: ts.Expression; builder: string } | undefined {
  const fn = reader.functionOf(callback);
  const builder = fn?.parameters[0]?.name;
  const expression = fn && returnedBy(fn);
  return expression && builder && ts.isIdentifier(builder) ? { expression, builder: builder.text } : undefined;
}

/** `t.field({ resolve: (parent, args, context) => … })`; of `t.prismaField` the query comes first. */
function readField(
  expression: ts.Expression,
  field: string,
  type: string | undefined,
  at: ts.Node,
  builder: string,
  reader: ResolverReader,
): void {
  const call = unwrap(expression);
  if (!ts.isCallExpression(call) || !startsWith(call.expression, builder)) return;
  const method = memberName(unwrap(call.expression)) ?? '';
  for (const argument of call.arguments) {
    const options = reader.objectOf(argument);
    const resolve = options && partOf(options, 'resolve');
    if (!resolve) continue;
    const parent = /^prisma/.test(method) ? 1 : 0;
    const scopes = partOf(options, 'authScopes');
    const check = scopes && reader.functionOf(scopes);
    const forOne = check !== undefined && letsViewerPass(check, reader.tables);
    reader.add({ type, field, function: resolve, parent, at, forOne });
    return;
  }
}

/** `t.field`, `t.withAuth({ … }).field` */
function startsWith(callee: ts.Expression, name: string): boolean {
  let node = unwrap(callee);
  while (ts.isPropertyAccessExpression(node) || ts.isCallExpression(node)) node = unwrap(node.expression);
  return ts.isIdentifier(node) && node.text === name && rangeOf(node).start < callee.end;
}
