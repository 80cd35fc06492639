import ts from 'typescript';
import { boundIdentifiers, outerParent, unwrap } from '../syntax/typescript/nodes';
import type { Tables } from '../syntax/typescript/tables';

const MUTATING = /^(push|pop|shift|unshift|splice|sort|reverse|fill|copyWithin)$/;

/**
 * True if the code changes the rows that an expression gives: a list that it takes apart or sorts, a row
 * that it sets a member of. What is read once for several would show the changes of one to the others.
 */
export function areChanged(rows: ts.Expression, tables: Tables): boolean {
  const parent = outerParent(rows);
  if (ts.isPropertyAccessExpression(parent)) {
    const call = outerParent(parent);
    if (ts.isCallExpression(call) && call.expression === parent && MUTATING.test(parent.name.text)) return true;
    return isTarget(parent) || changesElements(parent, tables);
  }
  if (ts.isElementAccessExpression(parent)) return isTarget(parent);
  if (ts.isForOfStatement(parent)) return changesLoopElement(parent, tables);
  if (ts.isVariableDeclaration(parent))
    return boundIdentifiers(parent.name).some((name) => isChangedName(name, tables));
  const isAssigned = ts.isBinaryExpression(parent) && ts.isIdentifier(parent.left);
  return isAssigned && ts.isIdentifier(parent.left) && isChangedName(parent.left, tables);
}

function isChangedName(name: ts.Identifier, tables: Tables): boolean {
  const binding = tables.scopes.lookup(name.text, name);
  if (!binding) return true;
  if (binding.memberWrites.length + binding.mutations.length > 0) return true;
  return tables.named(name.text).some((use) => {
    if (use === name || tables.scopes.lookup(use.text, use) !== binding) return false;
    const parent = outerParent(use);
    if (ts.isForOfStatement(parent) && unwrap(parent.expression) === use) return changesLoopElement(parent, tables);
    return ts.isPropertyAccessExpression(parent) && changesElements(parent, tables);
  });
}

/** `rows.forEach((row) => { row.done = true; })` */
function changesElements(member: ts.PropertyAccessExpression, tables: Tables): boolean {
  const call = outerParent(member);
  const callback = ts.isCallExpression(call) && call.expression === member && call.arguments[0];
  if (!callback || !(ts.isArrowFunction(callback) || ts.isFunctionExpression(callback))) return false;
  const [element] = callback.parameters;
  return element !== undefined && boundIdentifiers(element.name).some((name) => isChangedName(name, tables));
}

function changesLoopElement({ initializer }: ts.ForOfStatement, tables: Tables): boolean {
  if (!ts.isVariableDeclarationList(initializer)) return true;
  return initializer.declarations
    .flatMap(({ name }) => boundIdentifiers(name))
    .some((name) => isChangedName(name, tables));
}

/** `x.a = …`, `x.a++`, `delete x.a`. */
function isTarget(node: ts.Expression): boolean {
  const { parent } = node;
  if (ts.isBinaryExpression(parent)) {
    const { kind } = parent.operatorToken;
    return parent.left === node && kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
  }
  if (ts.isPrefixUnaryExpression(parent)) return parent.operator !== ts.SyntaxKind.ExclamationToken;
  return ts.isPostfixUnaryExpression(parent) || ts.isDeleteExpression(parent);
}
