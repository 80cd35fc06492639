import ts from 'typescript';
import type { LoopFact, LoopKind } from './facts';
import { jumpsOut } from './jumps';
import { isLengthGuarded } from './lengthGuards';
import { isLimited } from './limiters';
import { collectionOf } from './loopCalls';
import { isFunctionNode, isWithin, memberName, outerParent, rangeOf, unwrap, walk } from './nodes';
import { rootIdentifier, type Scopes } from './scopes';
import type { LoopNode, Tables } from './tables';
import { outline } from './valueShapes';
import type { Values } from './values';

const WAITING = /^(sleep|delay|wait|pause|setTimeout|timeout|waitFor\w*|backoff)$/i;
const COUNTS_ATTEMPTS = /attempt|retr(y|ies)|tries\b/i;

/** Reads the facts of every loop in the tables' order. */
export function readLoops(tables: Tables, values: Values): LoopFact[] {
  return tables.loops.map((loop) => readLoop(loop, tables, values));
}

function readLoop({ node, callback }: LoopNode, tables: Tables, values: Values): LoopFact {
  const collection = ts.isCallExpression(node)
    ? collectionOf(node)
    : ts.isForOfStatement(node) || ts.isForInStatement(node)
      ? node.expression
      : ts.isForStatement(node)
        ? indexedCollection(node)
        : undefined;
  const together = ts.isCallExpression(node) ? awaitedTogether(node, tables) : undefined;
  const atMost = ts.isForStatement(node) ? countedRounds(node) : undefined;
  return {
    kind: loopKind(node),
    range: rangeOf(node),
    head: headOf(node),
    ...(collection ? { collection: outline(values.of(collection)), ...shortText(collection) } : {}),
    ...(atMost === undefined ? {} : { atMost }),
    ...(together ? { together } : {}),
    ...(ts.isCallExpression(node) && isForgotten(node) ? { forgotten: true } : {}),
    ...(callback && together && isLimited(callback) ? { limited: true } : {}),
    ...(together && collection && isLengthGuarded(collection, node, tables) ? { lengthAsked: true } : {}),
    retries: !ts.isCallExpression(node) && retries(node),
    strides: ts.isForStatement(node) && strides(node),
    takesItems: (ts.isWhileStatement(node) || ts.isDoStatement(node)) && takesItems(node, tables.scopes),
    waits: !collection && !ts.isCallExpression(node) && waits(node),
  };
}

const MAX_COLLECTION_TEXT = 40;

function shortText(collection: ts.Expression): Pick<LoopFact, 'collectionText'> {
  const text = collection.getText();
  return text.length > MAX_COLLECTION_TEXT || text.includes('\n') ? {} : { collectionText: text };
}

function loopKind(node: LoopNode['node']): LoopKind {
  // Without a step it counts nothing: `for (;;)` is a `while (true)`.
  if (ts.isForStatement(node)) return node.incrementor ? 'for' : 'while';
  if (ts.isForOfStatement(node)) return 'for-of';
  if (ts.isForInStatement(node)) return 'for-in';
  if (ts.isWhileStatement(node)) return 'while';
  return ts.isDoStatement(node) ? 'do' : 'callback';
}

function calledName(node: ts.CallExpression): string | undefined {
  const callee = unwrap(node.expression);
  return memberName(callee) ?? (ts.isIdentifier(callee) ? callee.text : undefined);
}

function headOf(node: LoopNode['node']): { start: number; end: number } {
  if (ts.isCallExpression(node)) return rangeOf(node.expression);
  if (ts.isDoStatement(node)) return { start: node.getStart(), end: node.getStart() + 2 };
  const body = node.statement;
  return { start: node.getStart(), end: Math.max(node.getStart(), body.getFullStart()) };
}

/** `Promise.all(xs.map(…))`, `$transaction(xs.map(…))`, also by way of a name. */
export function awaitedTogether(node: ts.CallExpression, tables: Tables): LoopFact['together'] {
  const parent = outerParent(node);
  if (ts.isSpreadElement(parent) && ts.isArrayLiteralExpression(parent.parent))
    return takesPromises(outerParent(parent.parent));
  if (ts.isSpreadElement(parent)) {
    const list = pushedTo(parent.parent);
    return list && namedTogether(list, tables);
  }
  if (ts.isCallExpression(parent) && parent.arguments.some((argument) => unwrap(argument) === node)) {
    return takesPromises(parent);
  }
  return ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name)
    ? namedTogether(parent.name, tables)
    : undefined;
}

/** `list.push(…)` → `list`. */
function pushedTo(call: ts.Node): ts.Identifier | undefined {
  if (!ts.isCallExpression(call) || calledName(call) !== 'push') return undefined;
  const callee = unwrap(call.expression);
  return ts.isPropertyAccessExpression(callee) && ts.isIdentifier(callee.expression) ? callee.expression : undefined;
}

/** How a list is taken later; as one batch where that is so on some path. */
function namedTogether({ text, parent }: ts.Identifier, { scopes, named }: Tables): LoopFact['together'] {
  const binding = scopes.lookup(text, parent);
  const ways = named(text).flatMap((use) => {
    const together = ts.isCallExpression(use.parent) && use.parent.arguments[0] === use && takesPromises(use.parent);
    return together && scopes.lookup(text, use) === binding ? [together] : [];
  });
  return ways.find((way) => way === 'transaction') ?? ways[0];
}

/** `forEach(async …)`: it returns before the promises are fulfilled, and drops them. */
function isForgotten(node: ts.CallExpression): boolean {
  const callback = node.arguments[0] && unwrap(node.arguments[0]);
  if (calledName(node) !== 'forEach' || !callback || !ts.isFunctionLike(callback)) return false;
  return ts.canHaveModifiers(callback) && !!callback.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword);
}

/** How a call takes a list of promises; undefined for any other node. */
export function takesPromises(node: ts.Node): LoopFact['together'] {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return undefined;
  const { expression, name } = node.expression;
  if (name.text === '$transaction') return 'transaction';
  const isPromise = ts.isIdentifier(expression) && expression.text === 'Promise';
  return isPromise && /^(all|allSettled|any|race)$/.test(name.text) ? 'promise-all' : undefined;
}

/** `for (let i = 0; i < 5; i++)` → 5. */
function countedRounds({ initializer, condition }: ts.ForStatement): number | undefined {
  if (!initializer || !ts.isVariableDeclarationList(initializer)) return undefined;
  const [counter] = initializer.declarations;
  const start = counter?.initializer;
  if (!start || !ts.isNumericLiteral(start)) return undefined;
  if (!condition || !ts.isBinaryExpression(condition) || !ts.isNumericLiteral(condition.right)) return undefined;
  if (condition.left.getText() !== counter.name.getText()) return undefined;
  const inclusive = condition.operatorToken.kind === ts.SyntaxKind.LessThanEqualsToken ? 1 : 0;
  if (!inclusive && condition.operatorToken.kind !== ts.SyntaxKind.LessThanToken) return undefined;
  return Math.max(0, Number(condition.right.text) - Number(start.text) + inclusive);
}

/** `for (let i = 0; i < xs.length; i++)` → `xs`. */
function indexedCollection({ condition }: ts.ForStatement): ts.Expression | undefined {
  if (!condition || !ts.isBinaryExpression(condition) || !ts.isPropertyAccessExpression(condition.right))
    return undefined;
  return condition.right.name.text === 'length' ? condition.right.expression : undefined;
}

/** A list that is made anew each round is a page: its last element says where the next one starts. */
function isMadeWithin(taken: ts.Expression, loop: ts.Node, scopes: Scopes): boolean {
  const root = rootIdentifier(taken);
  const declaration = root && scopes.lookup(root.text, root)?.declaration;
  return declaration !== undefined && isWithin(declaration, loop);
}

function takesItems(node: ts.IterationStatement, scopes: Scopes): boolean {
  let found = false;
  walk(node, (inner) => {
    if (
      ts.isCallExpression(inner) &&
      inner.arguments.length === 0 &&
      /^(shift|pop|dequeue)$/.test(calledName(inner) ?? '') &&
      !isMadeWithin(inner.expression, node, scopes)
    )
      found = true;
    return !found;
  });
  return found;
}

/** `i += 100`, `i = i + BATCH_SIZE`; not `i += 1`. */
function strides({ incrementor }: ts.ForStatement): boolean {
  if (!incrementor || !ts.isBinaryExpression(incrementor)) return false;
  const { operatorToken, right } = incrementor;
  const isSum = operatorToken.kind === ts.SyntaxKind.EqualsToken && ts.isBinaryExpression(right);
  if (!isSum && operatorToken.kind !== ts.SyntaxKind.PlusEqualsToken) return false;
  const step = isSum ? right.right : right;
  return !ts.isNumericLiteral(step) || Number(step.text) > 1;
}

/** A statement loop that is there to try again: it counts attempts, or leaves from inside a `try`. */
function retries(node: ts.IterationStatement): boolean {
  if (ts.isForOfStatement(node) || ts.isForInStatement(node)) return false;
  const head = headText(node);
  if (COUNTS_ATTEMPTS.test(head)) return true;
  let found = false;
  walkOwn(node.statement, (inner) => {
    if (ts.isTryStatement(inner) && inner.catchClause && mayLeave(inner.tryBlock, node)) found = true;
  });
  return found;
}

function headText(node: ts.IterationStatement): string {
  if (ts.isWhileStatement(node) || ts.isDoStatement(node)) return node.expression.getText();
  if (!ts.isForStatement(node)) return '';
  return [node.initializer, node.condition].map((part) => part?.getText() ?? '').join(';');
}

function mayLeave(block: ts.Block, loop: ts.IterationStatement): boolean {
  let leaves = false;
  walkOwn(block, (inner) => {
    if (ts.isReturnStatement(inner) || (ts.isBreakStatement(inner) && jumpsOut(inner, loop))) leaves = true;
  });
  return leaves;
}

function waits(node: ts.IterationStatement): boolean {
  let found = false;
  walk(node.statement, (inner) => {
    if (ts.isCallExpression(inner) && WAITING.test(calledName(inner) ?? '')) found = true;
    return !found;
  });
  return found;
}

/** Walks the statements of one function, not those of functions inside it. */
function walkOwn(node: ts.Node, visit: (node: ts.Node) => void): void {
  walk(node, (inner) => {
    if (inner !== node && isFunctionNode(inner)) return false;
    visit(inner);
    return true;
  });
}
