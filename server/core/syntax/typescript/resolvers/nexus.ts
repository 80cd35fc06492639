import ts from 'typescript';
import type { Value } from '../facts';
import { isFunctionNode, memberName, unwrap } from '../nodes';
import { rootIdentifier } from '../scopes';
import { nameOf, type Part, partOf, partOfProperty, type ResolverReader, returnedBy } from './resolverReader';

const ROOTS: ReadonlyMap<string, 'Query' | 'Mutation' | 'Subscription'> = new Map([
  ['queryType', 'Query'],
  ['queryField', 'Query'],
  ['mutationType', 'Mutation'],
  ['mutationField', 'Mutation'],
  ['subscriptionType', 'Subscription'],
  ['subscriptionField', 'Subscription'],
]);
const TYPED: ReadonlySet<string> = new Set(['objectType', 'extendType', 'interfaceType']);

/** Reads what is given to Nexus (`objectType({ definition(t) { … } })`) and to graphql-js (`new GraphQLObjectType({ … })`). */
export function readNexus(reader: ResolverReader): void {
  for (const call of reader.tables.ofKind(ts.SyntaxKind.CallExpression)) {
    const name = memberName(unwrap(call.expression)) ?? call.expression.getText();
    const root = ROOTS.get(name);
    if ((!root && !TYPED.has(name)) || !isOfNexus(reader.values.of(call.expression))) continue;
    const [first, second] = call.arguments;
    const field = nameOf(first);
    if (root && first && field !== undefined && second) addField(second, field, root, first, reader);
    else if (first) readType(first, root, reader);
  }
  for (const node of reader.tables.ofKind(ts.SyntaxKind.NewExpression)) {
    if (ts.isNewExpression(node) && node.expression.getText() === 'GraphQLObjectType') readGraphQLObject(node, reader);
  }
}

function isOfNexus(callee: Value): boolean {
  if (callee.kind === 'member') return isOfNexus(callee.object);
  return callee.kind === 'import' && /^nexus(-|$)|^@nexus\//.test(callee.module);
}

/** `{ name: 'User', definition(t) { … } }`, or the definition alone. */
function readType(first: ts.Expression, root: string | undefined, reader: ResolverReader): void {
  const options = reader.objectOf(first);
  const definition = options ? partOf(options, 'definition') : first;
  const named = options && (partOf(options, 'name') ?? partOf(options, 'type'));
  const type = root ?? (named && nameOf(named));
  const fn = definition && reader.functionOf(definition);
  const builder = fn?.parameters[0]?.name;
  if (!fn?.body || !builder || !ts.isIdentifier(builder)) return;
  readDefinition(fn.body, builder.text, type, reader);
}

/** `t.field('posts', { resolve })`, `t.list.field({ name: 'posts', resolve })`, within a definition. */
function readDefinition(body: ts.Node, builder: string, type: string | undefined, reader: ResolverReader): void {
  const visit = (node: ts.Node): void => {
    if (isFunctionNode(node)) return;
    if (ts.isCallExpression(node) && rootIdentifier(node.expression)?.text === builder) {
      const [first, second] = node.arguments;
      const field = nameOf(first);
      const options = first && field === undefined ? reader.objectOf(first) : undefined;
      const named = options && partOf(options, 'name');
      if (first && field !== undefined && second) addField(second, field, type, first, reader);
      else if (first && named && nameOf(named) !== undefined) addField(first, nameOf(named) ?? '', type, named, reader);
      return;
    }
    ts.forEachChild(node, visit);
  };
  visit(body);
}

/** The functions of a field: `resolve`, and those that connections have instead. */
function addField(
  options: ts.Expression,
  field: string,
  type: string | undefined,
  at: ts.Node,
  reader: ResolverReader,
): void {
  const object = reader.objectOf(options);
  for (const name of ['resolve', 'subscribe', 'nodes', 'totalCount']) {
    const fn = object && partOf(object, name);
    if (fn && isCalled(fn, reader)) reader.add({ type, field, function: fn, parent: 0, at });
  }
}

function isCalled(part: Part, reader: ResolverReader): boolean {
  return reader.valueOf(part).kind !== 'literal';
}

/** `new GraphQLObjectType({ name: 'User', fields: () => ({ posts: { type, resolve } }) })` */
function readGraphQLObject({ arguments: given }: ts.NewExpression, reader: ResolverReader): void {
  const options = given?.[0] && reader.objectOf(given[0]);
  const named = options && partOf(options, 'name');
  const fields = options && partOf(options, 'fields');
  const made = fields && reader.functionOf(fields);
  const expression = made ? returnedBy(made) : fields && !ts.isMethodDeclaration(fields) ? fields : undefined;
  const object = expression && reader.objectOf(expression);
  for (const property of object?.properties ?? []) {
    const part = partOfProperty(property);
    const name = property.name;
    if (!part || !name || ts.isMethodDeclaration(part) || !ts.isIdentifier(name)) continue;
    const type = named && nameOf(named);
    const root = type === undefined ? undefined : /^Root(Query|Mutation|Subscription)(Type)?$/.exec(type)?.[1];
    addField(part, name.text, root ?? type, name, reader);
  }
}
