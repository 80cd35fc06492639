import ts from 'typescript';
import { unwrap, walk } from '../nodes';
import { someNode } from './someNode';

const FALLBACKS: ReadonlySet<ts.SyntaxKind> = new Set([ts.SyntaxKind.QuestionQuestionToken, ts.SyntaxKind.BarBarToken]);

/**
 * True for `if (user.posts) return user.posts`, `if (!user.posts) { … } return user.posts`, `user.posts ?? read()`:
 * the read is for those that came without.
 */
export function givesPreloaded(body: ts.Node, isPart: (node: ts.Node) => boolean): boolean {
  const asked = new Set<string>();
  const given = new Set<string>();
  let fallsBack = false;
  const give = (expression: ts.Expression | undefined): void => {
    const part = expression && leftmostPart(expression, isPart);
    if (part) given.add(nameOfPart(part));
  };
  if (ts.isExpression(body)) give(body);
  walk(body, (node) => {
    if (ts.isReturnStatement(node)) give(node.expression);
    else if (ts.isIfStatement(node)) {
      for (const part of partsIn(node.expression, isPart)) asked.add(part);
      // `if (!user.posts) posts = await read(user.id)`
      const asksIfAbsent = ts.isPrefixUnaryExpression(node.expression) && isPart(unwrap(node.expression.operand));
      fallsBack ||= asksIfAbsent && someNode(node.thenStatement, ts.isAwaitExpression);
    } else if (ts.isConditionalExpression(node)) {
      for (const part of partsIn(node.condition, isPart)) asked.add(part);
      give(node.whenTrue);
      give(node.whenFalse);
    } else if (ts.isBinaryExpression(node) && FALLBACKS.has(node.operatorToken.kind)) {
      fallsBack ||= isPart(node.left) && someNode(node.right, ts.isCallExpression);
    }
    return true;
  });
  return fallsBack || [...given].some((part) => asked.has(part));
}

/** `user.posts` of `user.posts.slice(0, 3)`. What is handed to a call (`findUser(post.authorId)`) is a key, not the answer. */
function leftmostPart(expression: ts.Expression, isPart: (node: ts.Node) => boolean): ts.Expression | undefined {
  const node = unwrap(expression);
  if (isPart(node)) return node;
  const isChain = ts.isPropertyAccessExpression(node) || ts.isCallExpression(node);
  return isChain ? leftmostPart(node.expression, isPart) : undefined;
}

function nameOfPart(part: ts.Node): string {
  return part.getText().replace(/\?/g, '');
}

function partsIn(root: ts.Node, isPart: (node: ts.Node) => boolean): string[] {
  const found: string[] = [];
  walk(root, (node) => {
    if (isPart(node)) found.push(nameOfPart(node));
    return true;
  });
  return found;
}
