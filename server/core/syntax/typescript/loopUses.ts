import ts from 'typescript';
import type { LoopUse } from './facts';
import { continues, jumpsOut, leaves } from './jumps';
import { collectionOf } from './loopCalls';
import { readLoopDependence } from './loopDependence';
import { boundIdentifiers, isFunctionNode, isWithin, memberName, outerParent, unwrap } from './nodes';
import { READS } from './prismaOperations';
import type { CallNode, LoopNode, Tables } from './tables';

/** Functions that keep their callback for later: what it does is not part of the loop around it. */
const DEFERRING: ReadonlySet<string> = new Set([
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'nextTick',
  'on',
  'once',
  'addListener',
  'addEventListener',
  'subscribe',
  'useEffect',
  'useCallback',
  'useMemo',
]);

/** The loops that run a call, innermost first, and how the call stands in each. */
export function readLoopUses(call: CallNode, tables: Tables): LoopUse[] {
  const uses: LoopUse[] = [];
  let child: ts.Node = call;
  for (let node: ts.Node = call.parent; !ts.isSourceFile(node); child = node, node = node.parent) {
    if (isFunctionNode(node)) {
      const loop = tables.loopIndex.get(node);
      if (loop !== undefined) uses.push(readUse(call, loop, tables, false));
      else if (!runsInPlace(node)) break;
    } else {
      const loop = tables.loopIndex.get(node);
      const place = loop === undefined || ts.isCallExpression(node) ? undefined : placeIn(node, child);
      if (loop !== undefined && place) uses.push(readUse(call, loop, tables, place === 'condition'));
    }
  }
  return uses;
}

/** True for an inline function that the code around it calls at once: a wrapper's callback, an IIFE. */
export function runsInPlace(node: ts.Node): boolean {
  if (!ts.isArrowFunction(node) && !ts.isFunctionExpression(node)) return false;
  const parent = outerParent(node);
  if (!ts.isCallExpression(parent)) return false;
  if (unwrap(parent.expression) === node) return true;
  const callee = unwrap(parent.expression);
  const name = memberName(callee) ?? (ts.isIdentifier(callee) ? callee.text : '');
  return !DEFERRING.has(name);
}

function placeIn(loop: ts.Node, child: ts.Node): 'body' | 'condition' | undefined {
  if (ts.isForStatement(loop))
    return child === loop.initializer ? undefined : child === loop.statement ? 'body' : 'condition';
  if (ts.isForOfStatement(loop) || ts.isForInStatement(loop)) return child === loop.statement ? 'body' : undefined;
  if (ts.isWhileStatement(loop) || ts.isDoStatement(loop)) return child === loop.statement ? 'body' : 'condition';
  return undefined;
}

function readUse(call: CallNode, loop: number, tables: Tables, inCondition: boolean): LoopUse {
  const row = tables.loops[loop];
  const dependence = row ? readLoopDependence(call, row, tables) : { varies: true, followsItself: false };
  const statementLoop = row && !ts.isCallExpression(row.node) ? row.node : undefined;
  return {
    loop,
    ...dependence,
    inCondition,
    ...awaitsBefore(call, row?.callback ?? row?.node),
    leavesAfter: statementLoop !== undefined && !inCondition && leavesAfter(call, statementLoop),
    decidesExit: row !== undefined && decidesExit(call, row),
    ...(row && flushesBuffer(call, row.node) ? { flushesBuffer: true } : {}),
  };
}

/** A condition that holds once in many rounds: `buffer.length >= BATCH_SIZE`, `i % 100 === 0`. */
const IS_FULL = /\.(length|size)\s*(>=|===?|>)\s*(?![01]\b)|%/;

function flushesBuffer(call: ts.Node, loop: ts.Node): boolean {
  let child = call;
  for (let node = call.parent; node && node !== loop; child = node, node = node.parent) {
    if (ts.isIfStatement(node) && node.thenStatement === child && IS_FULL.test(node.expression.getText())) return true;
  }
  return false;
}

/** What is awaited before the call begins, in one round of the loop. */
function awaitsBefore(call: ts.Node, round: ts.Node | undefined): Pick<LoopUse, 'awaitsBefore' | 'effectsBefore'> {
  const found = { awaitsBefore: false, effectsBefore: false };
  const visit = (node: ts.Node): void => {
    if (node.pos >= call.pos) return;
    if (ts.isAwaitExpression(node) && node.end <= call.pos) {
      found.awaitsBefore = true;
      const awaited = unwrap(node.expression);
      const name = ts.isCallExpression(awaited) ? memberName(unwrap(awaited.expression)) : undefined;
      if (name === undefined || !READS.has(name)) found.effectsBefore = true;
    }
    ts.forEachChild(node, visit);
  };
  if (round) visit(round);
  return found;
}

/** True if every path from the call leaves the loop: a block around it ends by leaving. */
function leavesAfter(call: ts.Node, loop: ts.IterationStatement): boolean {
  let child: ts.Node = call;
  for (let node = call.parent; node !== loop; child = node, node = node.parent) {
    if (isFunctionNode(node)) return false;
    if (ts.isReturnStatement(node) || ts.isThrowStatement(node)) return true;
    if (!ts.isBlock(node)) continue;
    const rest = node.statements.slice(node.statements.indexOf(child as ts.Statement));
    if (rest.some((statement) => leaves(statement, loop)) && !rest.some((statement) => mayContinue(statement, loop)))
      return true;
  }
  return false;
}

function mayContinue(node: ts.Node, loop: ts.IterationStatement): boolean {
  if (isFunctionNode(node)) return false;
  return continues(node, loop) || (ts.forEachChild(node, (child) => mayContinue(child, loop) || undefined) ?? false);
}

/** True if the loop's condition, or an `if` that leaves with it, asks what the call returned. */
function decidesExit(call: ts.Node, { node: loop }: LoopNode): boolean {
  if (ts.isCallExpression(loop)) return false;
  if (isCandidateTest(call, loop)) return true;
  const names = resultNames(call, loop);
  if (names.length === 0) return false;
  const goesThrough = collectionOfLoop(loop) !== undefined;
  if (!goesThrough && (ts.isWhileStatement(loop) || ts.isDoStatement(loop)) && mentions(loop.expression, names))
    return true;
  let found = false;
  const visit = (node: ts.Node): void => {
    if (found || isFunctionNode(node)) return;
    if (ts.isIfStatement(node) && mentions(node.expression, names)) {
      found = goesThrough ? takesCandidate(node, names, loop) : leavesSomehow(node, loop);
    }
    ts.forEachChild(node, visit);
  };
  visit(loop.statement);
  return found;
}

/** `if (kind === 'team' && (await isMember(team))) return true`: the first that says yes ends the loop. */
function isCandidateTest(call: ts.Node, loop: ts.IterationStatement): boolean {
  let child = call;
  for (let node = call.parent; node && node !== loop; child = node, node = node.parent) {
    if (ts.isIfStatement(node)) return node.expression === child && leaves(node.thenStatement, loop);
    const isPart = ts.isAwaitExpression(node) || ts.isParenthesizedExpression(node) || isAnd(node);
    if (!isPart) return false;
  }
  return false;
}

function isAnd(node: ts.Node): boolean {
  return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken;
}

/** In a loop over candidates: the result, once there, is what the loop was looking for. */
function takesCandidate(
  { expression, thenStatement }: ts.IfStatement,
  names: string[],
  loop: ts.IterationStatement,
): boolean {
  if (ts.isPrefixUnaryExpression(unwrap(expression))) return false;
  const statements = ts.isBlock(thenStatement) ? thenStatement.statements : [thenStatement];
  const last = statements[statements.length - 1];
  if (!last) return false;
  if (ts.isBreakStatement(last)) return jumpsOut(last, loop);
  return ts.isReturnStatement(last) && !!last.expression && mentions(last.expression, names);
}

function leavesSomehow({ thenStatement, elseStatement }: ts.IfStatement, loop: ts.IterationStatement): boolean {
  return leaves(thenStatement, loop) || (elseStatement !== undefined && leaves(elseStatement, loop));
}

function collectionOfLoop(loop: ts.IterationStatement | ts.CallExpression): ts.Expression | undefined {
  if (ts.isCallExpression(loop)) return collectionOf(loop);
  return ts.isForOfStatement(loop) || ts.isForInStatement(loop) ? loop.expression : undefined;
}

/** The names, within a loop or function, that the call's result goes into: `const row = await …`, `exists = (await …) !== null`. */
export function resultNames(call: ts.Node, loop: ts.Node): string[] {
  for (let node = call.parent; node && isWithin(node, loop) && node !== loop; node = node.parent) {
    if (ts.isVariableDeclaration(node)) return boundIdentifiers(node.name).map(({ text }) => text);
    if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
      return ts.isIdentifier(node.left) ? [node.left.text] : [];
    }
    if (ts.isStatement(node) || isFunctionNode(node)) return [];
  }
  return [];
}

/** True if one of the names is read anywhere in a node. */
export function mentions(node: ts.Node, names: readonly string[]): boolean {
  if (ts.isIdentifier(node)) return names.includes(node.text);
  return ts.forEachChild(node, (child) => mentions(child, names) || undefined) ?? false;
}
