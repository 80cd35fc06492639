import ts from 'typescript';
import { calledFunction } from './calledFunction';
import { enclosingFunction, type FunctionNode, isFunctionNode, isWithin, memberName } from './nodes';
import { READS } from './prismaOperations';
import { isAssignment, isPure, isPureCall } from './purity';
import { rootIdentifier } from './scopes';
import type { Tables } from './tables';
import type { Values } from './values';

/** How far calls between functions of one file are followed. */
const MAX_DEPTH = 3;
/** Larger functions are not looked into: that they have no effect is not to be expected. */
const MAX_LENGTH = 6000;
const LOCAL_MUTATIONS: ReadonlySet<string> = new Set(['push', 'set', 'add', 'sort', 'reverse', 'unshift', 'pop']);

/**
 * The tracked calls of a function (indexes in the tables) that does nothing but make them and
 * compute: it throws nothing, writes to nothing outside, calls nothing unknown. Undefined for any
 * other. Whether the calls are queries is for the model to say.
 */
export function callsOfReadOnlyFunction(
  fn: FunctionNode,
  tables: Tables,
  values: Values,
  depth = 0,
): number[] | undefined {
  if (depth > MAX_DEPTH || !fn.body || fn.end - fn.pos > MAX_LENGTH || fn.asteriskToken) return undefined;
  const calls: number[] = [];
  const harmless = (node: ts.Node): boolean => {
    if (ts.isTypeNode(node)) return true;
    if (isEffect(node, fn, tables)) return false;
    if (ts.isTaggedTemplateExpression(node) || ts.isCallExpression(node)) {
      const reached = reachedBy(node, fn, tables, values, depth);
      if (!reached) return false;
      calls.push(...reached);
    }
    return !ts.forEachChild(node, (child) => !harmless(child));
  };
  return harmless(fn.body) ? calls : undefined;
}

function isEffect(node: ts.Node, fn: FunctionNode, tables: Tables): boolean {
  if (ts.isThrowStatement(node) || ts.isDeleteExpression(node) || ts.isYieldExpression(node)) return true;
  if (ts.isNewExpression(node)) return !isPure(node, tables.scopes);
  if (ts.isBinaryExpression(node) && isAssignment(node)) return !isLocal(node.left, fn, tables);
  if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) {
    const { operator } = node;
    const changes = operator === ts.SyntaxKind.PlusPlusToken || operator === ts.SyntaxKind.MinusMinusToken;
    return changes && !isLocal(node.operand, fn, tables);
  }
  return false;
}

function isLocal(target: ts.Expression, fn: FunctionNode, tables: Tables): boolean {
  const root = rootIdentifier(target);
  const declaration = root && tables.scopes.lookup(root.text, root)?.declaration;
  return declaration !== undefined && !ts.isParameter(declaration) && isWithin(declaration, fn);
}

function reachedBy(
  node: ts.CallExpression | ts.TaggedTemplateExpression,
  fn: FunctionNode,
  tables: Tables,
  values: Values,
  depth: number,
): number[] | undefined {
  const tracked = tables.callIndex.get(node);
  if (tracked !== undefined) return isRead(node) ? [tracked] : undefined;
  if (!ts.isCallExpression(node)) return undefined;
  const name = memberName(node.expression);
  if (isPureCall(node, tables.scopes) || isPromiseList(node)) return [];
  if (name !== undefined && LOCAL_MUTATIONS.has(name) && isLocal(node.expression, fn, tables)) return [];
  const called = calledFunction(node, tables, values);
  return called && called !== fn && !isAncestor(called, node)
    ? callsOfReadOnlyFunction(called, tables, values, depth + 1)
    : undefined;
}

function isRead(node: ts.CallExpression | ts.TaggedTemplateExpression): boolean {
  const name = memberName(ts.isCallExpression(node) ? node.expression : node.tag);
  return name !== undefined && READS.has(name) && !name.endsWith('OrThrow');
}

/** `Promise.all(…)`: what is in it is walked anyway. */
function isPromiseList({ expression }: ts.CallExpression): boolean {
  if (!ts.isPropertyAccessExpression(expression) || !ts.isIdentifier(expression.expression)) return false;
  return expression.expression.text === 'Promise' && ['all', 'allSettled', 'resolve'].includes(expression.name.text);
}

function isAncestor(fn: FunctionNode, node: ts.Node): boolean {
  for (let current = enclosingFunction(node); isFunctionNode(current); current = enclosingFunction(current)) {
    if (current === fn) return true;
  }
  return false;
}
