import ts from 'typescript';
import { isBatchable } from '../model/loops/multipliedQueries';
import type { Query } from '../model/queries/query';
import type { ListOnOneConnection } from '../model/transactions/listsOnOneConnection';
import type { Fix } from '../rules/rule';
import { isBroken, rangeOf } from '../syntax/typescript/nodes';
import { isPure } from '../syntax/typescript/purity';
import type { Scopes } from '../syntax/typescript/scopes';
import { readCodeStyle } from './codeStyle';
import { statementsInTurn, type TurnElement } from './inTurnText';
import { nodeAt, openFile } from './nodeAt';
import type { Sources } from './sources';

type Started = ts.CallExpression | ts.TaggedTemplateExpression;

/**
 * Awaits the statements of one transaction one after another. Undefined where the list is no literal one of
 * queries, its result is kept as a list, or an argument would be computed at another moment.
 */
export function awaitInTurn(found: ListOnOneConnection, sources: Sources): Fix | undefined {
  const { file, list, started, isOwn } = found;
  const open = openFile(file, sources);
  const call = open && nodeAt(open.tables.file, list.range, ts.isCallExpression);
  const elements = call && elementsOf(call);
  const queries = started.flatMap((member) => member.queries);
  if (!open || !call || !elements || list.method !== 'all' || isBroken(call)) return undefined;
  const own = elements.map((element) => queries.find(({ call: { range } }) => isSame(element, range)));
  if (!own.every((query) => query !== undefined) || gathersAny(own)) return undefined;
  if (!elements.slice(1).every((element) => computesOnly(element, open.tables.scopes))) return undefined;
  const taken = takerOf(call);
  const statement = taken && statementAround(taken.statement);
  const parts = taken && partsOf(elements, taken);
  const newText = statement && parts && statementsInTurn(open.tables.file, statement, parts, readCodeStyle(open.text));
  if (!statement || newText === undefined) return undefined;
  const readsOnly = own.every(({ effect }) => effect === 'read');
  return {
    title: `Await them one after another${isOwn ? '' : ' (slower where the client is no transaction)'}`,
    kind: isOwn && readsOnly ? 'safe' : 'suggestion',
    edits: [{ file, edits: [{ range: rangeOf(statement), newText }] }],
  };
}

/** The elements of a list that holds nothing but calls. */
function elementsOf(call: ts.CallExpression): readonly Started[] | undefined {
  const [list] = call.arguments;
  if (!list || call.arguments.length > 1 || call.typeArguments || !ts.isArrayLiteralExpression(list)) return undefined;
  const calls = list.elements.filter(
    (element) => ts.isCallExpression(element) || ts.isTaggedTemplateExpression(element),
  );
  return calls.length === list.elements.length ? calls : undefined;
}

function isSame(element: ts.Node, { start, end }: { readonly start: number; readonly end: number }): boolean {
  return element.getStart() === start && element.end === end;
}

/** Prisma makes one statement of a model's `findUnique`s that are sent at once: in turn they would be several. */
function gathersAny(queries: readonly Query[]): boolean {
  const models = queries.filter(isBatchable).map(({ model }) => model);
  return new Set(models).size < models.length;
}

/** What is computed after the first query is as it was before it. */
function computesOnly(element: Started, scopes: Scopes): boolean {
  if (ts.isCallExpression(element)) return element.arguments.every((argument) => isPure(argument, scopes));
  const { template } = element;
  return !ts.isTemplateExpression(template) || template.templateSpans.every((span) => isPure(span.expression, scopes));
}

/** What takes the results: names, each its own, or nothing. */
interface Taker {
  readonly statement: ts.Statement;
  readonly keyword?: string;
  readonly names?: readonly ts.ArrayBindingElement[];
}

function takerOf(call: ts.CallExpression): Taker | undefined {
  const awaited = call.parent;
  if (!ts.isAwaitExpression(awaited)) return undefined;
  const { parent } = awaited;
  if (ts.isExpressionStatement(parent)) return { statement: parent };
  if (!ts.isVariableDeclaration(parent) || parent.type || !ts.isArrayBindingPattern(parent.name)) return undefined;
  const declarations = parent.parent;
  if (!ts.isVariableDeclarationList(declarations)) return undefined;
  const statement = declarations.parent;
  if (!ts.isVariableStatement(statement) || statement.modifiers || declarations.declarations.length > 1)
    return undefined;
  const keyword = declarations.getFirstToken()?.getText();
  return keyword === undefined ? undefined : { statement, keyword, names: parent.name.elements };
}

function partsOf(elements: readonly Started[], { keyword, names = [] }: Taker): readonly TurnElement[] | undefined {
  if (names.length > elements.length) return undefined;
  if (names.some((name) => ts.isBindingElement(name) && (name.dotDotDotToken || name.initializer))) return undefined;
  return elements.map((node, index) => {
    const name = names[index];
    const isTaken = keyword !== undefined && name !== undefined && ts.isBindingElement(name);
    return { node, ...(isTaken ? { head: `${keyword} ${name.name.getText()} = ` } : {}) };
  });
}

/** The statement, if others can stand in its place. */
function statementAround(statement: ts.Statement): ts.Statement | undefined {
  return ts.isBlock(statement.parent) || ts.isCaseOrDefaultClause(statement.parent) ? statement : undefined;
}
