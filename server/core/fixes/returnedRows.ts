import ts from 'typescript';
import { enclosingFunction, outerParent, unwrap, walk } from '../syntax/typescript/nodes';

/**
 * True if the rows of a `findMany` are what its function returns, alone or in an object, perhaps mapped,
 * and no other `findMany` is in it: its caller then learns where the next page begins.
 */
export function isTheResult(call: ts.CallExpression): boolean {
  const fn = enclosingFunction(call);
  const names = boundNames(call);
  let [lists, returned] = [0, names.length === 0 && isReturnedValue(call)];
  walk(fn, (node) => {
    if (ts.isPropertyAccessExpression(node) && node.name.text === 'findMany') lists++;
    if (ts.isIdentifier(node) && names.includes(node.text) && isReturnedValue(node)) returned = true;
    return true;
  });
  return returned && lists === 1;
}

/** `const rows = await call`, `const [rows, count] = await Promise.all([call, …])` */
function boundNames(call: ts.CallExpression): string[] {
  const list = outerParent(call);
  const owner = ts.isArrayLiteralExpression(list) && ts.isCallExpression(list.parent) ? list.parent : call;
  const declaration = outerParent(owner);
  if (!ts.isVariableDeclaration(declaration)) return [];
  const { name } = declaration;
  if (ts.isIdentifier(name)) return owner === call ? [name.text] : [];
  if (!ts.isArrayBindingPattern(name) || !ts.isArrayLiteralExpression(list)) return [];
  const element = name.elements[list.elements.findIndex((one) => unwrap(one) === call)];
  return element && ts.isBindingElement(element) && ts.isIdentifier(element.name) ? [element.name.text] : [];
}

/** `return x`, `return { x }`, `return { rows: x.map(…) }`, `() => x` */
function isReturnedValue(node: ts.Node): boolean {
  const parent = outerParent(node);
  if (ts.isReturnStatement(parent)) return true;
  if (ts.isArrowFunction(parent)) return parent.body === node && !ts.isCallExpression(outerParent(parent));
  if (ts.isShorthandPropertyAssignment(parent)) return isReturnedValue(parent.parent);
  if (ts.isPropertyAssignment(parent)) return parent.name !== node && isReturnedValue(parent.parent);
  const isMapped =
    ts.isPropertyAccessExpression(parent) && parent.name.text === 'map' && ts.isCallExpression(parent.parent);
  return isMapped && isReturnedValue(parent.parent);
}
