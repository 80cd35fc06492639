import ts from 'typescript';
import type { NarrowedRows } from '../model/queries/narrowedRows';
import type { Query } from '../model/queries/query';
import { isUniqueKey, primaryKey } from '../model/schemas/indexCoverage';
import type { Model } from '../model/schemas/schema';
import type { Fix } from '../rules/rule';
import { aliasOf, type Narrowing, type NarrowingNode, readNarrowing } from '../syntax/typescript/listNarrowing';
import type { RowTestNode } from '../syntax/typescript/listTests';
import { countedUses } from '../syntax/typescript/listUse';
import { lengthUseOf, negated } from '../syntax/typescript/listUseLength';
import { isBroken, isWithin, rangeOf, unwrap } from '../syntax/typescript/nodes';
import type { TextEdit } from '../text/textEdit';
import { answerEdits, bodyOf, isNamedInType, isTyped, standsAlone, withoutThen } from './answeredRows';
import { readCodeStyle } from './codeStyle';
import { mergedWhere } from './mergedWhere';
import { movedDeclaration } from './movedDeclaration';
import { bindingsIn, freeNameWithin, nodeAt, type OpenFile, openFile } from './nodeAt';
import { findProperty } from './objectLiteral';
import { rewriteQuery } from './rewrittenQuery';
import { rowsWhere } from './rowsWhere';
import type { Sources } from './sources';
import { capitalise, enumeration, oneOf } from './words';

/** A query whose rows are narrowed, in the syntax tree. */
interface Site {
  readonly open: OpenFile;
  readonly call: ts.CallExpression;
  readonly model: Model;
  readonly narrowing: Narrowing;
  /** The options that are new or changed: `where`, `orderBy`, `take`. */
  readonly sets: ReadonlyMap<string, string>;
}

/**
 * Lets the query say what its rows are narrowed by afterwards. Undefined where the database may not give the same rows
 * in the same order, or what the rows are compared with is not known before the query.
 */
export function narrowQuery(query: Query, found: NarrowedRows, sources: Sources): Fix | undefined {
  const site = openSite(query, sources);
  const edits = site && (found.asks ? countLeft(site, found.asks) : narrowed(site));
  if (!site || !edits) return undefined;
  const said = enumeration([...site.sets.keys()].map((name) => `\`${name}\``));
  return { title: `Let the database do it: ${said}`, kind: 'suggestion', edits: [{ file: query.file, edits }] };
}

function openSite(query: Query, sources: Sources): Site | undefined {
  const open = openFile(query.file, sources);
  const call = open && nodeAt(open.tables.file, query.call.range, ts.isCallExpression);
  const narrowing = call && readNarrowing(call, open.tables);
  const { model, schema } = query;
  if (!open || !narrowing || !model || isBroken(call) || narrowing.logged || narrowing.aliases.length > 0)
    return undefined;
  if (narrowing.name && (isTyped(narrowing.name) || isNamedInType(narrowing.name, open))) return undefined;
  const values = narrowing.steps.flatMap(valuesOf);
  if (!values.every((value) => isKnownBefore(value, call, open))) return undefined;
  const { quote } = readCodeStyle(open.text);
  const tests = narrowing.steps.flatMap(testOf);
  const where = rowsWhere(tests, { model, schema, tables: open.tables, quote });
  const merged = where && where.length > 0 ? mergedWhere(call, where) : undefined;
  if (!where || (where.length > 0 && merged === undefined)) return undefined;
  const sets = new Map<string, string>(merged === undefined ? [] : [['where', merged]]);
  for (const step of narrowing.steps) {
    const set = optionOf(step, narrowing.steps, call, model, quote);
    if (set === 'refused') return undefined;
    if (set) sets.set(...set);
  }
  return { open, call, model, narrowing, sets };
}

function valuesOf(step: NarrowingNode): readonly ts.Expression[] {
  if (step.step === 'slice') return [step.to];
  return step.step === 'sort' ? [] : valuesOfTest(step.test);
}

function valuesOfTest(test: RowTestNode): readonly ts.Expression[] {
  switch (test.kind) {
    case 'all':
    case 'any':
      return test.parts.flatMap(valuesOfTest);
    case 'not':
      return valuesOfTest(test.part);
    case 'in':
      return [test.list];
    case 'truthy':
      return [];
    default:
      return [test.value];
  }
}

/** True if a value is there before the query, and nothing changes it between the two places. */
function isKnownBefore(value: ts.Expression, call: ts.Node, { tables }: OpenFile): boolean {
  return bindingsIn(value, tables).every(({ declaration, name, scope, writes, memberWrites, mutations }) => {
    if (writes.length > 0 || !isWithin(call, scope) || declaration.pos > call.pos) return false;
    if ([...memberWrites, ...mutations].some((change) => change.pos > call.pos)) return false;
    // `since.setDate(…)`
    return !tables.named(name).some(({ parent, pos }) => {
      return pos > call.pos && ts.isPropertyAccessExpression(parent) && /^set[A-Z]/.test(parent.name.text);
    });
  });
}

function testOf(step: NarrowingNode): readonly RowTestNode[] {
  if (step.step === 'sort' || step.step === 'slice') return [];
  return [step.step === 'every' ? { kind: 'not', part: step.test } : step.test];
}

/** The order or the limit that a step asks for; `refused` where rows that are alike could come in another order. */
function optionOf(
  step: NarrowingNode,
  steps: readonly NarrowingNode[],
  call: ts.CallExpression,
  model: Model,
  quote: string,
): [option: string, value: string] | 'refused' | undefined {
  const order = orderOf(call);
  const isTotal = order !== undefined && isUniqueKey(model, order.fields);
  if (step.step === 'slice') {
    const to = unwrap(step.to);
    const sorts = steps.some((one) => one.step === 'sort' && isUniqueKey(model, [one.field]));
    if (!(isTotal || sorts) || step.from > 0 || !ts.isNumericLiteral(to) || !/^\d+$/.test(to.text)) return 'refused';
    return ['take', to.text];
  }
  if (step.step !== 'sort') return undefined;
  const field = model.fields.get(step.field);
  const isSortable = field && !field.fact.optional && /^(?:Int|Float|DateTime)$/.test(field.fact.type) && !step.text;
  if (!isSortable) return 'refused';
  const own = `{ ${field.name}: ${quote}${step.descending ? 'desc' : 'asc'}${quote} }`;
  if (isUniqueKey(model, [field.name])) return ['orderBy', own];
  return order && isTotal ? ['orderBy', `[${[own, ...order.texts].join(', ')}]`] : 'refused';
}

/** The columns that the rows are ordered by, where the query says it plainly. */
function orderOf(call: ts.CallExpression): { readonly fields: string[]; readonly texts: string[] } | undefined {
  const [options] = call.arguments;
  const order = options && ts.isObjectLiteralExpression(options) ? findProperty(options, 'orderBy') : undefined;
  if (!order || !ts.isPropertyAssignment(order)) return undefined;
  const { initializer } = order;
  const parts = ts.isArrayLiteralExpression(initializer) ? [...initializer.elements] : [initializer];
  const fields = parts.flatMap((part) => {
    const [property, ...others] = ts.isObjectLiteralExpression(part) ? part.properties : [];
    const isPlain = property && others.length === 0 && ts.isPropertyAssignment(property);
    return isPlain && ts.isStringLiteral(property.initializer) ? [property.name.getText()] : [];
  });
  return fields.length < parts.length ? undefined : { fields, texts: parts.map((part) => part.getText()) };
}

/** Of what is left, only the number is asked, or whether there is any. */
function countLeft(site: Site, asks: 'number' | 'existence'): TextEdit[] | undefined {
  const { open, narrowing } = site;
  if (site.sets.has('take')) return undefined;
  const { name, then, rows, result } = narrowing;
  const left = aliasOf(result);
  const questions = countedUses(result, open.tables).flatMap((use) => lengthUseOf(use) ?? []);
  const uses = countedUses(result, open.tables);
  if (!uses.every((use) => questions.some(({ node }) => isWithin(use, node)))) return undefined;
  return asked(site, asks, {
    questions,
    ...(name ? { name } : { rows }),
    ...(then ? { then } : {}),
    ...(left ? { left } : {}),
  });
}

function asked(
  { call, model, sets, open }: Site,
  asks: 'number' | 'existence',
  rows: Parameters<typeof answerEdits>[0],
): TextEdit[] | undefined {
  const key = primaryKey(model)[0];
  if (asks === 'existence' && key === undefined) return undefined;
  const where = [...sets].filter(([option]) => option === 'where');
  const rewritten = rewriteQuery(call, {
    operation: asks === 'number' ? 'count' : 'findFirst',
    keeps: (option) => option === 'where',
    sets: new Map(asks === 'number' ? where : [...where, ['select', `{ ${key}: true }`]]),
  });
  const read = rewritten && answerEdits(rows, asks, model.accessor, open);
  return read && [...rewritten, ...read];
}

function narrowed(site: Site): TextEdit[] | undefined {
  const { narrowing } = site;
  const { result, name, rows, then } = narrowing;
  const last = narrowing.steps.at(-1)?.step;
  if (last === 'some' || last === 'every') {
    const question = negated({ node: result, asks: last === 'some' ? 'some' : 'none' });
    return asked(site, 'existence', {
      questions: [question],
      ...(name ? { name } : { rows }),
      ...(then ? { then } : {}),
    });
  }
  if (last === 'find') return findOne(site);
  const rewritten = rewriteQuery(site.call, { operation: 'findMany', keeps: () => true, sets: site.sets });
  const read = rewritten && passOn(site);
  return read && [...rewritten, ...read];
}

/** What was left of the rows is now all of them. */
function passOn({ narrowing, open }: Site, newName?: string): TextEdit[] | undefined {
  const { result, name, rows, then } = narrowing;
  if (!name) return withoutSteps(rows, result);
  if (then?.arguments.some((one) => bodyOf(one) === result)) return newName ? undefined : [withoutThen(then)];
  const moved = movedDeclaration(name, result, open);
  // `const open = orders;` would be left.
  if (moved || aliasOf(result)) return moved;
  const renamed = newName === undefined ? [] : [{ range: rangeOf(name), newText: newName }];
  const range = { start: result.getStart(), end: endOfSteps(result) };
  return [...renamed, { range, newText: newName ?? name.text }];
}

/** The end of the steps; where one call is left of a chain over several lines, that of the line break behind them. */
function endOfSteps(result: ts.Expression): number {
  const member = result.parent;
  const call = member.parent;
  if (!ts.isPropertyAccessExpression(member) || !ts.isCallExpression(call)) return result.end;
  const isLast = !ts.isPropertyAccessExpression(call.parent) && !call.arguments.some((one) => /\n/.test(one.getText()));
  const blank = /^\s*(?=\??\.)/.exec(member.getSourceFile().text.slice(result.end, member.name.end))?.[0].length ?? 0;
  return isLast ? result.end + blank : result.end;
}

/** `(await query).filter(…)` → `await query` */
function withoutSteps(rows: ts.Expression, result: ts.Expression): TextEdit[] {
  let inner = rows;
  while (ts.isNonNullExpression(inner)) inner = inner.expression;
  const isSpread = /^\(\s*\n/.test(inner.getText());
  if (!ts.isParenthesizedExpression(inner) || isSpread || !standsAlone(result))
    return [{ range: { start: rows.end, end: result.end }, newText: '' }];
  return [
    { range: { start: inner.getStart(), end: inner.expression.getStart() }, newText: '' },
    { range: { start: inner.expression.end, end: result.end }, newText: '' },
  ];
}

/** `rows.find(…)` of one row that there is at most: `findFirst`, where null will do as well as undefined. */
function findOne(site: Site): TextEdit[] | undefined {
  const { narrowing, model, call, open, sets } = site;
  const order = orderOf(call);
  const isSure =
    isUniqueKey(model, narrowing.steps.flatMap(testOf).flatMap(equalColumns)) ||
    (order !== undefined && isUniqueKey(model, order.fields));
  const { result, name } = narrowing;
  const kept = aliasOf(result);
  const uses = kept ? countedUses(result, open.tables) : [result];
  if (!isSure || (kept && isTyped(kept)) || !uses.every(takesNull)) return undefined;
  const rewritten = rewriteQuery(call, { operation: 'findFirst', keeps: () => true, sets });
  const scope = name && open.tables.scopes.lookup(name.text, name)?.scope;
  const one = name && oneOf(name.text, model.accessor);
  const newName =
    scope && one ? freeNameWithin([one, `found${capitalise(one)}`], scope, open.tables, [result]) : undefined;
  const read = rewritten && passOn(site, newName);
  return read && [...rewritten, ...read];
}

/** The columns that must have one value for the test to hold. */
function equalColumns(test: RowTestNode): readonly string[] {
  if (test.kind === 'all') return test.parts.flatMap(equalColumns);
  return test.kind === 'compare' && test.operator === '=' ? [test.field] : [];
}

/** True where it makes no difference whether there is null or undefined. */
function takesNull(use: ts.Expression): boolean {
  const { parent } = use;
  if (ts.isPropertyAccessExpression(parent) || ts.isNonNullExpression(parent)) return true;
  if (ts.isPrefixUnaryExpression(parent)) return parent.operator === ts.SyntaxKind.ExclamationToken;
  if (ts.isIfStatement(parent)) return parent.expression === use;
  if (ts.isConditionalExpression(parent)) return parent.condition === use;
  const kind = ts.isBinaryExpression(parent) && parent.left === use ? parent.operatorToken.kind : undefined;
  return kind === ts.SyntaxKind.QuestionQuestionToken;
}
