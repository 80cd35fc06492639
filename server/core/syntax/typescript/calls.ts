import ts from 'typescript';
import { isOnlyAggregated } from './aggregation';
import type { CallPlaces } from './callPlace';
import { readEitherWriteFact } from './eitherWrites';
import type { CallFact, ResultFact } from './facts';
import { readListUse } from './listUse';
import { readLoopUses } from './loopUses';
import { enclosingFunction, memberName, outerParent, rangeOf, unwrap } from './nodes';
import { skipsWholePages } from './pageOffset';
import { RAW, READS, WRITES } from './prismaOperations';
import { isMadeElsewhere } from './rawStatements';
import { type RepeatedReads, readRepeatedReads } from './repeatedReads';
import { readRows } from './rowUse';
import type { CallNode, Tables } from './tables';
import { lean } from './valueShapes';
import type { Values } from './values';
import { readWritePlace } from './writePlace';

/** True for a call that may be a query (by its last name), a transaction, or a client's own method. */
export function isTrackedCall(node: CallNode): boolean {
  const name = calleeName(node);
  if (name === undefined) return false;
  if (ts.isTaggedTemplateExpression(node)) return RAW.has(name);
  const callee = unwrap(node.expression);
  if (ts.isIdentifier(callee)) return false;
  return READS.has(name) || WRITES.has(name) || RAW.has(name) || name === '$transaction';
}

/** Reads the facts of the tracked calls, in the tables' order. */
export function readCalls(tables: Tables, values: Values, places: CallPlaces): CallFact[] {
  const repeated = readRepeatedReads(tables);
  return tables.calls.map((call) => readCall(call, tables, values, places, repeated));
}

function readCall(
  call: CallNode,
  tables: Tables,
  values: Values,
  places: CallPlaces,
  repeated: RepeatedReads,
): CallFact {
  const callee = ts.isCallExpression(call) ? call.expression : call.tag;
  const owner = enclosingFunction(call);
  const fluent = fluentRelation(call);
  const loops = readLoopUses(call, tables);
  const result = readResult(call, tables);
  const eitherWrite = readEitherWriteFact(call, tables);
  const earlier = repeated.before(call);
  const repeats = earlier && tables.callIndex.get(earlier);
  const rows = readRows(call, calleeName(call) ?? '', tables, values);
  const list = readListUse(call, tables, values);
  return {
    range: rangeOf(call),
    callee: rangeOf(callee),
    name: calleeName(call) ?? '',
    target: lean(values.of(callee)),
    arguments: argumentsOf(call).map((argument) => values.of(argument)),
    function: tables.functionIndex.get(owner) ?? 0,
    loops,
    ...places.of(call),
    ...(loops.length > 0 ? readWritePlace(call, tables) : {}),
    ...(writesRaw(call) ? { writesRaw: true } : {}),
    ...(isMadeElsewhere(call, tables) ? { madeElsewhere: true } : {}),
    ...(fluent === undefined ? {} : { fluent }),
    ...(result ? { result } : {}),
    ...(isOnlyAggregated(call, tables) ? { aggregated: true } : {}),
    ...(skipsWholePages(call, tables) ? { skipsPages: true } : {}),
    ...(rows ? { rows } : {}),
    ...(eitherWrite ? { eitherWrite } : {}),
    ...(repeats === undefined ? {} : { repeats }),
    ...(list ? { list } : {}),
  };
}

function calleeName(node: CallNode): string | undefined {
  return memberName(unwrap(ts.isCallExpression(node) ? node.expression : node.tag));
}

function writesRaw(call: CallNode): boolean {
  if (!RAW.has(calleeName(call) ?? '')) return false;
  const text = ts.isCallExpression(call) ? call.arguments[0] : call.template;
  return text !== undefined && /\b(insert\s+into|update\s+\S+\s|delete\s+from)/i.test(text.getText());
}

/** What is given to a call; to a tagged template, what stands between its texts. */
function argumentsOf(call: CallNode): readonly ts.Expression[] {
  if (ts.isCallExpression(call)) return call.arguments;
  return ts.isTemplateExpression(call.template) ? call.template.templateSpans.map((span) => span.expression) : [];
}

/** `findUnique(…).posts()` → `posts`. */
function fluentRelation(call: ts.Node): string | undefined {
  const parent = call.parent;
  if (!ts.isPropertyAccessExpression(parent) || parent.expression !== call) return undefined;
  if (!ts.isCallExpression(parent.parent) || parent.parent.expression !== parent) return undefined;
  return ['then', 'catch', 'finally'].includes(parent.name.text) ? undefined : parent.name.text;
}

function readResult(call: ts.Node, tables: Tables): ResultFact | undefined {
  const parent = outerParent(call);
  if (!ts.isVariableDeclaration(parent) || !ts.isIdentifier(parent.name)) return undefined;
  const name = parent.name.text;
  const binding = tables.scopes.lookup(name, parent);
  const uses = tables
    .named(name)
    .filter((node) => node !== parent.name && !isPropertyName(node) && tables.scopes.lookup(name, node) === binding);
  return { escapes: !uses.every(isReadInPlace) };
}

/** `rows.length`, `for (const row of rows)`: the rows themselves go nowhere. */
function isReadInPlace(node: ts.Identifier): boolean {
  const parent = node.parent;
  const outer = ts.isNonNullExpression(parent) ? parent.parent : parent;
  return ts.isPropertyAccessExpression(outer) || ts.isForOfStatement(outer);
}

function isPropertyName(node: ts.Identifier): boolean {
  const parent = node.parent;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node;
  return ts.isPropertyAssignment(parent) && parent.name === node;
}
