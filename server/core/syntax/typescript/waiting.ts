import ts from 'typescript';
import { takesPromises } from './loops';
import { enclosingFunction, unwrap } from './nodes';
import type { Tables } from './tables';

/**
 * True if the function around a call (or around the inline callback that it stands in) waits for it, or hands
 * its promise to its own caller: awaited, returned, in an awaited list, by way of `.then(…)`.
 */
export function isWaitedFor(call: ts.Node, tables: Tables): boolean {
  for (let child = call, node = call.parent; node; child = node, node = node.parent) {
    if (ts.isAwaitExpression(node) || ts.isYieldExpression(node)) return true;
    if (ts.isReturnStatement(node)) return isResultWaitedFor(enclosingFunction(node), tables);
    if (ts.isArrowFunction(node)) return node.body === child && isResultWaitedFor(node, tables);
    if (ts.isConditionalExpression(node)) {
      if (node.condition === child) return false;
    } else if (ts.isBinaryExpression(node)) {
      if (node.right !== child || !JOINING.has(node.operatorToken.kind)) return false;
    } else if (ts.isCallExpression(node)) {
      if (node.expression !== child && takesPromises(node) === undefined) return false;
    } else if (!PASSED_THROUGH.has(node.kind)) return false;
  }
  return false;
}

/** What `xs.map((x) => fetch(x))` returns each time is an element of an array, which somebody waits for or nobody. */
function isResultWaitedFor(owner: ts.Node, tables: Tables): boolean {
  if (!tables.loopIndex.has(owner)) return true;
  return ts.isCallExpression(owner.parent) && isWaitedFor(owner.parent, tables);
}

const JOINING: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.AmpersandAmpersandToken,
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.QuestionQuestionToken,
]);

/** Around a promise they are the promise: parentheses, casts, lists, the members of `fetch(url).then`. */
const PASSED_THROUGH: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.ParenthesizedExpression,
  ts.SyntaxKind.AsExpression,
  ts.SyntaxKind.SatisfiesExpression,
  ts.SyntaxKind.NonNullExpression,
  ts.SyntaxKind.TypeAssertionExpression,
  ts.SyntaxKind.ArrayLiteralExpression,
  ts.SyntaxKind.SpreadElement,
  ts.SyntaxKind.PropertyAccessExpression,
]);

/** The `new Promise` that is fulfilled when time has passed, where a call of `setTimeout` is all that it does. */
export function sleepOf(call: ts.CallExpression): ts.NewExpression | undefined {
  const { parent } = call;
  const executor = ts.isExpressionStatement(parent) && ts.isBlock(parent.parent) ? parent.parent.parent : parent;
  if (!ts.isArrowFunction(executor) && !ts.isFunctionExpression(executor)) return undefined;
  if (ts.isBlock(executor.body) && executor.body.statements.length !== 1) return undefined;
  const made = executor.parent;
  const [done] = executor.parameters;
  const [callback] = call.arguments;
  if (!ts.isNewExpression(made) || made.expression.getText() !== 'Promise' || !done || !callback) return undefined;
  return calls(unwrap(callback), done.name.getText()) ? made : undefined;
}

/** `resolve`, `() => resolve()` */
function calls(callback: ts.Expression, name: string): boolean {
  if (ts.isIdentifier(callback)) return callback.text === name;
  if (!ts.isArrowFunction(callback) || ts.isBlock(callback.body)) return false;
  const body = unwrap(callback.body);
  return ts.isCallExpression(body) && ts.isIdentifier(body.expression) && body.expression.text === name;
}
