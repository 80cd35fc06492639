import ts from 'typescript';
import { enclosingFunction, isFunctionNode, outerParent, unwrap, walk } from '../syntax/typescript/nodes';

/** True if the rows of a `findMany` are what its function returns, alone or in an object, perhaps mapped. */
export function areReturned(call: ts.CallExpression): boolean {
  const names = boundNames(call);
  let returned = names.length === 0 && isReturnedValue(call);
  walk(enclosingFunction(call), (node) => {
    if (ts.isIdentifier(node) && names.includes(node.text) && isReturnedValue(node)) returned = true;
    return !returned;
  });
  return returned;
}

/** True if no other query that gives rows stands in the functions around a `findMany`. */
export function isOnlyList(call: ts.CallExpression): boolean {
  let lists = 0;
  walk(outermostFunction(call), (node) => {
    if (ts.isPropertyAccessExpression(node) && /^(findMany|\$queryRaw\w*)$/.test(node.name.text)) lists++;
    return lists < 2;
  });
  return lists === 1;
}

/** The function around a node that no other is around; the node itself where none is. */
export function outermostFunction(node: ts.Node): ts.Node {
  let outermost = node;
  for (let fn = enclosingFunction(node); isFunctionNode(fn); fn = enclosingFunction(fn)) outermost = fn;
  return outermost;
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
