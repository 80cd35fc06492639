import ts from 'typescript';
import type { Model } from '../model/schemas/schema';
import { memberOfElement, rangeOf, unwrap } from '../syntax/typescript/nodes';
import type { Range } from '../text/range';

/** A number that is made of rows, as an aggregate of the database. */
export interface AggregateUse {
  readonly kind: '_sum' | '_min' | '_max' | '_count';
  /** Absent for the number of rows. */
  readonly column?: string;
  /** What is replaced. */
  readonly range: Range;
  /** The new text, where the aggregate has that name. */
  readonly text: (name: string) => string;
}

/**
 * Reads what is made of the rows where they are named; undefined for what is no aggregate, or where the
 * database might come to another number.
 */
export function readAggregateUse(rows: ts.Identifier, model: Model): AggregateUse | undefined {
  const { parent } = rows;
  if (ts.isForOfStatement(parent) && parent.expression === rows) return addedUp(parent, model);
  if (!ts.isPropertyAccessExpression(parent) || parent.expression !== rows || parent.questionDotToken) return undefined;
  if (parent.name.text === 'length')
    return { kind: '_count', range: rangeOf(parent), text: (name) => `${name}._count` };
  const call = parent.parent;
  if (!ts.isCallExpression(call) || call.expression !== parent) return undefined;
  if (parent.name.text === 'reduce') return reduced(call, model);
  return parent.name.text === 'map' ? extreme(call, model) : undefined;
}

/** `rows.reduce((sum, row) => sum + row.total, 0)`, `….plus(row.total)`, `Math.max(most, row.total)` */
function reduced(call: ts.CallExpression, model: Model): AggregateUse | undefined {
  const [callback, initial] = call.arguments;
  const body = callback && returnedBy(callback);
  if (!callback || !body || !initial || !ts.isArrowFunction(callback) || call.arguments.length > 2) return undefined;
  const [sum, row, ...others] = callback.parameters.map(({ name }) => name);
  if (!sum || !row || !ts.isIdentifier(sum) || others.length > 0) return undefined;
  const isSum = (node: ts.Expression) => ts.isIdentifier(node) && node.text === sum.text;
  const start = initial.getText();
  const range = rangeOf(call);
  if (ts.isBinaryExpression(body) && body.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    const added = isSum(body.left) ? body.right : isSum(body.right) ? body.left : undefined;
    const column = added && wholeNumber(added, row, model);
    if (column === undefined || !isSimple(initial)) return undefined;
    const value = (name: string) => `${name}._sum.${column} ?? 0`;
    const text = (name: string) =>
      start === '0' ? inContext(call, value(name)) : inContext(call, `${start} + (${value(name)})`);
    return { kind: '_sum', column, range, text };
  }
  if (!ts.isCallExpression(body) || !ts.isPropertyAccessExpression(body.expression)) return undefined;
  const { expression: owner, name: method } = body.expression;
  if (/^(plus|add)$/.test(method.text) && isSum(owner) && body.arguments.length === 1) {
    const column = body.arguments[0] && decimal(body.arguments[0], row, model);
    if (column === undefined || !/^new [\w.]*Decimal\(0\)$/.test(start)) return undefined;
    return { kind: '_sum', column, range, text: (name) => inContext(call, `${name}._sum.${column} ?? ${start}`) };
  }
  const kind = owner.getText() === 'Math' ? extremeKind(method.text) : undefined;
  const [first, second, ...more] = body.arguments;
  if (!kind || !first || !second || more.length > 0 || !isSimple(initial)) return undefined;
  const compared = isSum(first) ? second : isSum(second) ? first : undefined;
  const column = compared && wholeNumber(compared, row, model, true);
  if (column === undefined) return undefined;
  const text = (name: string) => `Math.${method.text}(${start}, ${name}.${kind}.${column} ?? ${start})`;
  return { kind, column, range, text };
}

/** `Math.max(...rows.map((row) => row.total))` */
function extreme(call: ts.CallExpression, model: Model): AggregateUse | undefined {
  const spread = call.parent;
  const outer = spread.parent;
  const [callback] = call.arguments;
  if (!ts.isSpreadElement(spread) || !ts.isCallExpression(outer) || !callback) return undefined;
  const [, method] = /^Math\.(max|min)$/.exec(outer.expression.getText()) ?? [];
  const kind = method === undefined ? undefined : extremeKind(method);
  const body = returnedBy(callback);
  const row =
    ts.isArrowFunction(callback) && callback.parameters.length === 1 ? callback.parameters[0]?.name : undefined;
  const column = kind && body && row ? wholeNumber(body, row, model, true) : undefined;
  if (!kind || column === undefined) return undefined;
  const none = kind === '_max' ? '-Infinity' : 'Infinity';
  const isAlone = outer.arguments.length === 1;
  const value = (name: string) => `${name}.${kind}.${column} ?? ${none}`;
  return {
    kind,
    column,
    range: rangeOf(isAlone ? outer : spread),
    text: (name) => (isAlone ? inContext(outer, value(name)) : value(name)),
  };
}

function extremeKind(method: string): '_max' | '_min' | undefined {
  return method === 'max' ? '_max' : method === 'min' ? '_min' : undefined;
}

/** `for (const row of rows) total += row.total;` */
function addedUp(loop: ts.ForOfStatement, model: Model): AggregateUse | undefined {
  const declaration = ts.isVariableDeclarationList(loop.initializer) ? loop.initializer.declarations[0] : undefined;
  const statements = ts.isBlock(loop.statement) ? loop.statement.statements : [loop.statement];
  const [only, ...others] = statements;
  const sum = only && ts.isExpressionStatement(only) ? only.expression : undefined;
  if (!declaration || others.length > 0) return undefined;
  if (!sum || !ts.isBinaryExpression(sum) || sum.operatorToken.kind !== ts.SyntaxKind.PlusEqualsToken) return undefined;
  const column = ts.isIdentifier(sum.left) ? wholeNumber(sum.right, declaration.name, model) : undefined;
  if (column === undefined) return undefined;
  const end = only?.getText().endsWith(';') ? ';' : '';
  const text = (name: string) => `${sum.left.getText()} += ${name}._sum.${column} ?? 0${end}`;
  return { kind: '_sum', column, range: rangeOf(loop), text };
}

/** The column of whole numbers that `row.points`, `row.points ?? 0` read; `required`: no NULL counts as a number. */
function wholeNumber(node: ts.Expression, row: ts.BindingName, model: Model, required = false): string | undefined {
  const expression = unwrap(node);
  if (ts.isBinaryExpression(expression)) {
    const { kind } = expression.operatorToken;
    const falls = kind === ts.SyntaxKind.QuestionQuestionToken || kind === ts.SyntaxKind.BarBarToken;
    const isZero = expression.right.getText() === '0';
    return falls && isZero ? wholeNumber(expression.left, row, model, required) : undefined;
  }
  if (ts.isCallExpression(expression) && expression.expression.getText() === 'Number') {
    const [given] = expression.arguments;
    return given && wholeNumber(given, row, model, required);
  }
  return columnOf(expression, row, model, 'Int', required);
}

function decimal(node: ts.Expression, row: ts.BindingName, model: Model): string | undefined {
  return columnOf(unwrap(node), row, model, 'Decimal', true);
}

function columnOf(
  node: ts.Expression,
  row: ts.BindingName,
  model: Model,
  type: string,
  required: boolean,
): string | undefined {
  const field = model.fields.get(memberOfElement(node, row) ?? '');
  if (field?.kind !== 'scalar' || field.fact.type !== type || field.fact.list) return undefined;
  return required && field.fact.optional ? undefined : field.name;
}

/** A number or a name: something that may be written twice. */
function isSimple(node: ts.Expression): boolean {
  return ts.isNumericLiteral(node) || ts.isIdentifier(node);
}

/** The expression in brackets, unless it stands by itself. */
function inContext(replaced: ts.Node, text: string): string {
  const { parent } = replaced;
  const isAlone =
    (ts.isVariableDeclaration(parent) && parent.initializer === replaced) ||
    ts.isReturnStatement(parent) ||
    (ts.isPropertyAssignment(parent) && parent.initializer === replaced) ||
    (ts.isArrowFunction(parent) && parent.body === replaced) ||
    (ts.isBinaryExpression(parent) &&
      parent.right === replaced &&
      parent.operatorToken.kind === ts.SyntaxKind.EqualsToken) ||
    (ts.isCallExpression(parent) && parent.expression !== replaced) ||
    ts.isParenthesizedExpression(parent);
  return isAlone ? text : `(${text})`;
}

/** The only thing that a short function returns. */
function returnedBy(node: ts.Expression): ts.Expression | undefined {
  if (!ts.isArrowFunction(node)) return undefined;
  if (!ts.isBlock(node.body)) return unwrap(node.body);
  const [only, ...others] = node.body.statements;
  return only && others.length === 0 && ts.isReturnStatement(only) && only.expression
    ? unwrap(only.expression)
    : undefined;
}
