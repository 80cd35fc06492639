import ts from 'typescript';
import { memberName, unwrap } from './nodes';
import type { LoopNode, Tables } from './tables';

/** Array methods that run their callback once per element, and where that element stands in its parameters. */
const ARRAY_METHODS: ReadonlyMap<string, number> = new Map([
  ['map', 0],
  ['forEach', 0],
  ['flatMap', 0],
  ['filter', 0],
  ['some', 0],
  ['every', 0],
  ['find', 0],
  ['findIndex', 0],
  ['findLast', 0],
  ['reduce', 1],
  ['reduceRight', 1],
]);

/**
 * Library functions `f(collection, …, callback)` that run the callback once per element: p-map,
 * p-each-series, p-filter, async, modern-async, bluebird, lodash, tiny-async-pool.
 */
const LIBRARY_LOOPS: ReadonlySet<string> = new Set([
  'pMap',
  'pEachSeries',
  'pFilter',
  'pMapSeries',
  'pReduce',
  'asyncPool',
  'eachSeries',
  'eachLimit',
  'mapSeries',
  'mapLimit',
  'forEachSeries',
  'forEachLimit',
  'asyncMap',
  'asyncForEach',
  'mapAsync',
  'forEachAsync',
]);

/** Owners whose short method names (`each`, `map`) loop over their first argument. */
const LIBRARY_OWNERS: ReadonlySet<string> = new Set(['async', 'Bluebird', 'Promise', '_', 'lodash', 'R']);
const OWNED_LOOPS: ReadonlySet<string> = new Set([...LIBRARY_LOOPS, ...ARRAY_METHODS.keys(), 'each', 'mapSeries']);

/** The loop that a call is, if it runs a function once per element: an inline one, or one that promises are made with. */
export function readLoopCall(node: ts.CallExpression): LoopNode | undefined {
  const callback = node.arguments.map(unwrap).find((argument) => isInlineFunction(argument));
  if (!callback || !isInlineFunction(callback)) return passedToLoop(node) ? { node } : undefined;
  return collectionOf(node) ? { node, callback } : undefined;
}

/** The function that a loop call is given by its name: `Promise.all(ids.map(getUser))`, `pMap(ids, this.load)`. */
export function passedToLoop(node: ts.CallExpression): ts.Expression | undefined {
  const callee = unwrap(node.expression);
  const isLibrary = ts.isIdentifier(callee) && LIBRARY_LOOPS.has(callee.text);
  const passed = node.arguments[isLibrary ? 1 : 0];
  if (!passed || !(ts.isIdentifier(passed) || ts.isPropertyAccessExpression(passed))) return undefined;
  if (isLibrary) return passed;
  return ARRAY_METHODS.has(memberName(callee) ?? '') && makesPromises(node) ? passed : undefined;
}

/** Without that, a name in a `map` or `filter` is nearly always a plain function of one value. */
function makesPromises(node: ts.CallExpression): boolean {
  const { parent } = node;
  if (!ts.isCallExpression(parent) || !ts.isPropertyAccessExpression(parent.expression)) return false;
  return unwrap(parent.expression.expression).getText() === 'Promise';
}

/** What a loop call goes through; undefined if the call is no loop. */
export function collectionOf(node: ts.CallExpression): ts.Expression | undefined {
  const callee = unwrap(node.expression);
  const name = memberName(callee) ?? (ts.isIdentifier(callee) ? callee.text : undefined);
  if (name === undefined) return undefined;
  if (ts.isIdentifier(callee)) return LIBRARY_LOOPS.has(name) ? node.arguments[0] : undefined;
  if (!ts.isPropertyAccessExpression(callee) && !ts.isElementAccessExpression(callee)) return undefined;
  const owner = unwrap(callee.expression);
  const ownerName = ts.isIdentifier(owner) ? owner.text : undefined;
  if (ownerName === 'Array') return name === 'from' ? node.arguments[0] : undefined;
  if (ownerName !== undefined && LIBRARY_OWNERS.has(ownerName) && OWNED_LOOPS.has(name)) return node.arguments[0];
  if (!ARRAY_METHODS.has(name)) return undefined;
  const first = node.arguments[0];
  const isRun = first && (isInlineFunction(unwrap(first)) || passedToLoop(node));
  return isRun ? callee.expression : undefined;
}

/** Which parameter of a callback loop's function is the element. */
export function elementPosition(tables: Tables, loop: number): number {
  const node = tables.loops[loop]?.node;
  const name = node && ts.isCallExpression(node) ? memberName(unwrap(node.expression)) : undefined;
  return name === undefined ? 0 : (ARRAY_METHODS.get(name) ?? 0);
}

function isInlineFunction(node: ts.Expression): node is ts.ArrowFunction | ts.FunctionExpression {
  return ts.isArrowFunction(node) || ts.isFunctionExpression(node);
}
