import ts from 'typescript';
import type { WritePlace } from './facts';
import { awaitedTogether, takesPromises } from './loops';
import { mentions, resultNames, runsInPlace } from './loopUses';
import { enclosingFunction, isWithin, memberName, outerParent, unwrap } from './nodes';
import { RAW, READS, WRITES } from './prismaOperations';
import type { CallNode, Tables } from './tables';

/** How a write stands in the loop that runs it; nothing for other calls. */
export function readWritePlace(call: CallNode, tables: Tables): WritePlace {
  const callee = ts.isCallExpression(call) ? unwrap(call.expression) : unwrap(call.tag);
  const name = memberName(callee) ?? '';
  if (!WRITES.has(name) && !name.startsWith('$executeRaw')) return {};
  const loop = innermostLoop(call, tables);
  return {
    ...(loop && isCaught(call, loop) ? { caught: true } : {}),
    ...(loop && isAfterWork(call, loop) ? { afterWork: true } : {}),
    ...(isSent(call, tables) ? {} : { deferred: true }),
    ...(isAskedAbout(call, tables) ? { decides: true } : {}),
    ...(isUsed(call, tables) ? { resultUsed: true } : {}),
  };
}

/** The loop whose round runs a node; of a loop that is a call, the callback. */
function innermostLoop(node: ts.Node, { loopIndex }: Tables): ts.Node | undefined {
  for (let current = node.parent; !ts.isSourceFile(current); current = current.parent) {
    if (loopIndex.has(current) && !ts.isCallExpression(current)) return current;
  }
  return undefined;
}

/** `try { … } catch { … }` around it, or `.catch(…)` behind it, without a `throw`. */
function isCaught(call: ts.Node, loop: ts.Node): boolean {
  for (let node = call; node !== loop; node = node.parent) {
    const { parent } = node;
    if (ts.isPropertyAccessExpression(parent) && parent.name.text === 'catch') return true;
    if (!ts.isTryStatement(parent) || parent.tryBlock !== node || !parent.catchClause) continue;
    if (!parent.catchClause.block.statements.some((statement) => ts.isThrowStatement(statement))) return true;
  }
  return false;
}

const QUERIES: ReadonlySet<string> = new Set([...READS, ...WRITES, ...RAW.keys(), '$transaction']);

/** What is done for each element anyway outweighs the write that keeps a record of it. */
function isAfterWork(call: ts.Node, round: ts.Node): boolean {
  const visit = (node: ts.Node): boolean => {
    if (node.pos >= call.end) return false;
    if (ts.isAwaitExpression(node) && (node.end <= call.pos || isWithin(node, call)) && !awaitsQuery(node)) return true;
    return ts.forEachChild(node, (child) => visit(child) || undefined) ?? false;
  };
  return visit(round);
}

/** Awaits a query, or a list: what is in the list is looked at by itself. */
export function awaitsQuery({ expression }: ts.AwaitExpression): boolean {
  let awaited = unwrap(expression);
  if (ts.isIdentifier(awaited) || ts.isTaggedTemplateExpression(awaited)) return true;
  while (ts.isCallExpression(awaited)) {
    const callee = unwrap(awaited.expression);
    const name = memberName(callee);
    if (name !== undefined && (QUERIES.has(name) || takesPromises(awaited))) return true;
    if (!ts.isPropertyAccessExpression(callee)) return false;
    awaited = unwrap(callee.expression);
  }
  return false;
}

/** Prisma sends a query when its promise is awaited: one that is only put into a list is sent by who takes the list. */
function isSent(call: ts.Node, tables: Tables): boolean {
  const { parent } = call;
  if (ts.isAwaitExpression(parent)) return true;
  if (ts.isPropertyAccessExpression(parent)) return ts.isCallExpression(parent.parent);
  if (ts.isArrowFunction(parent)) return isResultSent(parent, tables);
  if (ts.isReturnStatement(parent)) return isResultSent(enclosingFunction(parent), tables);
  if (ts.isCallExpression(parent)) {
    if (memberName(parent.expression) !== 'push') return true;
    const list = ts.isPropertyAccessExpression(parent.expression) ? parent.expression.expression : undefined;
    return list !== undefined && ts.isIdentifier(list) && isAwaitedList(list, tables);
  }
  if (ts.isVariableDeclaration(parent) || ts.isStatement(parent) || ts.isVoidExpression(parent)) return false;
  return isSent(parent, tables);
}

function isResultSent(owner: ts.Node, tables: Tables): boolean {
  if (!ts.isArrowFunction(owner) && !ts.isFunctionExpression(owner)) return false;
  if (owner.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword)) return true;
  const loop = tables.loops[tables.loopIndex.get(owner) ?? -1]?.node;
  if (!loop || !ts.isCallExpression(loop)) return runsInPlace(owner);
  const isArrayMethod = ts.isPropertyAccessExpression(unwrap(loop.expression));
  return !isArrayMethod || awaitedTogether(loop, tables) === 'promise-all';
}

/** `Promise.all(list)`, later. */
function isAwaitedList(list: ts.Identifier, { named, scopes }: Tables): boolean {
  const binding = scopes.lookup(list.text, list);
  return named(list.text).some(
    (use) => takesPromises(outerParent(use)) === 'promise-all' && scopes.lookup(use.text, use) === binding,
  );
}

/** True if a condition asks what the write returned: how many rows it found, and so whether to go on. */
export function isAskedAbout(call: ts.Node, { ofKind }: Tables): boolean {
  const owner = enclosingFunction(call);
  const names = resultNames(call, owner);
  const asks = (condition: ts.Node) => isWithin(call, condition) || mentions(condition, names);
  const inOwner = <Node extends ts.Node>(nodes: readonly Node[]) => nodes.filter((node) => isWithin(node, owner));
  return (
    inOwner(ofKind(ts.SyntaxKind.IfStatement)).some(({ expression }) => asks(expression)) ||
    inOwner(ofKind(ts.SyntaxKind.ConditionalExpression)).some(
      (node) => ts.isConditionalExpression(node) && asks(node.condition),
    )
  );
}

/** True if what the write returns goes somewhere: into a name, into the array that a `map` gives. */
function isUsed(node: ts.Node, tables: Tables): boolean {
  const parent = outerParent(node);
  if (ts.isExpressionStatement(parent) || ts.isVoidExpression(parent)) return false;
  if (ts.isPropertyAccessExpression(parent) && ts.isCallExpression(parent.parent)) {
    return parent.name.text === 'then' || isUsed(parent.parent, tables);
  }
  const owner = ts.isArrowFunction(parent)
    ? parent
    : ts.isReturnStatement(parent)
      ? enclosingFunction(parent)
      : undefined;
  const loop = owner && tables.loops[tables.loopIndex.get(owner) ?? -1]?.node;
  if (loop && ts.isCallExpression(loop))
    return memberName(unwrap(loop.expression)) !== 'forEach' && isUsed(loop, tables);
  if (ts.isCallExpression(parent)) return takesPromises(parent) === undefined || isUsed(parent, tables);
  return true;
}
