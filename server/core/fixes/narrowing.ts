import ts from 'typescript';
import { enclosingFunction, isWithin, walk } from '../syntax/typescript/nodes';
import type { Tables } from '../syntax/typescript/tables';

/**
 * True if moving these nodes from a loop's body into a callback may cost them what a condition before the loop
 * proved: of `order.companyId`, and of a variable that is set again, TypeScript forgets it in a callback.
 */
export function losesNarrowing(nodes: readonly ts.Node[], loop: ts.Node, tables: Tables): boolean {
  if (/\.[cm]?jsx?$/.test(loop.getSourceFile().fileName)) return false;
  const paths = new Set(nodes.flatMap((node) => forgottenPaths(node, loop, tables)));
  if (paths.size === 0) return false;
  const owner = enclosingFunction(loop);
  const conditions = [
    ...tables.ofKind(ts.SyntaxKind.IfStatement),
    ...tables.ofKind(ts.SyntaxKind.ConditionalExpression),
    ...tables.ofKind(ts.SyntaxKind.BinaryExpression),
  ].flatMap((node) => conditionOf(node) ?? []);
  return conditions.some(
    (condition) =>
      isWithin(condition, owner) &&
      !isWithin(condition, loop) &&
      condition.pos < loop.pos &&
      mentions(condition, paths),
  );
}

function conditionOf(node: ts.Node): ts.Expression | undefined {
  if (ts.isIfStatement(node)) return node.expression;
  if (ts.isConditionalExpression(node)) return node.condition;
  return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken
    ? node.left
    : undefined;
}

/** `order.companyId` of an `order` from before the loop; a `let` that is set more than once. */
function forgottenPaths(root: ts.Node, loop: ts.Node, { scopes }: Tables): string[] {
  const found: string[] = [];
  walk(root, (node) => {
    const path = ts.isPropertyAccessExpression(node) ? rootOf(node) : ts.isIdentifier(node) ? node : undefined;
    const binding = path && ts.isIdentifier(path) ? scopes.lookup(path.text, path) : undefined;
    const isThis = path?.kind === ts.SyntaxKind.ThisKeyword;
    if (isThis || (binding && !isWithin(binding.declaration, loop))) {
      if (!ts.isIdentifier(node) || (binding?.writes.length ?? 0) > 0) found.push(node.getText().replace(/[?!]/g, ''));
    }
    return true;
  });
  return found;
}

function rootOf(access: ts.PropertyAccessExpression): ts.Expression {
  let root: ts.Expression = access;
  while (ts.isPropertyAccessExpression(root) || ts.isNonNullExpression(root)) root = root.expression;
  return root;
}

function mentions(condition: ts.Node, paths: ReadonlySet<string>): boolean {
  let found = false;
  walk(condition, (node) => {
    if (ts.isPropertyAccessExpression(node) || ts.isIdentifier(node)) {
      found ||= paths.has(node.getText().replace(/[?!]/g, ''));
    }
    return !found;
  });
  return found;
}
