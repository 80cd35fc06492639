import ts from 'typescript';
import { gathersReads, type ParallelLoop } from '../model/loops/parallelLoops';
import type { Project } from '../model/project';
import { isBroken, unwrap } from '../syntax/typescript/nodes';
import { nodeAt, type OpenFile, openFile } from './nodeAt';
import type { Sources } from './sources';

/** `list.map((element) => …)`, whose promises are awaited together, in the syntax tree. */
export interface ParallelSite extends OpenFile {
  readonly loop: ts.CallExpression;
  readonly list: ts.Expression;
  readonly callback: ts.ArrowFunction;
}

/** How many go through at a time: half of the connections that the pool of a driver adapter has by default. */
export const AT_A_TIME = 5;

/**
 * Opens the place of a parallel loop. Undefined where it is no plain `map` with an arrow function of the element
 * alone, and where Prisma makes one statement of the reads of all rounds.
 */
export function openParallelSite(
  { file, index, loop }: ParallelLoop,
  project: Project,
  sources: Sources,
): ParallelSite | undefined {
  const open = gathersReads(file, index, project) ? undefined : openFile(file, sources);
  const node = open && nodeAt(open.tables.file, loop.range, ts.isCallExpression);
  if (!open || !node || isBroken(node) || ts.isOptionalChain(node)) return undefined;
  const callee = unwrap(node.expression);
  const [callback] = node.arguments;
  if (!ts.isPropertyAccessExpression(callee) || callee.name.text !== 'map' || node.arguments.length !== 1) {
    return undefined;
  }
  if (!callback || !ts.isArrowFunction(callback) || callback.typeParameters) return undefined;
  const [parameter, ...more] = callback.parameters;
  if (more.length > 0 || parameter?.dotDotDotToken) return undefined;
  return { ...open, loop: node, list: callee.expression, callback };
}

/** `all` or `allSettled`, if the call is that of `Promise` and takes the loop and nothing else. */
export function methodOf(call: ts.Node, loop: ts.CallExpression): 'all' | 'allSettled' | undefined {
  if (!ts.isCallExpression(call) || call.arguments.length !== 1 || call.arguments[0] !== loop || call.typeArguments) {
    return undefined;
  }
  const callee = call.expression.getText();
  return callee === 'Promise.all' ? 'all' : callee === 'Promise.allSettled' ? 'allSettled' : undefined;
}
