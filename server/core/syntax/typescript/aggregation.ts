import ts from 'typescript';
import { memberName, memberOfElement, outerParent, unwrap } from './nodes';
import type { Tables } from './tables';

/** Functions of lodash and its kind that reduce rows to one number. */
const SUMMING = /^(sum|mean)By$/;

/** True if all that is made of the rows that a call gives is one number of a column: a sum, a mean, an extreme. */
export function isOnlyAggregated(call: ts.Node, tables: Tables): boolean {
  const name = resultName(call);
  if (!name) return aggregateUse(call) === 'number';
  const binding = tables.scopes.lookup(name.text, name);
  const uses = tables
    .named(name.text)
    .filter((node) => node !== name && !isMemberName(node) && tables.scopes.lookup(node.text, node) === binding)
    .map(aggregateUse);
  return uses.includes('number') && !uses.includes(undefined);
}

/** `const rows = await call`, `const [rows, …] = await Promise.all([call, …])` */
function resultName(call: ts.Node): ts.Identifier | undefined {
  const parent = outerParent(call);
  if (ts.isVariableDeclaration(parent)) return ts.isIdentifier(parent.name) ? parent.name : undefined;
  if (!ts.isArrayLiteralExpression(parent) || !ts.isCallExpression(parent.parent)) return undefined;
  if (!/^(all|\$transaction)$/.test(calledName(parent.parent))) return undefined;
  const declaration = outerParent(parent.parent);
  if (!ts.isVariableDeclaration(declaration) || !ts.isArrayBindingPattern(declaration.name)) return undefined;
  const element = declaration.name.elements[parent.elements.findIndex((one) => unwrap(one) === call)];
  return element && ts.isBindingElement(element) && ts.isIdentifier(element.name) ? element.name : undefined;
}

function isMemberName(node: ts.Identifier): boolean {
  const { parent } = node;
  return (
    (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
    (ts.isPropertyAssignment(parent) && parent.name === node)
  );
}

/** `number` if a use makes one number of one column of all rows, `count` for their `length`, undefined for any other use. */
function aggregateUse(rows: ts.Node): 'number' | 'count' | undefined {
  const parent = outerParent(rows);
  if (ts.isForOfStatement(parent)) {
    return unwrap(parent.expression) === rows && onlyAddsUp(parent) ? 'number' : undefined;
  }
  if (ts.isCallExpression(parent)) {
    return parent.arguments[0] === rows && SUMMING.test(calledName(parent)) ? 'number' : undefined;
  }
  if (!ts.isPropertyAccessExpression(parent) || unwrap(parent.expression) !== rows) return undefined;
  if (parent.name.text === 'length') return 'count';
  const call = parent.parent;
  if (!ts.isCallExpression(call) || call.expression !== parent) return undefined;
  if (parent.name.text === 'reduce') return reducesToNumber(call) ? 'number' : undefined;
  return parent.name.text === 'map' && isSpreadIntoExtreme(call) && mapsToColumn(call) ? 'number' : undefined;
}

/** `(sum, row) => sum + row.total`, `(most, row) => Math.max(most, row.total)` */
function reducesToNumber(call: ts.CallExpression): boolean {
  const callback = call.arguments[0] && unwrap(call.arguments[0]);
  const body = callback && returnedBy(callback);
  if (!body || !callback || !ts.isArrowFunction(callback)) return false;
  const [sum, row] = callback.parameters.map(({ name }) => name);
  if (!sum || !row || !ts.isIdentifier(sum)) return false;
  const isSum = (node: ts.Expression) => ts.isIdentifier(unwrap(node)) && unwrap(node).getText() === sum.text;
  if (ts.isBinaryExpression(body) && body.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    return isSum(body.left) ? isColumn(body.right, row) : isSum(body.right) && isColumn(body.left, row);
  }
  if (!ts.isCallExpression(body)) return false;
  const name = calledName(body);
  if (name === 'plus' || name === 'add') {
    const receiver = ts.isPropertyAccessExpression(body.expression) && body.expression.expression;
    const [added] = body.arguments;
    return receiver !== false && isSum(receiver) && added !== undefined && isColumn(added, row);
  }
  if (!isExtreme(body)) return false;
  return body.arguments.some(isSum) && body.arguments.every((argument) => isSum(argument) || isColumn(argument, row));
}

/** `for (const row of rows) total += row.total;` */
function onlyAddsUp(loop: ts.ForOfStatement): boolean {
  if (!ts.isVariableDeclarationList(loop.initializer)) return false;
  const row = loop.initializer.declarations[0]?.name;
  if (!row) return false;
  const statements = ts.isBlock(loop.statement) ? loop.statement.statements : [loop.statement];
  return (
    statements.length > 0 &&
    statements.every((statement) => {
      const sum = ts.isExpressionStatement(statement) && statement.expression;
      return (
        sum !== false &&
        ts.isBinaryExpression(sum) &&
        sum.operatorToken.kind === ts.SyntaxKind.PlusEqualsToken &&
        ts.isIdentifier(sum.left) &&
        isColumn(sum.right, row)
      );
    })
  );
}

function mapsToColumn(call: ts.CallExpression): boolean {
  const callback = call.arguments[0] && unwrap(call.arguments[0]);
  const body = callback && returnedBy(callback);
  const row = callback && ts.isArrowFunction(callback) ? callback.parameters[0]?.name : undefined;
  return body !== undefined && row !== undefined && isColumn(body, row);
}

/** `Math.max(...rows.map(…))` */
function isSpreadIntoExtreme(call: ts.CallExpression): boolean {
  const spread = call.parent;
  return ts.isSpreadElement(spread) && ts.isCallExpression(spread.parent) && isExtreme(spread.parent);
}

function isExtreme(call: ts.CallExpression): boolean {
  const owner = ts.isPropertyAccessExpression(call.expression) ? call.expression.expression.getText() : '';
  return owner === 'Math' && /^(max|min)$/.test(calledName(call));
}

/** `row.total`, `Number(row.total)`, `row.total ?? 0`, `row.total.toNumber()` */
function isColumn(node: ts.Expression, row: ts.BindingName): boolean {
  const expression = unwrap(node);
  if (ts.isBinaryExpression(expression)) {
    const falls = [ts.SyntaxKind.QuestionQuestionToken, ts.SyntaxKind.BarBarToken].includes(
      expression.operatorToken.kind,
    );
    return falls && ts.isNumericLiteral(unwrap(expression.right)) && isColumn(expression.left, row);
  }
  if (ts.isCallExpression(expression)) {
    const callee = expression.expression;
    if (ts.isPropertyAccessExpression(callee) && callee.name.text === 'toNumber')
      return isColumn(callee.expression, row);
    const [converted] = expression.arguments;
    return (
      ts.isIdentifier(callee) && /^(Number|parseFloat)$/.test(callee.text) && !!converted && isColumn(converted, row)
    );
  }
  return memberOfElement(expression, row) !== undefined;
}

/** The only thing that a short function returns. */
function returnedBy(node: ts.Expression): ts.Expression | undefined {
  if (!ts.isArrowFunction(node)) return undefined;
  if (!ts.isBlock(node.body)) return unwrap(node.body);
  const [only] = node.body.statements.length === 1 ? node.body.statements : [];
  return only && ts.isReturnStatement(only) && only.expression ? unwrap(only.expression) : undefined;
}

function calledName(call: ts.CallExpression): string {
  const callee = unwrap(call.expression);
  return memberName(callee) ?? (ts.isIdentifier(callee) ? callee.text : '');
}
