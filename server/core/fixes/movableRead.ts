import ts from 'typescript';
import type { MultipliedQuery } from '../model/loops/multipliedQueries';
import { isWithin, outerParent, walk } from '../syntax/typescript/nodes';
import { isPure } from '../syntax/typescript/purity';
import type { Tables } from '../syntax/typescript/tables';
import { type LoopSite, openLoopSite } from './loopSite';
import type { Sources } from './sources';

/**
 * Opens the place of a read that one loop multiplies, where it may as well be sent before the loop: nobody in a
 * round catches what it throws, nothing in the loop's statement comes before it, and what it is given only computes.
 */
export function openMovableRead(found: MultipliedQuery, sources: Sources): LoopSite | undefined {
  const site = openLoopSite(found, sources);
  if (!site || found.innermost.forgotten) return undefined;
  const { query, rows, loop, anchor, tables } = site;
  // Without an `await`, only `Promise.all` takes a plain value as well as a promise.
  if (rows === query && (!ts.isCallExpression(loop) || wrapperOf(loop) !== 'Promise.all')) return undefined;
  if (isTried(query, loop) || followsEffects(loop, anchor, tables)) return undefined;
  return isMovable(query, loop, tables) ? site : undefined;
}

/** True if the round catches what the query throws: before the loop, nobody would. */
function isTried(query: ts.Node, loop: ts.Node): boolean {
  if (ts.isCallExpression(loop) && /\.allSettled$/.test(wrapperOf(loop))) return true;
  for (let node = query; node !== loop; node = node.parent) {
    if (ts.isTryStatement(node.parent) && node.parent.tryBlock === node && node.parent.catchClause) return true;
  }
  return false;
}

/** `Promise.all` of `Promise.all(users.map(…))`; empty where the loop is no argument. */
function wrapperOf(loop: ts.CallExpression): string {
  const parent = outerParent(loop);
  return ts.isCallExpression(parent) && parent.expression !== loop ? parent.expression.getText() : '';
}

/** True if the loop's statement does something before the loop: what moves before the statement would overtake it. */
function followsEffects(loop: ts.Node, anchor: ts.Statement, tables: Tables): boolean {
  const start = loop.getStart();
  const isBefore = (node: ts.Node) => isWithin(node, anchor) && node.end <= start;
  return (
    tables.ofKind(ts.SyntaxKind.AwaitExpression).some(isBefore) ||
    tables.ofKind(ts.SyntaxKind.CallExpression).some((call) => isBefore(call) && !isPure(call, tables.scopes))
  );
}

/** True if what the query is given only computes, and means the same outside the functions around it. */
function isMovable(query: ts.CallExpression, loop: ts.Node, { scopes }: Tables): boolean {
  if (!query.arguments.every((argument) => isPure(argument, scopes))) return false;
  let hasOwnThis = false;
  for (let node: ts.Node = query; node !== loop; node = node.parent) hasOwnThis ||= ts.isFunctionExpression(node);
  let usesThis = false;
  walk(query, (node) => {
    usesThis ||= node.kind === ts.SyntaxKind.ThisKeyword;
    return !usesThis;
  });
  return !(hasOwnThis && usesThis);
}
