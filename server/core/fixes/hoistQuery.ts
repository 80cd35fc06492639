import ts from 'typescript';
import type { MultipliedQuery } from '../model/loops/multipliedQueries';
import type { Project } from '../model/project';
import type { Fix } from '../rules/rule';
import { enclosingFunction, isWithin, rangeOf } from '../syntax/typescript/nodes';
import type { Tables } from '../syntax/typescript/tables';
import type { TextEdit } from '../text/textEdit';
import { areChanged } from './changedRows';
import { indentAt, readCodeStyle } from './codeStyle';
import { type LoopSite, wouldFollowAwait } from './loopSite';
import { mayBeOutdated } from './loopWork';
import { openMovableRead } from './movableRead';
import { commentsOf, textIndentedAs } from './movedText';
import { freeName, isOutside } from './nodeAt';
import { ownDeclaration, removeLines } from './ownDeclaration';
import type { Sources } from './sources';
import { capitalise, plural } from './words';

/** Moves a query that is the same in every round to before the loop, and lets the loop use its result. */
export function hoistQuery(found: MultipliedQuery, project: Project, sources: Sources): Fix | undefined {
  const site = openMovableRead(found, sources);
  if (!site || !ts.isAwaitExpression(site.rows) || wouldFollowAwait(site, [site.rows])) return undefined;
  // What is the same in every round may still be named in the loop only.
  if (!isOutside(site.rows, site.loop, site.tables)) return undefined;
  // A throw in a branch must stay in its branch.
  if (found.query.operation.endsWith('OrThrow') && !runsInEveryRound(site.rows, site.loop)) return undefined;
  // Each round would find what those before it did to the rows.
  if (areChanged(site.rows, site.tables) || mayBeOutdated(found, site, site.anchor.getStart(), project)) {
    return undefined;
  }
  const declaration = ownDeclaration(site);
  const edits = declaration ? moveDeclaration(site, declaration) : extractResult(site, found);
  if (!edits) return undefined;
  const kind = isSafe(site, found) ? 'safe' : 'suggestion';
  const title =
    kind === 'safe'
      ? 'Read it once, before the loop'
      : 'Read it once, before the loop (also where the loop would not have)';
  return { title, kind, edits: [{ file: site.file, edits }] };
}

function moveDeclaration(site: LoopSite, statement: ts.VariableStatement): TextEdit[] | undefined {
  const { text, tables } = site;
  const { above, behind } = commentsOf(tables.file, statement, false);
  const from = above[0]?.start ?? statement.getStart();
  const to = behind.at(-1)?.end ?? statement.end;
  const removal = removeLines({ start: from, end: to }, statement, text);
  if (!removal) return undefined;
  const at = insertionPoint(site);
  const { newline } = readCodeStyle(text);
  const own = indentAt(text, at);
  const moved = textIndentedAs(tables.file, { start: from, end: to }, own);
  return [{ range: { start: at, end: at }, newText: `${moved}${newline}${own}` }, removal];
}

function extractResult(site: LoopSite, { query }: MultipliedQuery): TextEdit[] | undefined {
  const { rows, text, tables } = site;
  if (!query.model) return undefined;
  const { accessor } = query.model;
  const name = nameOf(accessor, query.operation, tables);
  const at = insertionPoint(site);
  const { newline, semicolons } = readCodeStyle(text);
  const own = indentAt(text, at);
  const moved = textIndentedAs(tables.file, rangeOf(rows), own);
  const range = ts.isParenthesizedExpression(rows.parent) ? rangeOf(rows.parent) : rangeOf(rows);
  return [
    { range: { start: at, end: at }, newText: `const ${name} = ${moved}${semicolons ? ';' : ''}${newline}${own}` },
    { range, newText: name },
  ];
}

function nameOf(accessor: string, operation: string, tables: Tables): string {
  if (operation === 'count') return freeName(`${accessor}Count`, tables);
  if (operation !== 'findMany') return freeName(accessor, tables, [`${accessor}Row`]);
  const many = plural(accessor);
  return freeName(many, tables, [`all${capitalise(many)}`, `${accessor}Rows`]);
}

function insertionPoint({ anchor, tables }: LoopSite): number {
  return commentsOf(tables.file, anchor, false).above[0]?.start ?? anchor.getStart();
}

/**
 * Same results and effects only where every round runs the query before it does anything else, nothing in the
 * loop can change its answer or the rows it gave, and it does not throw for a missing row.
 */
function isSafe({ loop, tables, rows, query }: LoopSite, found: MultipliedQuery): boolean {
  const { operation, call } = found.query;
  if (operation.endsWith('OrThrow') || !runsInEveryRound(rows, loop)) return false;
  const others = tables
    .ofKind(ts.SyntaxKind.CallExpression)
    .filter((other) => isWithin(other, loop) && other !== loop && other !== query);
  const isFirst = others.every((other) => other.end > rows.pos || !isWithin(other, bodyOf(loop)));
  const stays = call.result ? !call.result.escapes : operation === 'count' || isMemberOwner(rows);
  return isFirst && stays && others.every((other) => !ts.isAwaitExpression(other.parent));
}

function isMemberOwner({ parent }: ts.Expression): boolean {
  return ts.isParenthesizedExpression(parent) && ts.isPropertyAccessExpression(parent.parent);
}

/** What the loop runs in each round. */
function bodyOf(loop: ts.ForOfStatement | ts.CallExpression): ts.Node {
  return ts.isForOfStatement(loop) ? loop.statement : (loop.arguments[0] ?? loop);
}

/** True if the query is in the first statement of the body, in no branch of it: no round skips it. */
function runsInEveryRound(rows: ts.Node, loop: ts.ForOfStatement | ts.CallExpression): boolean {
  const owner = enclosingFunction(rows);
  const body = ts.isForOfStatement(loop) ? loop.statement : ts.isSourceFile(owner) ? owner : owner.body;
  const first = body && ts.isBlock(body) ? body.statements[0] : body;
  if (!first || !isWithin(rows, first)) return false;
  return ts.isVariableStatement(first) || ts.isExpressionStatement(first) || ts.isReturnStatement(first);
}
