import ts from 'typescript';
import type { MultipliedQuery } from '../model/loops/multipliedQueries';
import { collectionOf } from '../syntax/typescript/loopCalls';
import { enclosingFunction, isBroken, isWithin, outerParent, propertyName, unwrap } from '../syntax/typescript/nodes';
import { pathOf } from '../syntax/typescript/valueSources';
import { bindingsIn, isOutside, nodeAt, type OpenFile, openFile } from './nodeAt';
import type { Sources } from './sources';

/** A query in a loop, in the syntax tree: what the fixes of such a query start from. */
export interface LoopSite extends OpenFile {
  readonly query: ts.CallExpression;
  /** The object literal that the query is given; undefined where it is given nothing. */
  readonly argument: ts.ObjectLiteralExpression | undefined;
  /** What stands for the query's rows: `await query`, or the query that a callback returns to `Promise.all`. */
  readonly rows: ts.Expression;
  readonly loop: ts.ForOfStatement | ts.CallExpression;
  readonly collection: ts.Expression;
  readonly element: ts.BindingName;
  /** The statement that holds the loop: what is to run before goes before it. */
  readonly anchor: ts.Statement;
}

const ELEMENT_FIRST: ReadonlySet<string> = new Set(['map', 'forEach', 'flatMap', 'filter', 'some', 'every']);

/** Opens the place of a query that one loop multiplies; undefined where the code is no plain loop over a collection. */
export function openLoopSite(
  { query: { file, call }, loop, depth }: MultipliedQuery,
  sources: Sources,
): LoopSite | undefined {
  const open = depth === 1 ? openFile(file, sources) : undefined;
  if (!open) return undefined;
  const { tables } = open;
  const query = nodeAt(tables.file, call.range, ts.isCallExpression);
  const loopNode = nodeAt(tables.file, loop.range, isPlainLoop);
  if (!query || !loopNode || query.arguments.length > 1 || isBroken(query)) return undefined;
  const parts = loopParts(loopNode);
  const rows = rowsOf(query, loopNode);
  const anchor = parts && rows && statementBefore(loopNode);
  if (!anchor || !isOutside(query.expression, loopNode, tables)) return undefined;
  const argument = query.arguments[0];
  if (argument && !ts.isObjectLiteralExpression(argument)) return undefined;
  if (argument?.properties.some((property) => ts.isSpreadAssignment(property))) return undefined;
  return { ...open, ...parts, query, argument, rows, loop: loopNode, anchor };
}

function isPlainLoop(node: ts.Node): node is ts.ForOfStatement | ts.CallExpression {
  return (ts.isForOfStatement(node) && !node.awaitModifier) || ts.isCallExpression(node);
}

function loopParts(loop: ts.ForOfStatement | ts.CallExpression): Pick<LoopSite, 'collection' | 'element'> | undefined {
  if (ts.isForOfStatement(loop)) {
    const declaration = ts.isVariableDeclarationList(loop.initializer) ? loop.initializer.declarations[0] : undefined;
    return declaration && { collection: loop.expression, element: declaration.name };
  }
  const callee = unwrap(loop.expression);
  const callback = loop.arguments[0] && unwrap(loop.arguments[0]);
  if (!ts.isPropertyAccessExpression(callee) || !ELEMENT_FIRST.has(callee.name.text)) return undefined;
  if (!callback || (!ts.isArrowFunction(callback) && !ts.isFunctionExpression(callback))) return undefined;
  const collection = collectionOf(loop);
  const element = callback.parameters[0]?.name;
  return collection && element && { collection, element };
}

function rowsOf(query: ts.CallExpression, loop: ts.Node): ts.Expression | undefined {
  const { parent } = query;
  if (ts.isAwaitExpression(parent)) return parent;
  const returned = ts.isReturnStatement(parent) || (ts.isArrowFunction(parent) && parent.body === query);
  if (!returned) return undefined;
  const owner = enclosingFunction(query);
  const isCallback = ts.isCallExpression(loop) && loop.arguments.some((argument) => unwrap(argument) === owner);
  // Without `await`, what the callback gives is a promise: only `Promise.all` takes a plain value as well.
  return isCallback && ts.isCallExpression(outerParent(loop)) ? query : undefined;
}

/** The statement that a loop is or is in, if something awaited can stand before it. */
function statementBefore(loop: ts.Node): ts.Statement | undefined {
  let node = loop;
  while (!ts.isStatement(node)) {
    const { parent } = node;
    if (ts.isConditionalExpression(parent) && parent.condition !== node) return undefined;
    if (ts.isBinaryExpression(parent) && isShortCircuit(parent) && parent.right === node) return undefined;
    if (ts.isArrowFunction(parent) || ts.isSourceFile(parent)) return undefined;
    // The condition of a loop is asked again in every round of that loop.
    const isAskedAgain = ts.isWhileStatement(parent) || ts.isDoStatement(parent) || ts.isForStatement(parent);
    if (isAskedAgain && parent.statement !== node) return undefined;
    node = parent;
  }
  if (!ts.isBlock(node.parent) && !ts.isSourceFile(node.parent) && !ts.isCaseOrDefaultClause(node.parent))
    return undefined;
  const owner = enclosingFunction(node);
  const isAsync =
    !ts.isSourceFile(owner) && owner.modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.AsyncKeyword);
  return isAsync || (ts.isSourceFile(owner) && ts.isExternalModule(owner)) ? node : undefined;
}

function isShortCircuit({ operatorToken }: ts.BinaryExpression): boolean {
  return (
    operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken ||
    operatorToken.kind === ts.SyntaxKind.BarBarToken ||
    operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken
  );
}

/**
 * True if the statements before the loop end with an await that a read put there would not depend on:
 * the two would wait for one another for nothing.
 */
export function wouldFollowAwait({ anchor, tables }: LoopSite, read: readonly ts.Node[]): boolean {
  const siblings: readonly ts.Statement[] =
    ts.isBlock(anchor.parent) || ts.isSourceFile(anchor.parent) ? anchor.parent.statements : [];
  const needed = read.flatMap((node) => bindingsIn(node, tables));
  for (const before of siblings.slice(0, siblings.indexOf(anchor)).reverse()) {
    if (!ts.isVariableStatement(before) && !ts.isExpressionStatement(before)) return false;
    if (needed.some(({ declaration }) => isWithin(declaration, before))) return false;
    if (tables.ofKind(ts.SyntaxKind.AwaitExpression).some((node) => isWithin(node, before))) return true;
  }
  return false;
}

/**
 * Returns the members that an expression reads of the loop's element: `id` of `user.id` or `({ id })`,
 * none for the element itself. Undefined for anything else, and where the loop sets what it reads.
 */
export function elementPath(
  node: ts.Expression,
  site: Pick<LoopSite, 'element' | 'loop' | 'tables'>,
): readonly string[] | undefined {
  const path: string[] = [];
  let current = node;
  while (ts.isPropertyAccessExpression(current) && !current.questionDotToken) {
    path.unshift(current.name.text);
    current = current.expression;
  }
  if (!ts.isIdentifier(current)) return undefined;
  const { element, tables, loop } = site;
  const binding = tables.scopes.lookup(current.text, current);
  if (!binding || binding.writes.length > 0 || !isWithin(binding.declaration, loop)) return undefined;
  if (ts.isIdentifier(element)) {
    if (binding.declaration !== element.parent || current.text !== element.text) return undefined;
    return binding.memberWrites.some(({ left }) => mayWrite(left, element.text, path)) ? undefined : path;
  }
  if (!ts.isObjectBindingPattern(element) || !ts.isBindingElement(binding.declaration)) return undefined;
  const { parent, initializer, dotDotDotToken, propertyName: renamed, name } = binding.declaration;
  const property = propertyName(renamed ?? name);
  if (parent !== element || initializer || dotDotDotToken || property === undefined) return undefined;
  return [property, ...path];
}

/** True if `user.id = …`, or an assignment to a computed member, may change what `path` reads of `user`. */
function mayWrite(target: ts.Expression, name: string, path: readonly string[]): boolean {
  const written = pathOf(target, name);
  return !written || written.every((part, index) => index >= path.length || part === path[index]);
}

/** True if the loop asks whether the expression holds something before it uses it. */
export function isMentionedInCondition(
  expression: ts.Expression,
  { loop, query, tables }: Pick<LoopSite, 'loop' | 'query' | 'tables'>,
): boolean {
  const text = expression.getText();
  const conditions = [
    ...tables.ofKind(ts.SyntaxKind.IfStatement),
    ...tables.ofKind(ts.SyntaxKind.ConditionalExpression),
    ...tables.ofKind(ts.SyntaxKind.BinaryExpression),
  ].filter((node) => isWithin(node, loop));
  return conditions.some((node) => {
    const condition = ts.isIfStatement(node)
      ? node.expression
      : ts.isConditionalExpression(node)
        ? node.condition
        : ts.isBinaryExpression(node) && isShortCircuit(node)
          ? node.left
          : undefined;
    // A condition that asks the query itself uses the expression; it does not doubt it.
    return condition !== undefined && !isWithin(query, condition) && condition.getText().includes(text);
  });
}
