import ts from 'typescript';
import { leaves } from './jumps';
import { isWithin, memberName, unwrap } from './nodes';
import type { Tables } from './tables';

/** Methods that never give more elements than there were. */
const NEVER_MORE = /^(?:filter|map|slice|sort|reverse|toSorted|toReversed)$/;

/** True if the code before a loop refuses a list that is too long: `if (files.length > max) throw …`. */
export function isLengthGuarded(list: ts.Expression, loop: ts.Node, tables: Tables): boolean {
  const names = namesOf(list, tables);
  return tables
    .ofKind(ts.SyntaxKind.IfStatement)
    .some(
      (node) =>
        node.end <= loop.getStart() &&
        isWithin(loop, node.parent) &&
        leaves(node.thenStatement) &&
        asksLength(node.expression, names),
    );
}

/** How a list is written, and the lists it is made of: `open` of `const open = payments.filter(…)`, and `payments`. */
function namesOf(list: ts.Expression, tables: Tables): ReadonlySet<string> {
  const names = new Set<string>();
  let node: ts.Expression | undefined = unwrap(list);
  while (node && !names.has(node.getText())) {
    names.add(node.getText());
    node = madeOf(node, tables);
  }
  return names;
}

function madeOf(node: ts.Expression, { scopes }: Tables): ts.Expression | undefined {
  if (ts.isIdentifier(node)) {
    const declaration = scopes.lookup(node.text, node)?.declaration;
    const value = declaration && ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
    return value && unwrap(value);
  }
  const callee = ts.isCallExpression(node) ? unwrap(node.expression) : undefined;
  return callee && ts.isPropertyAccessExpression(callee) && NEVER_MORE.test(callee.name.text)
    ? unwrap(callee.expression)
    : undefined;
}

/** `files.length > max`, also as one of several reasons to refuse. */
function asksLength(condition: ts.Expression, names: ReadonlySet<string>): boolean {
  const node = unwrap(condition);
  if (!ts.isBinaryExpression(node)) return false;
  const { left, right, operatorToken } = node;
  switch (operatorToken.kind) {
    case ts.SyntaxKind.BarBarToken:
      return asksLength(left, names) || asksLength(right, names);
    case ts.SyntaxKind.GreaterThanToken:
    case ts.SyntaxKind.GreaterThanEqualsToken:
      return isLengthOf(left, names) && right.getText() !== '0';
    case ts.SyntaxKind.LessThanToken:
    case ts.SyntaxKind.LessThanEqualsToken:
      return isLengthOf(right, names) && left.getText() !== '0';
    default:
      return false;
  }
}

function isLengthOf(expression: ts.Expression, names: ReadonlySet<string>): boolean {
  const node = unwrap(expression);
  return (
    ts.isPropertyAccessExpression(node) && memberName(node) === 'length' && names.has(unwrap(node.expression).getText())
  );
}
