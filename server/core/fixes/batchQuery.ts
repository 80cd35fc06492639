import ts from 'typescript';
import type { MultipliedQuery } from '../model/loops/multipliedQueries';
import { isUniqueField } from '../model/schemas/indexCoverage';
import type { Field, Model } from '../model/schemas/schema';
import type { Fix } from '../rules/rule';
import { rangeOf } from '../syntax/typescript/nodes';
import { applyEdits, type TextEdit } from '../text/textEdit';
import { type Batch, batchStatements } from './batchStatements';
import { indentAt, readCodeStyle } from './codeStyle';
import { elementPath, isGuarded, type LoopSite, openLoopSite, wouldFollowAwait } from './loopSite';
import { commentsOf, holdsComment } from './movedText';
import { freeName, isOutside } from './nodeAt';
import { addProperties, findProperty, propertyValue } from './objectLiteral';
import type { Sources } from './sources';
import { capitalise, plural, singular } from './words';

/** The options that mean the same for all parents at once as for each. */
const OPTIONS: Readonly<Record<string, readonly string[]>> = {
  findMany: ['where', 'select', 'include', 'omit', 'orderBy'],
  findUnique: ['where', 'select', 'include', 'omit'],
  findFirst: ['where', 'select', 'include', 'omit'],
  count: ['where'],
};
/** Types whose values a `Map` finds again. */
const KEY_TYPES: Readonly<Record<string, string>> = { String: 'string', Int: 'number', BigInt: 'bigint' };

/**
 * One query before the loop, its rows in a `Map`, and a look-up in its place. Offered where the query
 * asks for equality on one member of the element and for nothing else that the loop changes.
 */
export function batchQuery(found: MultipliedQuery, sources: Sources): Fix | undefined {
  const { model, operation } = found.query;
  if (found.mayAnswerAnew) return undefined;
  const site = openLoopSite(found, sources);
  const key = site && model && keyOf(site, model, operation);
  if (!site || !model || !key || mayBeMissing(found, key)) return undefined;
  if (wouldFollowAwait(site, [site.rows, site.collection])) return undefined;
  const batch = planBatch(site, model, operation, key, isArray(found));
  if (!batch) return undefined;
  const { rows, anchor, text, file, tables } = site;
  const at = commentsOf(tables.file, anchor, false).above[0]?.start ?? anchor.getStart();
  const style = readCodeStyle(text);
  const own = indentAt(text, at);
  const lines = batchStatements(batch, style, own);
  const lookup = needsParentheses(rows) ? `(${batch.lookup})` : batch.lookup;
  const title =
    operation === 'count'
      ? `Count all at once with one groupBy before the loop (reads the counts of all elements first)`
      : `Read all at once with one \`in\` query before the loop (reads the rows of all elements first)`;
  return {
    title,
    kind: 'suggestion',
    edits: [
      {
        file,
        edits: [
          { range: { start: at, end: at }, newText: `${lines}${style.newline}${own}` },
          { range: rangeOf(rows), newText: lookup },
        ],
      },
    ],
  };
}

/** The condition that ties the query to the element. */
interface Key {
  readonly field: Field;
  /** `authorId: user.id`, in the query's `where`. */
  readonly property: ts.ObjectLiteralElementLike;
  /** What it equals. */
  readonly expression: ts.Expression;
  readonly path: readonly string[];
}

function keyOf(site: LoopSite, model: Model, operation: string): Key | undefined {
  const allowed = OPTIONS[operation];
  const where = site.argument && findProperty(site.argument, 'where');
  const isWhole = site.argument?.properties.every((property) => allowed?.includes(property.name?.getText() ?? ''));
  if (!where || !isWhole || !ts.isPropertyAssignment(where) || !ts.isObjectLiteralExpression(where.initializer)) {
    return undefined;
  }
  const keys: Key[] = [];
  for (const property of where.initializer.properties) {
    const expression = propertyValue(property);
    if (!expression) return undefined;
    if (isOutside(property, site.loop, site.tables)) continue;
    const path = elementPath(expression, site);
    const field = property.name && model.fields.get(property.name.getText());
    if (!path || !field || isGuarded(expression, site)) return undefined;
    keys.push({ field, property, expression, path });
  }
  const [key] = keys;
  if (!key || keys.length > 1 || key.field.kind !== 'scalar' || !KEY_TYPES[key.field.fact.type]) return undefined;
  const others = site.argument?.properties.filter((property) => property !== where) ?? [];
  return others.every((property) => isOutside(property, site.loop, site.tables)) ? key : undefined;
}

/** True if the element's member may be null, as far as the query that read the elements tells. */
function mayBeMissing({ parent }: MultipliedQuery, { path }: Key): boolean {
  const [name] = path;
  if (!parent?.model || name === undefined) return false;
  return path.length > 1 || parent.model.fields.get(name)?.fact.optional !== false;
}

function planBatch(site: LoopSite, model: Model, operation: string, key: Key, fromArray: boolean): Batch | undefined {
  const { tables, query, argument, text, file } = site;
  const field = key.field.name;
  const isOne = operation === 'findUnique' || operation === 'findFirst';
  if (isOne && !isUniqueField(model, field)) return undefined;
  const ids = idsOf(site, key, fromArray);
  const client = ts.isPropertyAccessExpression(query.expression) ? query.expression.expression.getText() : undefined;
  // A comment between the options would be lost on the way.
  if (!argument || !ids || client === undefined || holdsComment(text, rangeOf(argument))) return undefined;
  const edits = [keyEdit(key, ids), ...selectKey(argument, field)];
  if (edits.includes(undefined)) return undefined;
  const options = movedOptions(
    site,
    argument,
    edits.filter((edit) => edit !== undefined),
  );
  const one = singular(model.accessor) ?? model.accessor;
  const many = plural(one);
  const rows = freeName(operation === 'count' ? `${one}Counts` : many, tables);
  const map = freeName(`${operation === 'count' ? `${one}Count` : isOne ? one : many}By${capitalise(field)}`, tables);
  const spread = argument.getText().includes('\n');
  const common = {
    client,
    options,
    spread,
    rows,
    map,
    field,
    row: rows === many && operation !== 'count' ? one : 'row',
  };
  const keyText = key.expression.getText();
  const isTyped = /\.[cm]?tsx?$/.test(file);
  if (operation === 'count') return { ...common, kind: 'count', lookup: `${map}.get(${keyText}) ?? 0` };
  if (isOne) return { ...common, kind: 'one', lookup: `${map}.get(${keyText}) ?? null` };
  const keyType = `${KEY_TYPES[key.field.fact.type] ?? ''}${key.field.fact.optional ? ' | null' : ''}`;
  return { ...common, kind: 'many', lookup: `${map}.get(${keyText}) ?? []`, ...(isTyped ? { keyType } : {}) };
}

/** True if the loop goes through an array, not some other iterable. */
function isArray({ innermost: { kind, collection }, parent }: MultipliedQuery): boolean {
  if (kind === 'callback' || parent?.operation === 'findMany' || collection?.kind === 'array') return true;
  const type = collection?.kind === 'parameter' || collection?.kind === 'instance' ? collection.type : undefined;
  return type?.kind === 'call' && type.callee.kind === 'global' && type.callee.name === 'Array';
}

/** `users.map((user) => user.id)`: the keys of all elements. */
function idsOf({ collection, element, loop }: LoopSite, { path }: Key, fromArray: boolean): string | undefined {
  // Of `users?.map(…)` there may be no users to take keys of: `in: undefined` would read all rows.
  if (!isStable(collection) || ts.isOptionalChain(loop)) return undefined;
  const text = collection.getText();
  if (path.length === 0) return fromArray ? text : `[...${text}]`;
  const parameter = ts.isIdentifier(element) ? element.text : (singular(lastName(collection)) ?? 'element');
  const mapping = `(${parameter}) => ${[parameter, ...path].join('.')}`;
  return fromArray ? `${text}.map(${mapping})` : `Array.from(${text}, ${mapping})`;
}

function lastName(node: ts.Expression): string {
  return ts.isPropertyAccessExpression(node) ? node.name.text : node.getText();
}

/** `users`, `order.items`, `this.rows`: reading it twice gives the same. */
function isStable(node: ts.Expression): boolean {
  if (ts.isPropertyAccessExpression(node)) return !node.questionDotToken && isStable(node.expression);
  return ts.isIdentifier(node) || node.kind === ts.SyntaxKind.ThisKeyword;
}

function keyEdit({ property, expression, field }: Key, ids: string): TextEdit {
  return ts.isShorthandPropertyAssignment(property)
    ? { range: rangeOf(property), newText: `${field.name}: { in: ${ids} }` }
    : { range: rangeOf(expression), newText: `{ in: ${ids} }` };
}

/** The rows must say which parent they belong to; undefined among the edits where that can't be. */
function selectKey(argument: ts.ObjectLiteralExpression, field: string): (TextEdit | undefined)[] {
  const omit = findProperty(argument, 'omit');
  if (omit?.getText().includes(field)) return [undefined];
  const select = findProperty(argument, 'select');
  if (!select) return [];
  if (!ts.isPropertyAssignment(select) || !ts.isObjectLiteralExpression(select.initializer)) return [undefined];
  if (findProperty(select.initializer, field)) return [];
  const { end, hasTrailingComma, length } = select.initializer.properties;
  if (length === 0) return [undefined];
  if (select.initializer.getText().includes('\n')) return addProperties(select.initializer, [`${field}: true`]);
  return [{ range: { start: end, end }, newText: `${hasTrailingComma ? ' ' : ', '}${field}: true` }];
}

/** The query's options as they read before the loop: changed, and indented as the loop is. */
function movedOptions(site: LoopSite, argument: ts.ObjectLiteralExpression, edits: readonly TextEdit[]): string[] {
  const from = indentAt(site.text, site.query.getStart());
  const to = indentAt(site.text, site.anchor.getStart());
  return argument.properties.map((property) => {
    const { start, end } = rangeOf(property);
    const own = edits
      .filter(({ range }) => start <= range.start && range.end <= end)
      .map(({ range, newText }) => ({ range: { start: range.start - start, end: range.end - start }, newText }));
    return applyEdits(site.text.slice(start, end), own).replaceAll(`\n${from}`, `\n${to}`);
  });
}

function needsParentheses(rows: ts.Expression): boolean {
  const { parent } = rows;
  return (
    ts.isBinaryExpression(parent) ||
    ts.isPropertyAccessExpression(parent) ||
    ts.isPrefixUnaryExpression(parent) ||
    ts.isConditionalExpression(parent) ||
    ts.isSpreadElement(parent) ||
    ts.isNonNullExpression(parent)
  );
}
