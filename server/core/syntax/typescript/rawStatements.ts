import ts from 'typescript';
import { memberName, unwrap } from './nodes';
import { RAW } from './prismaOperations';
import type { CallNode, Tables } from './tables';

const MAX_DEPTH = 8;

/** True for `$executeRawUnsafe(sql)`, where nothing of the statement is written in the file and nothing is given to it. */
export function isMadeElsewhere(call: CallNode, tables: Tables): boolean {
  if (!ts.isCallExpression(call) || !RAW.has(memberName(unwrap(call.expression)) ?? '')) return false;
  const [statement, ...parameters] = call.arguments;
  return statement !== undefined && parameters.length === 0 && !saysText(statement, tables);
}

/** True if some of the text that an expression gives is written in it, or in the constant that it names. */
function saysText(node: ts.Expression, tables: Tables, depth = 0): boolean {
  const expression = unwrap(node);
  const inner = (part: ts.Expression) => depth < MAX_DEPTH && saysText(part, tables, depth + 1);
  if (ts.isStringLiteralLike(expression) || ts.isTemplateExpression(expression)) return true;
  if (ts.isTaggedTemplateExpression(expression)) return true;
  if (ts.isBinaryExpression(expression)) return inner(expression.left) || inner(expression.right);
  if (ts.isConditionalExpression(expression)) return inner(expression.whenTrue) || inner(expression.whenFalse);
  if (ts.isArrayLiteralExpression(expression)) return expression.elements.some(inner);
  if (ts.isCallExpression(expression)) {
    const callee = unwrap(expression.expression);
    if (/^(raw|sql|join)$/.test(memberName(callee) ?? '') && expression.arguments.some(inner)) return true;
    return ts.isPropertyAccessExpression(callee) && inner(callee.expression);
  }
  if (!ts.isIdentifier(expression)) return false;
  const declaration = tables.scopes.lookup(expression.text, expression)?.declaration;
  return declaration !== undefined && ts.isVariableDeclaration(declaration) && declaration.initializer !== undefined
    ? inner(declaration.initializer)
    : false;
}
