import ts from 'typescript';
import { propertyName } from './nodes';
import type { RowsFact } from './rowUseFacts';
import { heldBy } from './rowUseNodes';
import { type Level, RowTrail } from './rowUseTrail';
import type { CallNode, Tables } from './tables';
import type { Values } from './values';

const FINDS = /^find(?:Many|(?:Unique|First)(?:OrThrow)?)$/;
const WRITES_ROW = /^(?:create|update|upsert|delete)$/;

/**
 * Reads which properties of the rows that a call gives are read, and that nothing else is done with them.
 * Undefined where some use of them can't be followed, and for calls that nobody would ask about: a find that
 * selects its columns, a write that includes no relation.
 */
export function readRows(call: CallNode, name: string, tables: Tables, values: Values): RowsFact | undefined {
  if (!ts.isCallExpression(call) || !asksForMore(call, name)) return undefined;
  const trail = new RowTrail(tables, values);
  followResult(call, name === 'findMany' ? 'list' : 'row', trail);
  if (trail.root.whole) return undefined;
  return {
    reads: trail.root.read(),
    ...(trail.counted ? { counted: true } : {}),
    ...(trail.types.size > 0 ? { types: [...trail.types] } : {}),
  };
}

function asksForMore(call: ts.CallExpression, name: string): boolean {
  const [argument] = call.arguments;
  const has = (key: string) =>
    argument !== undefined &&
    ts.isObjectLiteralExpression(argument) &&
    argument.properties.some((property) => property.name !== undefined && propertyName(property.name) === key);
  return FINDS.test(name) ? !has('select') : WRITES_ROW.test(name) && has('include');
}

/** Follows the rows from the call itself, or from its place in `Promise.all([…])` and `$transaction([…])`. */
function followResult(call: ts.CallExpression, level: Level, trail: RowTrail): void {
  const { child, parent } = heldBy(call);
  if (!ts.isArrayLiteralExpression(parent)) {
    if (isFluent(call)) trail.root.whole = true;
    else trail.follow(call, trail.root, level);
    return;
  }
  const position = parent.elements.indexOf(child);
  const given = gatheredInto(parent.parent);
  const taker = given?.elements[position];
  const isSure = given && !parent.elements.slice(0, position).some(ts.isSpreadElement) && !takesRest(given);
  if (!isSure) trail.root.whole = true;
  else if (taker && ts.isBindingElement(taker)) trail.bind(taker.name, trail.root, level);
}

/** `findUnique(…).posts()`: the rows are those of the relation. */
function isFluent(call: ts.CallExpression): boolean {
  const { parent } = call;
  return ts.isPropertyAccessExpression(parent) && !/^(?:then|catch|finally)$/.test(parent.name.text);
}

/** `[a, b]` of `const [a, b] = await Promise.all(…)`. */
function gatheredInto(all: ts.Node): ts.ArrayBindingPattern | undefined {
  if (!ts.isCallExpression(all) || !/^Promise\.all$|\.\$transaction$/.test(all.expression.getText())) return undefined;
  const { parent } = heldBy(all);
  const isPlain = ts.isVariableDeclaration(parent) && !parent.type && ts.isArrayBindingPattern(parent.name);
  return isPlain && ts.isArrayBindingPattern(parent.name) ? parent.name : undefined;
}

function takesRest(pattern: ts.ArrayBindingPattern): boolean {
  return pattern.elements.some((element) => ts.isBindingElement(element) && element.dotDotDotToken !== undefined);
}
