import ts from 'typescript';
import { propertyName, unwrap } from '../nodes';
import type { Tables } from '../tables';

/** What a name or a property stands for in each round of a loop: a key of the list's objects. */
interface ElementKey {
  /** The array literal that the loop goes through. */
  readonly list: ts.ArrayLiteralExpression;
  readonly key: string;
}

/**
 * Returns the arguments of a call once for each object of a list that is written in the file, where the
 * call runs for each: `routes.forEach(({ path, router }) => app.use(path, router))`. Undefined for other calls.
 */
export function listedArguments(call: ts.CallExpression, tables: Tables): ts.Expression[][] | undefined {
  const keys = call.arguments.map((argument) => elementKey(unwrap(argument), tables));
  const list = keys.find((key) => key !== undefined)?.list;
  if (!list || keys.some((key) => key !== undefined && key.list !== list)) return undefined;
  return list.elements.flatMap((element) => {
    const object = unwrap(element);
    if (!ts.isObjectLiteralExpression(object)) return [];
    const given = call.arguments.map((argument, index) => {
      const key = keys[index]?.key;
      return key === undefined ? argument : heldBy(object, key);
    });
    const found = given.filter((argument) => argument !== undefined);
    return found.length === given.length ? [found] : [];
  });
}

function elementKey(node: ts.Expression, tables: Tables): ElementKey | undefined {
  if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression)) {
    const declaration = tables.scopes.lookup(node.expression.text, node)?.declaration;
    const list = declaration && listBehind(declaration, tables);
    return list && { list, key: node.name.text };
  }
  if (!ts.isIdentifier(node)) return undefined;
  const declaration = tables.scopes.lookup(node.text, node)?.declaration;
  if (!declaration || !ts.isBindingElement(declaration) || !ts.isObjectBindingPattern(declaration.parent))
    return undefined;
  const list = listBehind(declaration.parent.parent, tables);
  const key = declaration.propertyName ?? declaration.name;
  return list && ts.isIdentifier(key) ? { list, key: key.text } : undefined;
}

/** The list whose elements a parameter of a callback, or the variable of a `for … of`, is given. */
function listBehind(declaration: ts.Node, tables: Tables): ts.ArrayLiteralExpression | undefined {
  const { parent } = declaration;
  if (ts.isVariableDeclaration(declaration)) {
    const loop = parent.parent;
    return ts.isForOfStatement(loop) ? literalList(loop.expression, tables) : undefined;
  }
  if (!ts.isParameter(declaration) || !ts.isFunctionLike(parent) || parent.parameters[0] !== declaration)
    return undefined;
  const call = parent.parent;
  if (!ts.isCallExpression(call) || call.arguments[0] !== parent) return undefined;
  const callee = unwrap(call.expression);
  return ts.isPropertyAccessExpression(callee) && /^(forEach|map)$/.test(callee.name.text)
    ? literalList(callee.expression, tables)
    : undefined;
}

function literalList(node: ts.Expression, { scopes }: Tables): ts.ArrayLiteralExpression | undefined {
  const expression = unwrap(node);
  if (ts.isArrayLiteralExpression(expression)) return expression;
  const declaration = ts.isIdentifier(expression) ? scopes.lookup(expression.text, expression)?.declaration : undefined;
  if (!declaration || !ts.isVariableDeclaration(declaration) || !declaration.initializer) return undefined;
  const made = unwrap(declaration.initializer);
  return ts.isArrayLiteralExpression(made) ? made : undefined;
}

function heldBy(object: ts.ObjectLiteralExpression, key: string): ts.Expression | undefined {
  for (const property of object.properties) {
    if (property.name && propertyName(property.name) !== key) continue;
    if (ts.isPropertyAssignment(property)) return property.initializer;
    if (ts.isShorthandPropertyAssignment(property)) return property.name;
  }
  return undefined;
}
