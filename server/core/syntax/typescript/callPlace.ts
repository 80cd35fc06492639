import ts from 'typescript';
import { fillsMemory } from './cacheGuards';
import type { CallPlace } from './facts';
import { runsInPlace } from './loopUses';
import { enclosingFunction, type FunctionNode } from './nodes';
import type { Tables } from './tables';
import { awaitsQuery } from './writePlace';

/** How a call stands in the function that sends it, inline callbacks that run at once included. */
export function readCallPlace(call: ts.Node, tables: Tables): CallPlace {
  const running = runningFunctions(call, tables);
  const owner = running.at(-1);
  if (!owner) return {};
  const earlier = earlierAwaits(call, running, tables);
  return {
    ...(earlier.length > 0 ? { afterAwait: true } : {}),
    ...(earlier.some((node) => !awaitsQuery(node)) ? { afterOther: true } : {}),
    ...(isInCatch(call, owner) ? { inCatch: true } : {}),
    ...(isConditional(call, owner) ? { conditional: true } : {}),
    ...(fillsMemory(call, owner, tables) ? { fillsMemory: true } : {}),
  };
}

/** The function around a node, and those that run it in place, from the inside out. */
function runningFunctions(node: ts.Node, tables: Tables): (FunctionNode | ts.SourceFile)[] {
  const owner = enclosingFunction(node);
  if (ts.isSourceFile(owner)) return [owner];
  const isPassed = tables.loopIndex.has(owner) || runsInPlace(owner);
  return isPassed ? [owner, ...runningFunctions(owner, tables)] : [owner];
}

function earlierAwaits(call: ts.Node, running: readonly ts.Node[], { ofKind }: Tables): ts.AwaitExpression[] {
  const begin = running.at(-1)?.pos ?? 0;
  return ofKind(ts.SyntaxKind.AwaitExpression).filter(
    (node) => node.pos >= begin && node.end <= call.pos && running.includes(enclosingFunction(node)),
  );
}

function isInCatch(call: ts.Node, owner: ts.Node): boolean {
  for (let node = call.parent; node && node !== owner; node = node.parent) {
    if (ts.isCatchClause(node) || isFailureHandler(node)) return true;
  }
  return false;
}

/** `.catch(() => …)` */
function isFailureHandler(node: ts.Node): boolean {
  const { parent } = node;
  if (!ts.isCallExpression(parent) || parent.expression === node) return false;
  return ts.isPropertyAccessExpression(parent.expression) && parent.expression.name.text === 'catch';
}

/** True in a branch; a guard that returns before the call is none. */
function isConditional(call: ts.Node, owner: ts.Node): boolean {
  let child = call;
  for (let node = call.parent; node && node !== owner; child = node, node = node.parent) {
    if (ts.isIfStatement(node) || ts.isConditionalExpression(node)) {
      if (child !== (ts.isIfStatement(node) ? node.expression : node.condition)) return true;
    }
    if (ts.isCaseOrDefaultClause(node)) return true;
    if (ts.isBinaryExpression(node) && node.right === child && BRANCHING.has(node.operatorToken.kind)) return true;
  }
  return false;
}

const BRANCHING: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.AmpersandAmpersandToken,
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.QuestionQuestionToken,
]);
