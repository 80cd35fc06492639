import ts from 'typescript';
import { memberName, propertyName, unwrap } from '../nodes';
import { type Part, partOfProperty, type ResolverReader } from './resolverReader';

const ROOTS = ['Query', 'Mutation', 'Subscription'];

/** What takes a map of resolvers, under `resolvers`. */
const SCHEMA_MAKERS =
  /^(makeExecutableSchema|createSchema|buildSubgraphSchema|buildFederatedSchema|addResolversToSchema|ApolloServer|GraphQLServer|createModule|startServerAndCreateHandler)$/;
/** What joins maps of resolvers into one. */
const JOINERS = /^(mergeResolvers|mergeDeepRight|merge|defaultsDeep)$/;

/**
 * Reads maps of resolvers, `{ Query: { users }, User: { posts } }`: those that are given to what makes a
 * schema or typed as one, and objects of the file's top level with `Query`, `Mutation` or `Subscription`.
 */
export function readSchemaMaps(reader: ResolverReader): void {
  for (const node of reader.tables.ofKind(ts.SyntaxKind.VariableDeclaration)) {
    if (ts.isVariableDeclaration(node) && node.initializer) readTyped(node, node.initializer, reader);
  }
  for (const name of reader.tables.named('resolvers')) readGiven(name, reader);
  for (const root of ROOTS) for (const name of reader.tables.named(root)) readBeside(name, reader);
}

/** `const resolvers: Resolvers = …`, `const User: UserResolvers = …`, `const users: QueryResolvers['users'] = …`. */
function readTyped(node: ts.VariableDeclaration, initializer: ts.Expression, reader: ResolverReader): void {
  const type = node.type ?? (ts.isSatisfiesExpression(initializer) ? initializer.type : undefined);
  const path = type && ts.isIdentifier(node.name) ? resolversType(type) : undefined;
  if (!path) return;
  const [typeName, field] = path;
  if (typeName === undefined) readMap(initializer, reader);
  else if (field === undefined) readFields(typeName, initializer, reader);
  else addResolver(typeName, field, initializer, node.name, reader);
}

/** The GraphQL type and field that a type of generated resolver types is for; empty for all of them. */
function resolversType(node: ts.TypeNode): readonly string[] | undefined {
  if (ts.isParenthesizedTypeNode(node)) return resolversType(node.type);
  if (ts.isIndexedAccessTypeNode(node)) {
    const outer = resolversType(node.objectType);
    const index = ts.isLiteralTypeNode(node.indexType) ? node.indexType.literal : undefined;
    return outer && index && ts.isStringLiteral(index) && outer.length < 2 ? [...outer, index.text] : undefined;
  }
  if (!ts.isTypeReferenceNode(node)) return undefined;
  const name = ts.isQualifiedName(node.typeName) ? node.typeName.right.text : node.typeName.text;
  const [inner] = node.typeArguments ?? [];
  if ((name === 'NonNullable' || name === 'Required') && inner) return resolversType(inner);
  if (/^I?Resolvers$/.test(name)) return [];
  // Redwood's relations get the parent elsewhere.
  const type = /^([A-Z]\w*?)Resolvers$/.exec(name)?.[1];
  return type === undefined || type.endsWith('Relation') ? undefined : [type];
}

/** The value of `resolvers` in what is given to a schema maker. */
function readGiven(name: ts.Identifier, reader: ResolverReader): void {
  const property = name.parent;
  const value = ts.isShorthandPropertyAssignment(property)
    ? property.name
    : ts.isPropertyAssignment(property) && property.name === name
      ? property.initializer
      : undefined;
  const object = property.parent;
  if (!value || !object || !ts.isObjectLiteralExpression(object)) return;
  const taker = ts.isArrayLiteralExpression(object.parent) ? object.parent.parent : object.parent;
  if (!ts.isCallExpression(taker) && !ts.isNewExpression(taker)) return;
  if (SCHEMA_MAKERS.test(calleeName(taker))) readMap(value, reader);
}

function calleeName({ expression }: ts.CallExpression | ts.NewExpression): string {
  const callee = unwrap(expression);
  return memberName(callee) ?? (ts.isIdentifier(callee) ? callee.text : '');
}

/** An object of the file's top level with a `Query` that holds functions, or that is a name. */
function readBeside(name: ts.Identifier, reader: ResolverReader): void {
  const property = name.parent;
  if (!ts.isPropertyAssignment(property) && !ts.isShorthandPropertyAssignment(property)) return;
  const object = property.parent;
  if (property.name !== name || !ts.isObjectLiteralExpression(object) || !isTopLevelValue(object)) return;
  const held = partOfProperty(property);
  const fields = held && !ts.isMethodDeclaration(held) ? reader.objectOf(held) : undefined;
  const isNamed = ts.isShorthandPropertyAssignment(property) || ts.isIdentifier(property.initializer);
  if (fields ? fields.properties.length > 0 : isNamed) readMap(object, reader);
}

/** `const resolvers = {…}`, `export default {…}`, `module.exports = {…}`. */
function isTopLevelValue(object: ts.ObjectLiteralExpression): boolean {
  let node: ts.Node = object.parent;
  while (ts.isSatisfiesExpression(node) || ts.isAsExpression(node) || ts.isParenthesizedExpression(node))
    node = node.parent;
  if (ts.isExportAssignment(node)) return true;
  if (ts.isBinaryExpression(node)) return node.operatorToken.kind === ts.SyntaxKind.EqualsToken;
  return ts.isVariableDeclaration(node) && ts.isSourceFile(node.parent.parent.parent);
}

/** Reads a map whose keys are types; also lists of maps, and calls that join them. */
function readMap(expression: ts.Expression, reader: ResolverReader, depth = 0): void {
  const node = unwrap(expression);
  const object = reader.objectOf(node);
  if (depth > 4) return;
  if (object) {
    for (const property of object.properties) {
      if (ts.isSpreadAssignment(property)) readMap(property.expression, reader, depth + 1);
      const type = property.name && propertyName(property.name);
      const part = partOfProperty(property);
      if (type !== undefined && part && /^[A-Z]/.test(type) && !ts.isMethodDeclaration(part))
        readFields(type, part, reader);
    }
  } else if (ts.isArrayLiteralExpression(node)) {
    for (const element of node.elements)
      readMap(ts.isSpreadElement(element) ? element.expression : element, reader, depth + 1);
  } else if (ts.isCallExpression(node) && JOINERS.test(calleeName(node))) {
    for (const argument of node.arguments) readMap(argument, reader, depth + 1);
  } else reader.addMap(undefined, node);
}

/** Reads the fields of one type. */
function readFields(type: string, expression: ts.Expression, reader: ResolverReader, depth = 0): void {
  const object = reader.objectOf(expression);
  if (!object) {
    reader.addMap(type, expression);
    return;
  }
  for (const property of object.properties) {
    if (ts.isSpreadAssignment(property)) {
      if (depth < 4) readFields(type, property.expression, reader, depth + 1);
      continue;
    }
    const field = property.name && propertyName(property.name);
    const part = partOfProperty(property);
    if (field !== undefined && part && property.name) addResolver(type, field, part, property.name, reader);
  }
}

function addResolver(type: string, field: string, fn: Part, at: ts.Node, reader: ResolverReader): void {
  reader.add({ type, field, function: fn, parent: 0, at });
}
