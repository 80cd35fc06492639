import ts from 'typescript';

/** An expression with what only passes it on (`(…)`, `!`, `await`) around it, and what takes it then. */
export function heldBy(expression: ts.Expression): { readonly child: ts.Expression; readonly parent: ts.Node } {
  let child = expression;
  while (
    ts.isParenthesizedExpression(child.parent) ||
    ts.isNonNullExpression(child.parent) ||
    ts.isAwaitExpression(child.parent)
  ) {
    child = child.parent;
  }
  return { child, parent: child.parent };
}

/** True where a value is only asked for being there, or for nothing. */
export function onlyForgets(parent: ts.Node, child: ts.Node): boolean {
  if (ts.isExpressionStatement(parent) || ts.isVoidExpression(parent) || ts.isTypeOfExpression(parent)) return true;
  if (ts.isPrefixUnaryExpression(parent)) return parent.operator === ts.SyntaxKind.ExclamationToken;
  if (ts.isForStatement(parent)) return parent.condition === child;
  return ts.isIfStatement(parent) || ts.isWhileStatement(parent) || ts.isDoStatement(parent);
}

const ASSERTIONS: ReadonlySet<string> = new Set(['assert', 'invariant', 'assert.ok', 'Boolean', 'Array.isArray']);

/** False where a call only asks whether the argument is there: `assert(user)`, `Boolean(user)`. */
export function handsOver(call: ts.CallExpression, position: number): boolean {
  return position > 0 || !ASSERTIONS.has(call.expression.getText());
}

/** `null` and `undefined`, or a name that is written to where only they are. */
export function isNothing(node: ts.Expression): boolean {
  if (node.kind === ts.SyntaxKind.NullKeyword) return true;
  if (!ts.isIdentifier(node)) return false;
  if (node.text === 'undefined') return true;
  const { parent } = node;
  return (
    ts.isBinaryExpression(parent) &&
    parent.left === node &&
    parent.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
    isNothing(parent.right)
  );
}

/** True for a declaration that others can get at: an exported one, or one that is no variable or parameter. */
export function isDeclaredOutside(declaration: ts.Node): boolean {
  let current = declaration;
  while (ts.isBindingElement(current)) current = current.parent.parent;
  if (ts.isParameter(current)) return false;
  if (!ts.isVariableDeclaration(current)) return true;
  const statement = current.parent.parent;
  return (
    ts.isVariableStatement(statement) &&
    statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true
  );
}

/** True for an identifier by which a value is used; false where it declares something, or names a property. */
export function isUse(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isBindingElement(parent) && parent.propertyName === node) return false;
  if (ts.isShorthandPropertyAssignment(parent) || ts.isExportSpecifier(parent)) return true;
  return !('name' in parent && parent.name === node);
}
