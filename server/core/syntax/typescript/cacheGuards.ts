import ts from 'typescript';
import { enclosingFunction, memberName, unwrap } from './nodes';
import type { Tables } from './tables';

const CACHE = /cache|redis|memo|\bkv\b|\blru\b/i;
const LOOKUP = /^(get|has|read|fetch|load|find|lookup|peek|hget|json)/i;

/** Returns the functions that give back what a cache holds before they ask anyone else. */
export function readCacheGuards(tables: Tables): ReadonlySet<ts.Node> {
  const guarded = new Set<ts.Node>();
  for (const node of tables.ofKind(ts.SyntaxKind.IfStatement)) {
    if (returns(node.thenStatement) && asksCache(node.expression, tables)) guarded.add(enclosingFunction(node));
  }
  return guarded;
}

function returns(statement: ts.Statement): boolean {
  const last = ts.isBlock(statement) ? statement.statements.at(-1) : statement;
  if (!last) return false;
  // `try { return JSON.parse(cached) } catch { … }`
  return ts.isReturnStatement(last) || (ts.isTryStatement(last) && returns(last.tryBlock));
}

/** `cached`, `hit !== null`, `cache.has(key)`, `entry && entry.expires > now` */
function asksCache(condition: ts.Expression, tables: Tables): boolean {
  const expression = unwrap(condition);
  if (ts.isBinaryExpression(expression)) return asksCache(expression.left, tables);
  if (ts.isPrefixUnaryExpression(expression)) return false;
  if (ts.isPropertyAccessExpression(expression)) return asksCache(expression.expression, tables);
  if (ts.isCallExpression(expression)) return isLookup(expression);
  if (!ts.isIdentifier(expression)) return false;
  const declaration = tables.scopes.lookup(expression.text, expression)?.declaration;
  const initializer = declaration && ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
  const given = initializer && unwrap(initializer);
  return given !== undefined && ts.isCallExpression(given) && isLookup(given);
}

/** `redis.get(key)`, `this.cache.get(key)`, `getFromCache(key)`. */
function isLookup({ expression }: ts.CallExpression): boolean {
  const name = memberName(expression) ?? (ts.isIdentifier(expression) ? expression.text : '');
  if (ts.isIdentifier(expression)) return CACHE.test(name) && LOOKUP.test(name);
  if (!ts.isPropertyAccessExpression(expression)) return false;
  return LOOKUP.test(name) && CACHE.test(expression.getText());
}
