import ts from 'typescript';
import { mayChangeAnswer } from '../model/loops/changedAnswers';
import type { MultipliedQuery } from '../model/loops/multipliedQueries';
import type { Project } from '../model/project';
import { isWithin, memberName, unwrap } from '../syntax/typescript/nodes';
import { RAW, READS, WRITES } from '../syntax/typescript/prismaOperations';
import { rootIdentifier } from '../syntax/typescript/scopes';
import type { Tables } from '../syntax/typescript/tables';
import type { Range } from '../text/range';
import type { LoopSite } from './loopSite';

/**
 * True if the answer of a loop's query may be another when it is asked at the offset `from`, before the loop:
 * something between the two, or an earlier round, may write what the query reads.
 */
export function mayBeOutdated(found: MultipliedQuery, site: LoopSite, from: number, project: Project): boolean {
  if (found.mayAnswerAnew) return true;
  const { loop, tables } = site;
  // Sent together, before any of them waits for anything, none sees what the others do.
  const isFirst = found.innermost.together !== undefined && found.query.call.loops[0]?.awaitsBefore === false;
  const range: Range = { start: from, end: isFirst ? loop.getStart() : loop.end };
  return mayChangeAnswer(found.query, range, project) || awaitsGiven(tables, range, site.query);
}

/** True if something is awaited that the function was given: a callback, a method of an object that nobody knows. */
function awaitsGiven(tables: Tables, { start, end }: Range, query: ts.Node): boolean {
  return tables.ofKind(ts.SyntaxKind.AwaitExpression).some((node) => {
    if (node.getStart() < start || node.end > end || isWithin(query, node)) return false;
    const awaited = unwrap(node.expression);
    if (!ts.isCallExpression(awaited)) return false;
    const name = memberName(unwrap(awaited.expression));
    if (name !== undefined && (READS.has(name) || WRITES.has(name) || RAW.has(name))) return false;
    const root = rootIdentifier(awaited.expression);
    const declaration = root && tables.scopes.lookup(root.text, root)?.declaration;
    return declaration !== undefined && isGiven(declaration);
  });
}

function isGiven(declaration: ts.Node): boolean {
  let node = declaration;
  while (ts.isBindingElement(node) || ts.isObjectBindingPattern(node) || ts.isArrayBindingPattern(node))
    node = node.parent;
  return ts.isParameter(node);
}
