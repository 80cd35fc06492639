import ts from 'typescript';
import type { LengthUse } from '../syntax/typescript/listUseLength';
import { isWithin, rangeOf, walk } from '../syntax/typescript/nodes';
import type { TextEdit } from '../text/textEdit';
import { movedDeclaration } from './movedDeclaration';
import { freeNameWithin, type OpenFile } from './nodeAt';
import { capitalise, countName, oneOf } from './words';

/** What takes the place of the rows: their number, or one of them. */
export type Answer = 'number' | 'existence';

/** Where rows were asked how many there are. */
export interface AskedRows {
  readonly questions: readonly LengthUse[];
  /** What stands for the rows, where they have no name. */
  readonly rows?: ts.Expression;
  /** The name that the query gives them. */
  readonly name?: ts.Identifier;
  /** `.then((rows) => …)`, where that is what names them. */
  readonly then?: ts.CallExpression;
  /** The name of what is left of them, in `const open = rows.filter(…)`: that is what is asked. */
  readonly left?: ts.Identifier;
}

/** Returns the edits by which the answer is read in place of the rows; undefined where a type names the rows. */
export function answerEdits(asked: AskedRows, asks: Answer, accessor: string, open: OpenFile): TextEdit[] | undefined {
  const { name, questions, then, left } = asked;
  const [first] = questions;
  if (!first) return undefined;
  if (!name) return left ? undefined : questions.flatMap((question) => answerInPlace(question, asked.rows, asks));
  if (then && asks === 'number' && then.arguments.some((one) => bodyOf(one) === first.node)) return [withoutThen(then)];
  if (isTyped(name) || isNamedInType(name, open)) return undefined;
  const gone = left && (isTyped(left) ? undefined : movedDeclaration(name, initializerOf(left), open));
  if (left && !gone) return undefined;
  const declaration =
    !left && asks === 'number' && questions.length === 1 ? movedDeclaration(name, first.node, open) : undefined;
  if (declaration) return declaration;
  const said = (left ?? name).text;
  const one = oneOf(said, accessor);
  const scope = open.tables.scopes.lookup(name.text, name)?.scope ?? open.tables.file;
  const names: [string, ...string[]] =
    asks === 'number' ? [countName(said, accessor)] : [one, `existing${capitalise(one)}`];
  const answer = freeNameWithin(names, scope, open.tables, [
    ...(left ? [initializerOf(left)] : []),
    ...questions.map(({ node }) => node),
  ]);
  return [
    { range: rangeOf(name), newText: answer },
    ...(gone ?? []).slice(1),
    ...withoutNested(questions).map((question) => {
      const newText = written(question, answer, asks);
      return { range: rangeOf(isOwnProperty(question.node, newText) ? question.node.parent : question.node), newText };
    }),
  ];
}

/** `query.then((rows) => rows.length)` → `query` */
export function withoutThen(then: ts.CallExpression): TextEdit {
  const start = ts.isPropertyAccessExpression(then.expression) ? then.expression.expression.end : then.end;
  return { range: { start, end: then.end }, newText: '' };
}

/** The expression that an arrow function without braces returns. */
export function bodyOf(callback: ts.Node): ts.Node | undefined {
  return ts.isArrowFunction(callback) ? callback.body : undefined;
}

/** True where `await x` needs no parentheses. */
export function standsAlone({ parent }: ts.Node): boolean {
  return !(
    ts.isBinaryExpression(parent) ||
    ts.isPropertyAccessExpression(parent) ||
    ts.isElementAccessExpression(parent) ||
    ts.isPrefixUnaryExpression(parent) ||
    ts.isNonNullExpression(parent) ||
    ts.isAsExpression(parent)
  );
}

/** `const rows: User[]`, `(rows: User[]) =>` */
export function isTyped({ parent }: ts.Identifier): boolean {
  if (ts.isVariableDeclaration(parent) || ts.isParameter(parent)) return parent.type !== undefined;
  const declaration = parent.parent.parent;
  return ts.isVariableDeclaration(declaration) && declaration.type !== undefined;
}

/** True if `typeof rows` stands for a type. */
export function isNamedInType(name: ts.Identifier, { tables }: OpenFile): boolean {
  let found = false;
  walk(tables.file, (node) => {
    found ||= ts.isTypeQueryNode(node) && node.exprName.getText() === name.text;
    return !found;
  });
  return found;
}

function initializerOf(name: ts.Identifier): ts.Node {
  return (ts.isVariableDeclaration(name.parent) && name.parent.initializer) || name;
}

/** `{ orderCount: orders.length }` → `{ orderCount }` */
function isOwnProperty({ parent }: ts.Node, name: string): boolean {
  return ts.isPropertyAssignment(parent) && parent.name.getText() === name;
}

function written({ asks: question }: LengthUse, answer: string, asks: Answer): string {
  const none = asks === 'number' ? '=== 0' : '=== null';
  const some = asks === 'number' ? '> 0' : '!== null';
  return question === 'number' ? answer : `${answer} ${question === 'none' ? none : some}`;
}

/** `(await call).length > 0` → `(await call) !== null`: all around the awaited call is replaced. */
function answerInPlace({ node, asks }: LengthUse, rows: ts.Expression | undefined, kind: Answer): TextEdit[] {
  if (!rows) return [];
  const test = written({ node, asks }, '', kind);
  let inner = rows;
  while (ts.isNonNullExpression(inner)) inner = inner.expression;
  const bare = ts.isParenthesizedExpression(inner) && test === '' && standsAlone(node) ? inner.expression : inner;
  return [
    { range: { start: node.getStart(), end: bare.getStart() }, newText: '' },
    { range: { start: bare.end, end: node.end }, newText: test },
  ].filter(({ range, newText }) => range.start < range.end || newText !== '');
}

/** A test that is part of another one is answered there. */
function withoutNested(questions: readonly LengthUse[]): readonly LengthUse[] {
  return questions.filter(({ node }) => !questions.some((other) => other.node !== node && isWithin(node, other.node)));
}
