import ts from 'typescript';

/** A question of how many rows there are: all of the expression that can be replaced by the answer. */
export interface LengthUse {
  readonly node: ts.Expression;
  /** `some` and `none` are true where there is at least one, or none; `number` is how many. */
  readonly asks: 'number' | 'some' | 'none';
}

/** Returns what `rows.length`, and the comparison around it, asks; undefined where something else is done with the rows. */
export function lengthUseOf(rows: ts.Expression): LengthUse | undefined {
  const inner = outOfParentheses(rows);
  const access = inner.parent;
  if (!ts.isPropertyAccessExpression(access) || access.expression !== inner || access.name.text !== 'length')
    return undefined;
  const use = withPresence(negated(compared(access)), rows);
  return isAssigned(access) ? undefined : use;
}

/** True for `if (rows)`, `rows && …`, `!rows`: a list is always there, so that it asks nothing. */
export function isPresenceTest(rows: ts.Expression): boolean {
  return isTested(outOfParentheses(rows));
}

/** `n > 0`, `!n`, `Boolean(n)`, `if (n)` ask whether there is any. */
function compared(access: ts.Expression): LengthUse {
  const node = outOfParentheses(access);
  const { parent } = node;
  if (ts.isBinaryExpression(parent)) {
    const asks = askedBy(parent, node);
    if (asks) return { node: parent, asks };
  }
  if (ts.isPrefixUnaryExpression(parent) && parent.operator === ts.SyntaxKind.ExclamationToken)
    return { node: parent, asks: 'none' };
  if (ts.isCallExpression(parent) && parent.arguments[0] === node && parent.expression.getText() === 'Boolean')
    return { node: parent, asks: 'some' };
  return isTested(node) ? { node: access, asks: 'some' } : { node: access, asks: 'number' };
}

type Comparison = '>' | '>=' | '<' | '<=' | '===' | '!==' | '==' | '!=';
const MIRRORED: Readonly<Record<string, Comparison>> = { '>': '<', '>=': '<=', '<': '>', '<=': '>=' };
const ASKED: ReadonlyMap<string, LengthUse['asks']> = new Map([
  ['> 0', 'some'],
  ['>= 1', 'some'],
  ['!== 0', 'some'],
  ['!= 0', 'some'],
  ['=== 0', 'none'],
  ['== 0', 'none'],
  ['<= 0', 'none'],
  ['< 1', 'none'],
]);

function askedBy({ left, operatorToken, right }: ts.BinaryExpression, length: ts.Node): LengthUse['asks'] | undefined {
  const operator = operatorToken.getText();
  return left === length
    ? ASKED.get(`${operator} ${right.getText()}`)
    : ASKED.get(`${MIRRORED[operator] ?? operator} ${left.getText()}`);
}

/** The question with the `!`s before it: `!(n > 0)`, `!!n`. */
export function negated(use: LengthUse): LengthUse {
  const { parent } = outOfParentheses(use.node);
  if (use.asks === 'number' || !ts.isPrefixUnaryExpression(parent)) return use;
  if (parent.operator !== ts.SyntaxKind.ExclamationToken) return use;
  return negated({ node: parent, asks: use.asks === 'some' ? 'none' : 'some' });
}

/** `rows && rows.length > 0`, `!rows || rows.length === 0`: the question whether the list is there goes with it. */
function withPresence(use: LengthUse, rows: ts.Expression): LengthUse {
  const node = outOfParentheses(use.node);
  const { parent } = node;
  if (!ts.isIdentifier(rows) || !ts.isBinaryExpression(parent) || parent.right !== node) return use;
  const kind = parent.operatorToken.kind;
  const asksFirst = parent.left.getText();
  const goes =
    (kind === ts.SyntaxKind.AmpersandAmpersandToken && use.asks !== 'none' && asksFirst === rows.text) ||
    (kind === ts.SyntaxKind.BarBarToken && use.asks === 'none' && asksFirst === `!${rows.text}`);
  return goes ? { ...use, node: parent } : use;
}

/** True where only the truth of an expression matters. */
function isTested(node: ts.Expression): boolean {
  const { parent } = node;
  if (ts.isIfStatement(parent) || ts.isWhileStatement(parent) || ts.isDoStatement(parent))
    return parent.expression === node;
  if (ts.isConditionalExpression(parent) || ts.isForStatement(parent)) return parent.condition === node;
  if (ts.isPrefixUnaryExpression(parent)) return parent.operator === ts.SyntaxKind.ExclamationToken;
  if (ts.isParenthesizedExpression(parent)) return isTested(parent);
  if (!ts.isBinaryExpression(parent)) return false;
  const { kind } = parent.operatorToken;
  const isLogical = kind === ts.SyntaxKind.AmpersandAmpersandToken || kind === ts.SyntaxKind.BarBarToken;
  return isLogical && isTested(parent);
}

/** `rows.length = 0`, `rows.length++` */
function isAssigned(access: ts.Expression): boolean {
  const { parent } = access;
  if (ts.isPostfixUnaryExpression(parent)) return true;
  if (ts.isPrefixUnaryExpression(parent))
    return parent.operator === ts.SyntaxKind.PlusPlusToken || parent.operator === ts.SyntaxKind.MinusMinusToken;
  return (
    ts.isBinaryExpression(parent) &&
    parent.left === access &&
    parent.operatorToken.kind >= ts.SyntaxKind.FirstAssignment &&
    parent.operatorToken.kind <= ts.SyntaxKind.LastAssignment
  );
}

function outOfParentheses(node: ts.Expression): ts.Expression {
  let outer = node;
  while (ts.isParenthesizedExpression(outer.parent) || ts.isNonNullExpression(outer.parent)) outer = outer.parent;
  return outer;
}
