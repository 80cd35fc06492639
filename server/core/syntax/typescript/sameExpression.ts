import ts from 'typescript';
import { propertyName } from './nodes';
import type { Tables } from './tables';

/** How many constants are followed to what they stand for. */
const MAX_ALIASES = 3;

/**
 * True if two expressions of one file read the same: the same operations on the same names, where a constant
 * stands for what it was declared with. Whether something changes between the two is for the caller to know.
 */
export function sameExpression(one: ts.Expression, other: ts.Expression, tables: Tables, aliases = 0): boolean {
  const a = withoutCasts(one);
  const b = withoutCasts(other);
  if (ts.isIdentifier(a) && ts.isIdentifier(b) && a.text === b.text) {
    if (tables.scopes.lookup(a.text, a) === tables.scopes.lookup(b.text, b)) return true;
  }
  if (aliases < MAX_ALIASES) {
    const meantByA = aliasOf(a, tables);
    if (meantByA) return sameExpression(meantByA, b, tables, aliases + 1);
    const meantByB = aliasOf(b, tables);
    if (meantByB) return sameExpression(a, meantByB, tables, aliases + 1);
  }
  if (a.kind !== b.kind || ts.isIdentifier(a)) return false;
  if (ts.isObjectLiteralExpression(a) && ts.isObjectLiteralExpression(b)) return sameObject(a, b, tables, aliases);
  return sameParts(a, b, tables, aliases);
}

/** The object literal that an expression is, or that a constant was declared with. */
export function literalObject(node: ts.Expression, tables: Tables): ts.ObjectLiteralExpression | undefined {
  const expression = withoutCasts(node);
  if (ts.isObjectLiteralExpression(expression)) return expression;
  const meant = ts.isIdentifier(expression) ? constantOf(expression, tables) : undefined;
  const object = meant && withoutCasts(meant);
  return object && ts.isObjectLiteralExpression(object) ? object : undefined;
}

/** Properties by their names: their order says nothing to a database. */
function sameObject(
  a: ts.ObjectLiteralExpression,
  b: ts.ObjectLiteralExpression,
  tables: Tables,
  aliases: number,
): boolean {
  const ofA = valuesByName(a);
  const ofB = valuesByName(b);
  if (!ofA || !ofB) return a.properties.length === b.properties.length && sameParts(a, b, tables, aliases);
  if (ofA.size !== ofB.size) return false;
  return [...ofA].every(([name, value]) => {
    const counterpart = ofB.get(name);
    return counterpart !== undefined && sameExpression(value, counterpart, tables, aliases);
  });
}

/** Undefined where a spread, a computed key or a method is among the properties. */
function valuesByName(object: ts.ObjectLiteralExpression): Map<string, ts.Expression> | undefined {
  const values = new Map<string, ts.Expression>();
  for (const property of object.properties) {
    const name = property.name && propertyName(property.name);
    if (name === undefined) return undefined;
    if (ts.isPropertyAssignment(property)) values.set(name, property.initializer);
    else if (ts.isShorthandPropertyAssignment(property)) values.set(name, property.name);
    else return undefined;
  }
  return values;
}

function sameParts(a: ts.Node, b: ts.Node, tables: Tables, aliases: number): boolean {
  const ofA = partsOf(a);
  const ofB = partsOf(b);
  if (ofA.length === 0 && ofB.length === 0) return a.getText() === b.getText();
  if (ofA.length !== ofB.length) return false;
  return ofA.every((part, index) => {
    const counterpart = ofB[index];
    if (!counterpart || part.kind !== counterpart.kind) {
      return counterpart !== undefined && isExpression(part) && isExpression(counterpart)
        ? sameExpression(part, counterpart, tables, aliases)
        : false;
    }
    if (isMemberName(part) || isMemberName(counterpart)) return part.getText() === counterpart.getText();
    if (isExpression(part) && isExpression(counterpart)) return sameExpression(part, counterpart, tables, aliases);
    return sameParts(part, counterpart, tables, aliases);
  });
}

function partsOf(node: ts.Node): ts.Node[] {
  const parts: ts.Node[] = [];
  ts.forEachChild(node, (child) => {
    parts.push(child);
  });
  return parts;
}

/** `name` of `a.name` and of `name: value`: no variable. */
function isMemberName(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node;
  return ts.isPropertyAssignment(parent) && parent.name === node;
}

function isExpression(node: ts.Node): node is ts.Expression {
  return ts.isExpression(node);
}

/** `x as T`, `x!`, `(x)`: not `await x`, which is another thing. */
function withoutCasts(node: ts.Expression): ts.Expression {
  let current = node;
  while (
    ts.isParenthesizedExpression(current) ||
    ts.isAsExpression(current) ||
    ts.isSatisfiesExpression(current) ||
    ts.isNonNullExpression(current) ||
    ts.isTypeAssertionExpression(current)
  ) {
    current = current.expression;
  }
  return current;
}

/** What a constant stands for, where that reads the same each time: a name, a member of one, a literal, an object. */
function aliasOf(node: ts.Expression, tables: Tables): ts.Expression | undefined {
  const meant = ts.isIdentifier(node) ? constantOf(node, tables) : undefined;
  return meant && isLasting(withoutCasts(meant)) ? meant : undefined;
}

function constantOf(name: ts.Identifier, tables: Tables): ts.Expression | undefined {
  const binding = tables.scopes.lookup(name.text, name);
  const declaration = binding?.declaration;
  if (!binding || !declaration || !ts.isVariableDeclaration(declaration) || !ts.isIdentifier(declaration.name)) {
    return undefined;
  }
  const isChanged = binding.writes.length + binding.memberWrites.length + binding.mutations.length > 0;
  const isInLoopHead = !ts.isVariableDeclarationList(declaration.parent);
  return isChanged || isInLoopHead ? undefined : declaration.initializer;
}

function isLasting(node: ts.Expression): boolean {
  if (ts.isPropertyAccessExpression(node)) return isLasting(withoutCasts(node.expression));
  return (
    ts.isIdentifier(node) ||
    node.kind === ts.SyntaxKind.ThisKeyword ||
    ts.isLiteralExpression(node) ||
    ts.isObjectLiteralExpression(node)
  );
}
