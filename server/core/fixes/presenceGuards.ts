import ts from 'typescript';
import { unwrap } from '../syntax/typescript/nodes';

/** What a guard keeps out. */
export interface Absence {
  readonly nulls: boolean;
  readonly undefineds: boolean;
}

const NOTHING: Absence = { nulls: false, undefineds: false };
const BOTH: Absence = { nulls: true, undefineds: true };

/**
 * Tells which absent values an expression can't have where `node` runs: those that a condition around it,
 * or a guard before it in a block, keeps out. `within` bounds the search; `isSame` knows the expression.
 */
export function excludedAt(node: ts.Node, within: ts.Node, isSame: (node: ts.Expression) => boolean): Absence {
  let found = NOTHING;
  for (let child = node; child !== within && child.parent; child = child.parent) {
    found = union(found, excludedBy(child, isSame));
  }
  return found;
}

/** What stands right around a node, or before it in its block, says of the expression. */
function excludedBy(child: ts.Node, isSame: (node: ts.Expression) => boolean): Absence {
  const { parent } = child;
  if (ts.isIfStatement(parent)) {
    if (parent.thenStatement === child) return excludedIf(parent.expression, true, isSame);
    return parent.elseStatement === child ? excludedIf(parent.expression, false, isSame) : NOTHING;
  }
  if (ts.isConditionalExpression(parent)) {
    if (parent.whenTrue === child) return excludedIf(parent.condition, true, isSame);
    return parent.whenFalse === child ? excludedIf(parent.condition, false, isSame) : NOTHING;
  }
  if (ts.isBinaryExpression(parent) && parent.right === child) {
    const { kind } = parent.operatorToken;
    if (kind === ts.SyntaxKind.AmpersandAmpersandToken) return excludedIf(parent.left, true, isSame);
    return kind === ts.SyntaxKind.BarBarToken ? excludedIf(parent.left, false, isSame) : NOTHING;
  }
  if (!ts.isBlock(parent)) return NOTHING;
  return parent.statements
    .filter((statement) => statement.end <= child.pos)
    .map((statement) => {
      const isGuard = ts.isIfStatement(statement) && !statement.elseStatement && alwaysLeaves(statement.thenStatement);
      return isGuard ? excludedIf(statement.expression, false, isSame) : NOTHING;
    })
    .reduce(union, NOTHING);
}

function alwaysLeaves(node: ts.Statement): boolean {
  const last = ts.isBlock(node) ? node.statements.at(-1) : node;
  return (
    last !== undefined &&
    (ts.isReturnStatement(last) ||
      ts.isThrowStatement(last) ||
      ts.isContinueStatement(last) ||
      ts.isBreakStatement(last))
  );
}

/** What an expression can't be where a condition `holds`. */
function excludedIf(condition: ts.Expression, holds: boolean, isSame: (node: ts.Expression) => boolean): Absence {
  const node = unwrap(condition);
  if (isSame(node)) return holds ? BOTH : NOTHING;
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) {
    return excludedIf(node.operand, !holds, isSame);
  }
  if (!ts.isBinaryExpression(node)) return NOTHING;
  const { left, right, operatorToken } = node;
  const joins = holds ? ts.SyntaxKind.AmpersandAmpersandToken : ts.SyntaxKind.BarBarToken;
  if (operatorToken.kind === joins) {
    return union(excludedIf(left, holds, isSame), excludedIf(right, holds, isSame));
  }
  if (!isSame(unwrap(left))) return NOTHING;
  const isNull = right.kind === ts.SyntaxKind.NullKeyword;
  const isUndefined = ts.isIdentifier(right) && right.text === 'undefined';
  if (!isNull && !isUndefined) return NOTHING;
  switch (operatorToken.kind) {
    case holds ? ts.SyntaxKind.ExclamationEqualsToken : ts.SyntaxKind.EqualsEqualsToken:
      return BOTH;
    case holds ? ts.SyntaxKind.ExclamationEqualsEqualsToken : ts.SyntaxKind.EqualsEqualsEqualsToken:
      return { nulls: isNull, undefineds: isUndefined };
    default:
      return NOTHING;
  }
}

function union(a: Absence, b: Absence): Absence {
  return { nulls: a.nulls || b.nulls, undefineds: a.undefineds || b.undefineds };
}
