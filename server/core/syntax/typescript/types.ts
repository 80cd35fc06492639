import ts from 'typescript';
import type { Value } from './facts';
import { propertyName, rangeOf } from './nodes';
import type { Tables } from './tables';

const MAX_DEPTH = 6;

/**
 * What a type annotation names: an imported type, a class, `typeof db`, a union of such. Aliases of
 * the file are followed. `typeQuery` reads the expression of a `typeof`.
 */
export function readType(
  node: ts.TypeNode,
  tables: Tables,
  depth: number,
  typeQuery: (name: ts.Expression, depth: number) => Value,
): Value {
  const range = rangeOf(node);
  if (depth > MAX_DEPTH) return { kind: 'unknown', range };
  const inner = (type: ts.TypeNode): Value => readType(type, tables, depth + 1, typeQuery);
  if (ts.isParenthesizedTypeNode(node)) return inner(node.type);
  if (ts.isUnionTypeNode(node)) return { kind: 'either', options: node.types.map(inner), range };
  if (ts.isIntersectionTypeNode(node)) return { kind: 'either', options: node.types.map(inner), range };
  if (ts.isTypeQueryNode(node)) {
    const expression = entityExpression(node.exprName, tables, typeQuery, depth);
    return { kind: 'call', callee: { kind: 'global', name: 'typeof', range }, arguments: [expression], range };
  }
  if (ts.isLiteralTypeNode(node) && node.literal.kind === ts.SyntaxKind.NullKeyword)
    return { kind: 'undefined', range };
  if (node.kind === ts.SyntaxKind.UndefinedKeyword) return { kind: 'undefined', range };
  if (ts.isArrayTypeNode(node)) {
    return {
      kind: 'call',
      callee: { kind: 'global', name: 'Array', range },
      arguments: [inner(node.elementType)],
      range,
    };
  }
  if (ts.isTypeLiteralNode(node)) return readTypeMembers(node, inner);
  if (!ts.isTypeReferenceNode(node)) return { kind: 'unknown', range };
  const named = entityExpression(node.typeName, tables, typeQuery, depth);
  if (!node.typeArguments) return named;
  return { kind: 'call', callee: named, arguments: node.typeArguments.map(inner), range };
}

/** Types of things that are called; all others are data, which nobody follows. */
const CALLED =
  /service|repositor|repo$|client|prisma|store|gateway|loader|dao$|provider|usecase|context|ctx$|deps|container|^typeof\b|^db$|database/i;

/**
 * What an inline object type, or an interface, says of the services it holds (`{ users: UserService }`);
 * `open`, since there is more in it. Unknown where it holds none.
 */
export function readTypeMembers(
  node: ts.TypeLiteralNode | ts.InterfaceDeclaration,
  read: (type: ts.TypeNode) => Value,
): Value {
  const properties = node.members.flatMap((entry) => {
    if (!ts.isPropertySignature(entry) || !entry.type || !CALLED.test(entry.type.getText())) return [];
    const key = propertyName(entry.name);
    if (key === undefined) return [];
    const value: Value = { kind: 'instance', type: read(entry.type), range: rangeOf(entry.type) };
    return [{ key, keyRange: rangeOf(entry.name), value, optional: false }];
  });
  const range = rangeOf(node);
  return properties.length === 0 ? { kind: 'unknown', range } : { kind: 'object', properties, open: true, range };
}

function entityExpression(
  name: ts.EntityName | ts.ImportTypeNode,
  tables: Tables,
  typeQuery: (name: ts.Expression, depth: number) => Value,
  depth: number,
): Value {
  const range = rangeOf(name);
  if (ts.isQualifiedName(name)) {
    return {
      kind: 'member',
      object: entityExpression(name.left, tables, typeQuery, depth + 1),
      name: name.right.text,
      range,
    };
  }
  return ts.isIdentifier(name) ? typeQuery(name, depth + 1) : { kind: 'unknown', range };
}

/** The type that an inline object type (`{ prisma: PrismaClient }`) gives to a property. */
export function typeOfProperty(type: ts.TypeNode, name: string): ts.TypeNode | undefined {
  if (!ts.isTypeLiteralNode(type)) return undefined;
  const property = type.members.find((entry) => entry.name && propertyName(entry.name) === name);
  return property && ts.isPropertySignature(property) ? property.type : undefined;
}
