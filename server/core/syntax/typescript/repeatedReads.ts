import ts from 'typescript';
import { leaves } from './jumps';
import { enclosingFunction, isFunctionNode, isReference, isWithin, memberName, unwrap, walk } from './nodes';
import { READS, WRITES } from './prismaOperations';
import { isPureCall } from './purity';
import { sameExpression } from './sameExpression';
import type { CallNode, Tables } from './tables';

/** Tells which reads of one file ask again what their function has asked before. */
export interface RepeatedReads {
  /** The earlier read of the same, on every path to this one and with no write between; undefined where there is none. */
  before(call: CallNode): ts.CallExpression | undefined;
}

/** Makes the {@link RepeatedReads} of a file. */
export function readRepeatedReads(tables: Tables): RepeatedReads {
  const alike = new Map<string, ts.CallExpression[]>();
  for (const call of tables.calls) {
    const key = keyOf(call);
    if (key === undefined || !ts.isCallExpression(call)) continue;
    const known = alike.get(key);
    if (known) known.push(call);
    else alike.set(key, [call]);
  }
  return {
    before: (call) => {
      const key = keyOf(call);
      const others = key === undefined ? undefined : alike.get(key);
      if (!others || others.length < 2 || !ts.isCallExpression(call)) return undefined;
      return others.find((other) => other.end <= call.pos && isRepeated(other, call, tables));
    },
  };
}

/** `user.findUnique`: what two calls must have in common to be looked at. */
function keyOf(call: CallNode): string | undefined {
  if (!ts.isCallExpression(call) || !ts.isPropertyAccessExpression(call.expression)) return undefined;
  const { name, expression } = call.expression;
  const accessor = memberName(unwrap(expression));
  return READS.has(name.text) && accessor !== undefined ? `${accessor}.${name.text}` : undefined;
}

function isRepeated(first: ts.CallExpression, second: ts.CallExpression, tables: Tables): boolean {
  if (!ts.isAwaitExpression(first.parent) || !ts.isAwaitExpression(second.parent)) return false;
  if (enclosingFunction(first) !== enclosingFunction(second) || !isAlwaysBefore(first, second)) return false;
  if (first.arguments.length !== second.arguments.length) return false;
  if (!sameExpression(first.expression, second.expression, tables)) return false;
  const isSame = second.arguments.every((argument, index) => {
    const counterpart = first.arguments[index];
    return counterpart !== undefined && sameExpression(counterpart, argument, tables);
  });
  return isSame && isSteady(second, tables) && !changesBetween(first, second, tables) && isQuiet(first, second, tables);
}

/** True if a run that comes to `second` has come by `first`, once. */
function isAlwaysBefore(first: ts.Node, second: ts.Node): boolean {
  const statement = statementOf(first);
  if (!statement || !ts.isBlock(statement.parent)) return false;
  const block = statement.parent;
  if (!isWithin(second, block) || second.pos < statement.end) return false;
  for (let node = second; node.parent && node.parent !== block; node = node.parent) {
    if (ts.isIterationStatement(node.parent, false) || ts.isCatchClause(node.parent)) return false;
    if (ts.isTryStatement(node.parent) && node.parent.finallyBlock === node) return false;
  }
  return true;
}

/** The statement that runs an expression whenever it runs itself. */
function statementOf(expression: ts.Node): ts.Statement | undefined {
  for (let node = expression; ; node = node.parent) {
    const { parent } = node;
    if (ts.isConditionalExpression(parent) && parent.condition !== node) return undefined;
    if (ts.isBinaryExpression(parent) && parent.right === node && SHORT.has(parent.operatorToken.kind))
      return undefined;
    if (ts.isIfStatement(parent)) return parent.expression === node ? parent : undefined;
    if (ts.isVariableStatement(parent) || ts.isExpressionStatement(parent)) return parent;
    if (ts.isStatement(parent) || ts.isSourceFile(parent) || isFunctionNode(parent)) return undefined;
  }
}

const SHORT: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.AmpersandAmpersandToken,
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.QuestionQuestionToken,
]);

/** True if the arguments give the same each time: nothing in them asks the clock, chance or a function that may. */
function isSteady(call: ts.CallExpression, { scopes }: Tables): boolean {
  const isSame = (node: ts.Node): boolean => {
    if (ts.isAwaitExpression(node) || ts.isYieldExpression(node)) return false;
    if (ts.isNewExpression(node) && (node.arguments?.length ?? 0) === 0) return false;
    if (ts.isCallExpression(node)) {
      if (!isPureCall(node, scopes) || /\b(now|random|uuid|nanoid)$/i.test(node.expression.getText())) return false;
      if (/^(dayjs|moment)$/.test(node.expression.getText()) && node.arguments.length === 0) return false;
    }
    return !ts.forEachChild(node, (child) => !isSame(child) || undefined);
  };
  return call.arguments.every(isSame) && isSame(call.expression);
}

/** True if a name that the second one reads is changed after the first has read it. */
function changesBetween(first: ts.Node, second: ts.Node, { scopes }: Tables): boolean {
  const isBetween = (node: ts.Node) => node.pos >= first.pos && node.pos < second.end;
  let found = false;
  walk(second, (node) => {
    if (found) return false;
    if (!ts.isIdentifier(node) || !isReference(node)) return true;
    const binding = scopes.lookup(node.text, node);
    if (binding) found = [...binding.writes, ...binding.memberWrites, ...binding.mutations].some(isBetween);
    return true;
  });
  return found;
}

/** True if nothing that may write is done between the two, on any way from one to the other. */
function isQuiet(first: ts.Node, second: ts.Node, tables: Tables): boolean {
  const mayWrite = (node: ts.Node): boolean => {
    if (node.end <= first.end || node.pos >= second.pos) return false;
    if (isFunctionNode(node) && !isWithin(second, node)) return false;
    // A branch that is left by a jump leads to no second read.
    if (isLeftBranch(node) && !isWithin(second, node)) return false;
    if (ts.isForOfStatement(node) && node.awaitModifier) return true;
    if (ts.isYieldExpression(node)) return true;
    if (ts.isAwaitExpression(node) && node.pos >= first.end && !isReading(node.expression, tables)) return true;
    if (ts.isCallExpression(node) && node.pos >= first.end && isWrite(node)) return true;
    return ts.forEachChild(node, (child) => mayWrite(child) || undefined) ?? false;
  };
  return !mayWrite(enclosingFunction(second));
}

function isLeftBranch(node: ts.Node): boolean {
  const choice = node.parent;
  if (!choice || !ts.isIfStatement(choice)) return false;
  const arm = [choice.thenStatement, choice.elseStatement].find((statement) => statement === node);
  return arm !== undefined && leaves(arm);
}

function isWrite(call: ts.CallExpression): boolean {
  const name = memberName(call.expression) ?? '';
  return WRITES.has(name) || name.startsWith('$');
}

/** `await db.user.findMany()`, `await Promise.all([…])` of such; the body of a request is none. */
function isReading(awaited: ts.Expression, tables: Tables): boolean {
  const node = unwrap(awaited);
  if (!ts.isCallExpression(node)) return false;
  if (READS.has(memberName(node.expression) ?? '') && tables.callIndex.has(node)) return true;
  const [list] = node.arguments;
  if (!list || !/^Promise\.all(Settled)?$/.test(node.expression.getText()) || !ts.isArrayLiteralExpression(list)) {
    return false;
  }
  return list.elements.every((element) => isReading(element, tables));
}
