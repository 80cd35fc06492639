import ts from 'typescript';
import type { Query } from '../model/queries/query';
import { primaryKey } from '../model/schemas/indexCoverage';
import type { Fix } from '../rules/rule';
import { type LengthUse, lengthUseOf } from '../syntax/typescript/listUseLength';
import { type ListPlaces, readListPlaces } from '../syntax/typescript/listUsePlaces';
import { isBroken, isWithin, rangeOf, walk } from '../syntax/typescript/nodes';
import type { TextEdit } from '../text/textEdit';
import { movedDeclaration } from './movedDeclaration';
import { freeNameWithin, nodeAt, type OpenFile, openFile } from './nodeAt';
import { rewriteQuery } from './rewrittenQuery';
import type { Sources } from './sources';
import { capitalise, countName, oneOf } from './words';

/** What the rows' place is taken by: their number, or one of them. */
type Answer = 'number' | 'existence';

/**
 * Replaces rows that are only counted by `count`; where only their existence is asked, by `findFirst` of the key.
 * Undefined where the query's options are not written in the call, or where its rows are named by a type.
 */
export function countRows(query: Query, asks: Answer, sources: Sources): Fix | undefined {
  const open = openFile(query.file, sources);
  const call = open && nodeAt(open.tables.file, query.call.range, ts.isCallExpression);
  const places = call && readListPlaces(call, open.tables);
  const { model } = query;
  if (!open || !places || !model || isBroken(call)) return undefined;
  const key = primaryKey(model)[0];
  if (asks === 'existence' && key === undefined) return undefined;
  const rewritten =
    asks === 'number'
      ? rewriteQuery(call, { operation: 'count', keeps: (option) => option === 'where' })
      : rewriteQuery(call, {
          operation: 'findFirst',
          keeps: (option) => option === 'where',
          sets: new Map([['select', `{ ${key}: true }`]]),
        });
  const read = rewritten && readAnswer(places, asks, model.accessor, open);
  if (!read) return undefined;
  const { accessor } = model;
  const title =
    asks === 'number'
      ? `Count in the database: \`${accessor}.count\``
      : `Look for one row: \`${accessor}.findFirst\` of the key alone`;
  return { title, kind: 'safe', edits: [{ file: query.file, edits: [...rewritten, ...read] }] };
}

/** The edits by which the answer is read in place of the rows. */
function readAnswer(places: ListPlaces, asks: Answer, accessor: string, open: OpenFile): TextEdit[] | undefined {
  const { name, uses, then, length } = places;
  if (length) return [{ range: rangeOf(length.pattern), newText: length.name.text }];
  const questions = uses.map(lengthUseOf).filter((use) => use !== undefined);
  // A test whether the list is there goes with the question it stands before, or there is no telling what it means.
  const isCovered = (use: ts.Node) => questions.some(({ node }) => isWithin(use, node));
  if (questions.length === 0 || !uses.every(isCovered)) return undefined;
  if (!name) return questions.flatMap((question) => answerInPlace(question, uses[0], asks));
  const [first] = questions;
  if (then && asks === 'number' && first && then.arguments.some((one) => bodyOf(one) === first.node)) {
    const start = ts.isPropertyAccessExpression(then.expression) ? then.expression.expression.end : then.end;
    return [{ range: { start, end: then.end }, newText: '' }];
  }
  if (isTyped(name) || isNamedInType(name, open)) return undefined;
  const declaration =
    asks === 'number' && first && uses.length === 1 ? movedDeclaration(name, first.node, open) : undefined;
  if (declaration) return declaration;
  const one = oneOf(name.text, accessor);
  const scope = open.tables.scopes.lookup(name.text, name)?.scope ?? open.tables.file;
  const names: [string, ...string[]] =
    asks === 'number' ? [countName(name.text, accessor)] : [one, `existing${capitalise(one)}`];
  const answer = freeNameWithin(names, scope, open.tables);
  const nested = withoutNested(questions);
  return [
    { range: rangeOf(name), newText: answer },
    ...nested.map((question) => {
      const newText = written(question, answer, asks);
      return { range: rangeOf(isOwnProperty(question.node, newText) ? question.node.parent : question.node), newText };
    }),
  ];
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

/** True where `await x` needs no parentheses. */
function standsAlone({ parent }: ts.Node): boolean {
  return !(
    ts.isBinaryExpression(parent) ||
    ts.isPropertyAccessExpression(parent) ||
    ts.isElementAccessExpression(parent) ||
    ts.isPrefixUnaryExpression(parent) ||
    ts.isNonNullExpression(parent) ||
    ts.isAsExpression(parent)
  );
}

/** A test that is part of another one is answered there. */
function withoutNested(questions: readonly LengthUse[]): readonly LengthUse[] {
  return questions.filter(({ node }) => !questions.some((other) => other.node !== node && isWithin(node, other.node)));
}

function bodyOf(callback: ts.Node): ts.Node | undefined {
  return ts.isArrowFunction(callback) ? callback.body : undefined;
}

/** `const rows: User[]`, `(rows: User[]) =>` */
function isTyped({ parent }: ts.Identifier): boolean {
  if (ts.isVariableDeclaration(parent) || ts.isParameter(parent)) return parent.type !== undefined;
  const declaration = parent.parent.parent;
  return ts.isVariableDeclaration(declaration) && declaration.type !== undefined;
}

/** `typeof rows` as a type. */
function isNamedInType(name: ts.Identifier, { tables }: OpenFile): boolean {
  let found = false;
  walk(tables.file, (node) => {
    found ||= ts.isTypeQueryNode(node) && node.exprName.getText() === name.text;
    return !found;
  });
  return found;
}
