import ts from 'typescript';
import { enclosingFunction, isFunctionNode, isWithin, memberName, unwrap } from './nodes';
import type { Tables } from './tables';

const CACHE = /cache|redis|memo|\bkv\b|\blru\b/i;
const LOOKUP = /^(get|has|read|fetch|load|find|lookup|peek|hget|json)/i;

/** Returns the functions that give back what a cache, or an earlier call, has left before they ask anyone. */
export function readCacheGuards(tables: Tables): ReadonlySet<ts.Node> {
  const guarded = new Set<ts.Node>();
  for (const node of tables.ofKind(ts.SyntaxKind.IfStatement)) {
    const owner = enclosingFunction(node);
    if (
      returns(node.thenStatement) &&
      (asksCache(node.expression, owner, tables) || asksMemory(node.expression, owner, tables))
    ) {
      guarded.add(owner);
    }
  }
  return guarded;
}

/**
 * True if a call only fills in what is not there yet: `this.groups ??= await load()`,
 * `if (!byId.has(id)) byId.set(id, await load(id))`. Around it, up to `limit`.
 */
export function fillsMemory(call: ts.Node, limit: ts.Node, tables: Tables): boolean {
  let child = call;
  for (let node = call.parent; node && node !== limit; child = node, node = node.parent) {
    if (ts.isBinaryExpression(node) && node.right === child && FILLING.has(node.operatorToken.kind)) return true;
    if (ts.isIfStatement(node) && node.thenStatement === child && fills(node, tables)) return true;
  }
  return false;
}

const FILLING: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.QuestionQuestionEqualsToken,
  ts.SyntaxKind.BarBarEqualsToken,
]);

/** `if (!this.groups) { this.groups = … }`, `if (rate === undefined) { …; rates.set(key, rate) }` */
function fills({ expression, thenStatement }: ts.IfStatement, tables: Tables): boolean {
  const missing = missingPlace(unwrap(expression));
  if (!missing) return false;
  return isHeld(missing, tables) && (setsMap(thenStatement) || isAssignedIn(missing, thenStatement, tables));
}

/** What a condition finds missing: `!x`, `x === undefined`, `x == null`. */
function missingPlace(condition: ts.Expression): ts.Expression | undefined {
  if (ts.isPrefixUnaryExpression(condition) && condition.operator === ts.SyntaxKind.ExclamationToken) {
    return unwrap(condition.operand);
  }
  if (!ts.isBinaryExpression(condition) || !EQUALITY.has(condition.operatorToken.kind)) return undefined;
  const right = unwrap(condition.right);
  const isNothing = right.kind === ts.SyntaxKind.NullKeyword || (ts.isIdentifier(right) && right.text === 'undefined');
  return isNothing ? unwrap(condition.left) : undefined;
}

const EQUALITY: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.EqualsEqualsToken,
  ts.SyntaxKind.EqualsEqualsEqualsToken,
]);

function isHeld(missing: ts.Expression, tables: Tables): boolean {
  if (ts.isIdentifier(missing)) return isLookedUp(missing, tables);
  if (ts.isCallExpression(missing)) return /^(has|get)$/.test(memberName(missing.expression) ?? '');
  return ts.isPropertyAccessExpression(missing) || ts.isElementAccessExpression(missing);
}

/** `let rate = rates.get(key)`, or a name that is declared without a value: not what was just read. */
function isLookedUp(name: ts.Identifier, { scopes }: Tables): boolean {
  const declaration = scopes.lookup(name.text, name)?.declaration;
  if (!declaration || !ts.isVariableDeclaration(declaration)) return false;
  const { initializer } = declaration;
  return !initializer || !ts.isAwaitExpression(initializer);
}

function isAssignedIn(place: ts.Expression, body: ts.Node, { ofKind }: Tables): boolean {
  const text = place.getText();
  return ofKind(ts.SyntaxKind.BinaryExpression).some(
    ({ left, operatorToken, pos, end }) =>
      operatorToken.kind === ts.SyntaxKind.EqualsToken && pos >= body.pos && end <= body.end && left.getText() === text,
  );
}

function setsMap(body: ts.Node): boolean {
  if (ts.isCallExpression(body) && memberName(body.expression) === 'set' && body.arguments.length === 2) return true;
  if (isFunctionNode(body)) return false;
  return ts.forEachChild(body, (child) => setsMap(child) || undefined) ?? false;
}

function returns(statement: ts.Statement): boolean {
  const last = ts.isBlock(statement) ? statement.statements.at(-1) : statement;
  if (!last) return false;
  // `try { return JSON.parse(cached) } catch { … }`
  return (ts.isReturnStatement(last) && !!last.expression) || (ts.isTryStatement(last) && returns(last.tryBlock));
}

/** `cached`, `hit !== null`, `cache.has(key)`, `entry && entry.expires > now` */
function asksCache(condition: ts.Expression, owner: ts.Node, tables: Tables): boolean {
  const expression = unwrap(condition);
  if (ts.isBinaryExpression(expression)) return asksCache(expression.left, owner, tables);
  if (ts.isPrefixUnaryExpression(expression)) return false;
  if (ts.isPropertyAccessExpression(expression)) return asksCache(expression.expression, owner, tables);
  if (ts.isCallExpression(expression)) return isLookup(expression, owner, tables);
  if (!ts.isIdentifier(expression)) return false;
  const declaration = tables.scopes.lookup(expression.text, expression)?.declaration;
  const initializer = declaration && ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
  const given = initializer && unwrap(initializer);
  return given !== undefined && ts.isCallExpression(given) && isLookup(given, owner, tables);
}

/** `if (this.groups) return this.groups`, of a property or an outer name that the same function sets. */
function asksMemory(condition: ts.Expression, owner: ts.Node, tables: Tables): boolean {
  const expression = unwrap(condition);
  if (ts.isBinaryExpression(expression)) return asksMemory(expression.left, owner, tables);
  const isOwnMember =
    ts.isPropertyAccessExpression(expression) && expression.expression.kind === ts.SyntaxKind.ThisKeyword;
  const isOuter = ts.isIdentifier(expression) && isDeclaredOutside(expression, owner, tables);
  return (isOwnMember || isOuter) && isAssignedIn(expression, owner, tables);
}

function isDeclaredOutside(name: ts.Identifier, owner: ts.Node, { scopes }: Tables): boolean {
  const binding = scopes.lookup(name.text, name);
  return binding !== undefined && !isWithin(binding.declaration, owner);
}

/** `redis.get(key)`, `this.cache.get(key)`, `getFromCache(key)`; any map that the same function also fills. */
function isLookup({ expression }: ts.CallExpression, owner: ts.Node, tables: Tables): boolean {
  const name = memberName(expression) ?? (ts.isIdentifier(expression) ? expression.text : '');
  if (LOOKUP.test(name) && CACHE.test(expression.getText())) return true;
  if (!ts.isPropertyAccessExpression(expression) || !/^(get|has)$/.test(name)) return false;
  const map = expression.expression.getText();
  const fillings = tables.named('set').map(({ parent }) => parent);
  return fillings.some(
    (node) => isWithin(node, owner) && ts.isPropertyAccessExpression(node) && node.expression.getText() === map,
  );
}
