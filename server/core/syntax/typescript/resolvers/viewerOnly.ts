import ts from 'typescript';
import { type FunctionNode, isWithin, unwrap } from '../nodes';
import { rootIdentifier } from '../scopes';
import type { Tables } from '../tables';
import { bindingsOf, isUseOf } from './bindings';
import { someNode } from './someNode';

/**
 * True for `if (viewer.id !== user.id) return []`: it goes on for the one parent that an argument or the context
 * names. A comparison with a literal or a constant says nothing of how many there are.
 */
export function isForOne(fn: FunctionNode, isOfParent: (node: ts.Node) => boolean, tables: Tables): boolean {
  const body = fn.body && ts.isBlock(fn.body) ? fn.body.statements : [];
  return body.some((statement) => {
    if (!ts.isIfStatement(statement) || statement.elseStatement || !alwaysLeaves(statement.thenStatement)) return false;
    const condition = unwrap(statement.expression);
    if (!ts.isBinaryExpression(condition) || !UNEQUAL.has(condition.operatorToken.kind)) return false;
    return namesOne(condition, fn, isOfParent, tables);
  });
}

/** True for a check of rights that lets the viewer see what is theirs: `(user, args, { viewer }) => viewer.id === user.id`. */
export function letsViewerPass(fn: FunctionNode, tables: Tables): boolean {
  const parent = fn.parameters[0];
  if (!fn.body || !parent) return false;
  const isOfParent = isUseOf(new Set(bindingsOf(parent.name, tables)), tables);
  return someNode(
    fn.body,
    (node) =>
      ts.isBinaryExpression(node) && EQUAL.has(node.operatorToken.kind) && namesOne(node, fn, isOfParent, tables),
  );
}

/** True for a comparison of something of the parent with something that the function is given beside it. */
function namesOne(
  { left, right }: ts.BinaryExpression,
  fn: FunctionNode,
  isOfParent: (node: ts.Node) => boolean,
  { scopes }: Tables,
): boolean {
  const isGiven = (node: ts.Expression): boolean => {
    const root = rootIdentifier(unwrap(node));
    const declaration = root && scopes.lookup(root.text, root)?.declaration;
    return declaration !== undefined && isWithin(declaration, fn) && !someNode(node, isOfParent);
  };
  return (someNode(left, isOfParent) && isGiven(right)) || (someNode(right, isOfParent) && isGiven(left));
}

const UNEQUAL: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.ExclamationEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
]);
const EQUAL: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.EqualsEqualsToken,
  ts.SyntaxKind.EqualsEqualsEqualsToken,
]);

/** Also where the last statement calls what throws: `throwErr(NOT_YOURS)`. */
function alwaysLeaves(statement: ts.Statement): boolean {
  const last = ts.isBlock(statement) ? statement.statements.at(-1) : statement;
  if (!last) return false;
  const call = ts.isExpressionStatement(last) ? unwrap(last.expression) : undefined;
  return (
    ts.isReturnStatement(last) ||
    ts.isThrowStatement(last) ||
    (call !== undefined && ts.isCallExpression(call) && /^throw/i.test(call.expression.getText()))
  );
}
