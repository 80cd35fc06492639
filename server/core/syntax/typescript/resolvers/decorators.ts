import ts from 'typescript';
import { propertyName, unwrap } from '../nodes';
import type { ResolverReader } from './resolverReader';
import { nameOf, partOf, returnedBy } from './resolverReader';

const FIELDS: ReadonlySet<string> = new Set(['ResolveField', 'ResolveProperty', 'FieldResolver']);
const ROOTS: ReadonlySet<string> = new Set(['Query', 'Mutation', 'Subscription']);
const PARENTS: ReadonlySet<string> = new Set(['Parent', 'Root']);
const LIBRARIES: ReadonlySet<string> = new Set(['@nestjs/graphql', 'type-graphql']);

/** Reads the methods of Nest's and TypeGraphQL's `@Resolver` classes, and of TypeGraphQL's `@ObjectType` classes. */
export function readDecorated(reader: ResolverReader): void {
  for (const node of reader.tables.classes) {
    if (!ts.isClassDeclaration(node)) continue;
    const resolver = decorator(node, (name) => name === 'Resolver', reader);
    const objectType = resolver ? undefined : decorator(node, (name) => name === 'ObjectType', reader);
    if (resolver) readResolverClass(node, typeOf(resolver), reader);
    else if (objectType) readObjectType(node, typeOf(objectType) ?? node.name?.text, reader);
  }
}

function readResolverClass(node: ts.ClassDeclaration, type: string | undefined, reader: ResolverReader): void {
  for (const member of node.members) {
    if (!ts.isMethodDeclaration(member)) continue;
    const found = decorator(member, (name) => FIELDS.has(name) || ROOTS.has(name), reader);
    const name = propertyName(member.name);
    if (!found || name === undefined) continue;
    const parent = member.parameters.findIndex((parameter) => decorator(parameter, (one) => PARENTS.has(one), reader));
    reader.add({
      type: ROOTS.has(found.name) ? found.name : type,
      field: fieldName(found) ?? name,
      function: member,
      parent: parent < 0 ? undefined : parent,
      at: member.name,
    });
  }
}

/** TypeGraphQL: a method with `@Field` reads from `this`. */
function readObjectType(node: ts.ClassDeclaration, type: string | undefined, reader: ResolverReader): void {
  for (const member of node.members) {
    if (!ts.isMethodDeclaration(member)) continue;
    const name = propertyName(member.name);
    const found = decorator(member, (one) => one === 'Field', reader);
    if (!found || name === undefined) continue;
    reader.add({ type, field: fieldName(found) ?? name, function: member, parent: 'this', at: member.name });
  }
}

interface Decorator {
  readonly name: string;
  readonly arguments: readonly ts.Expression[];
}

/** The first decorator of a GraphQL library whose exported name passes the test. */
function decorator(
  node: ts.HasDecorators,
  test: (name: string) => boolean,
  { values }: ResolverReader,
): Decorator | undefined {
  for (const { expression } of ts.getDecorators(node) ?? []) {
    const call = ts.isCallExpression(expression) ? expression : undefined;
    const callee = values.of(call?.expression ?? expression);
    const name = importedName(callee);
    if (name !== undefined && test(name)) return { name, arguments: call?.arguments ?? [] };
  }
  return undefined;
}

function importedName(callee: ReturnType<ResolverReader['values']['of']>): string | undefined {
  if (callee.kind === 'import') return LIBRARIES.has(callee.module) ? callee.name : undefined;
  const isOfNamespace = callee.kind === 'member' && callee.object.kind === 'import';
  return isOfNamespace && importedName({ ...callee.object, name: callee.name }) ? callee.name : undefined;
}

/** `'User'`, `User`, `() => User`, `() => [User]`. */
function typeOf({ arguments: [first] }: Decorator): string | undefined {
  if (!first) return undefined;
  const given = unwrap(first);
  const returned = ts.isArrowFunction(given) ? returnedBy(given) : given;
  const one = returned && ts.isArrayLiteralExpression(returned) ? returned.elements[0] : returned;
  return one && ts.isIdentifier(one) ? one.text : nameOf(one);
}

/** `@ResolveField('posts')`, `@ResolveField(() => [Post], { name: 'posts' })`. */
function fieldName({ arguments: given }: Decorator): string | undefined {
  const [first] = given;
  const named = first && nameOf(first);
  if (named !== undefined) return named;
  const options = given.find(ts.isObjectLiteralExpression);
  const name = options && partOf(options, 'name');
  return name && nameOf(name);
}
