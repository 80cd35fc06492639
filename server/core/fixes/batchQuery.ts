import ts from 'typescript';
import type { MultipliedQuery } from '../model/loops/multipliedQueries';
import type { Project } from '../model/project';
import type { Model } from '../model/schemas/schema';
import type { Fix } from '../rules/rule';
import { rangeOf } from '../syntax/typescript/nodes';
import { applyEdits, type TextEdit } from '../text/textEdit';
import { type Batch, batchStatements } from './batchStatements';
import { areChanged } from './changedRows';
import { type CodeStyle, indentAt, readCodeStyle } from './codeStyle';
import { elementKeys } from './elementKeys';
import { KEY_TYPES, type LoopKey, loopKeyOf } from './loopKey';
import { type LoopSite, wouldFollowAwait } from './loopSite';
import { mayBeOutdated } from './loopWork';
import { openMovableRead } from './movableRead';
import { commentsOf, holdsComment } from './movedText';
import { freeName, isOutside } from './nodeAt';
import { addProperties, findProperty } from './objectLiteral';
import { areRowsReadByMember } from './rowsInSight';
import { withoutWaiting } from './settledLoop';
import type { Sources } from './sources';
import { capitalise, isReserved, plural, singular } from './words';

/** The options that mean the same for all parents at once as for each. */
const OPTIONS: Readonly<Record<string, readonly string[]>> = {
  findMany: ['where', 'select', 'include', 'omit', 'orderBy'],
  findUnique: ['where', 'select', 'include', 'omit'],
  findFirst: ['where', 'select', 'include', 'omit'],
  count: ['where'],
};

/**
 * One query before the loop, its rows in a `Map`, and a look-up in its place. Offered where the query
 * asks for equality on one member of the element and for nothing else that the loop changes.
 */
export function batchQuery(found: MultipliedQuery, project: Project, sources: Sources): Fix | undefined {
  const { model, operation, schema } = found.query;
  const site = openMovableRead(found, sources);
  if (!site || !model || !takesOnly(site, OPTIONS[operation])) return undefined;
  const key = loopKeyOf(site, model, operation, schema);
  if (!key || !othersStayOutside(site, key) || wouldFollowAwait(site, [site.rows, site.collection])) return undefined;
  // The rows of equal keys are the same objects.
  if (areChanged(site.rows, site.tables) || mayBeOutdated(found, site, site.anchor.getStart(), project)) {
    return undefined;
  }
  const ids = elementKeys(site, key, { tables: site.tables, models: schema.models });
  const batch = ids === undefined ? undefined : planBatch(site, model, operation, key, ids);
  if (!batch) return undefined;
  const { anchor, text, file, tables } = site;
  const at = commentsOf(tables.file, anchor, false).above[0]?.start ?? anchor.getStart();
  const style = readCodeStyle(text);
  const own = indentAt(text, at);
  const lines = batchStatements(batch, style, own);
  const title =
    operation === 'count'
      ? `Count all at once with one groupBy before the loop (reads the counts of all elements first)`
      : `Read all at once with one \`in\` query before the loop (reads the rows of all elements first)`;
  const gap = isSetApart(text, at) ? style.newline : '';
  const insertion = { range: { start: at, end: at }, newText: `${lines}${style.newline}${gap}${own}` };
  const edits = [insertion, ...withoutWaiting(site, [lookupEdit(site, batch, style)])];
  return { title, kind: 'suggestion', edits: [{ file, edits }] };
}

/** True if an empty line stands before an offset's line. */
function isSetApart(text: string, offset: number): boolean {
  return /\n[ \t]*\r?\n[ \t]*$/.test(text.slice(Math.max(0, offset - 200), offset));
}

function takesOnly({ argument }: LoopSite, allowed: readonly string[] | undefined): boolean {
  return argument?.properties.every(({ name }) => allowed?.includes(name?.getText() ?? '')) === true;
}

/** True if all but the key means the same before the loop. */
function othersStayOutside({ argument, loop, tables }: LoopSite, { property, compound }: LoopKey): boolean {
  const own = compound?.property ?? property;
  const others = argument?.properties.filter((option) => own.pos < option.pos || option.end < own.end) ?? [];
  return others.every((option) => isOutside(option, loop, tables));
}

function planBatch(site: LoopSite, model: Model, operation: string, key: LoopKey, ids: string): Batch | undefined {
  const { tables, query, argument, text, file, rows } = site;
  const field = key.field.name;
  const isOne = operation === 'findUnique' || operation === 'findFirst';
  if (isOne && !key.unique) return undefined;
  const client = ts.isPropertyAccessExpression(query.expression) ? query.expression.expression.getText() : undefined;
  // A comment between the options would be lost on the way.
  if (!argument || client === undefined || holdsComment(text, rangeOf(rows))) return undefined;
  const selected = operation === 'count' ? [] : selectKey(argument, field);
  if (!selected) return undefined;
  // The key is read for the look-up alone: whoever gets the whole row would see one member more.
  const hidesKey = selected.length > 0 && !areRowsReadByMember(rows, isOne, tables);
  if (hidesKey && !isOne) return undefined;
  const options = movedOptions(site, argument, [...keyEdits(key, ids, text), ...selected]);
  const one = singular(model.accessor) ?? model.accessor;
  const many = plural(one);
  const isCount = operation === 'count';
  const row = isReserved(one) || tables.scopes.lookup(one, site.anchor) ? 'row' : one;
  return {
    client,
    options,
    spread: argument.getText().includes('\n'),
    rows: isCount ? freeName(`${one}Counts`, tables) : freeName(many, tables, [`all${capitalise(many)}`, `${one}Rows`]),
    map: freeName(`${isCount ? `${one}Count` : isOne ? one : many}By${capitalise(field)}`, tables),
    field,
    row: isCount ? 'row' : row,
    key: key.expression.getText(),
    hidesKey,
    ...shapeOfBatch(isCount ? 'count' : isOne ? 'one' : 'many', key, file),
  };
}

function shapeOfBatch(kind: Batch['kind'], { field }: LoopKey, file: string): Pick<Batch, 'kind' | 'keyType'> {
  const isTyped = kind === 'many' && /\.[cm]?tsx?$/.test(file);
  const keyType = `${KEY_TYPES[field.fact.type] ?? ''}${field.fact.optional ? ' | null' : ''}`;
  return { kind, ...(isTyped ? { keyType } : {}) };
}

/** What a look-up gives where there is nothing. */
const MISSING: Readonly<Record<Batch['kind'], string>> = { many: '[]', one: 'null', count: '0' };

function lookupEdit({ rows, text }: LoopSite, { kind, map, key }: Batch, style: CodeStyle): TextEdit {
  const { parent } = rows;
  const lookup = `${map}.get(${key})`;
  if (kind === 'one' && isNullAsGoodAsUndefined(rows)) {
    return { range: rangeOf(ts.isParenthesizedExpression(parent) ? parent : rows), newText: lookup };
  }
  const whole = `${lookup} ?? ${MISSING[kind]}`;
  const edit = { range: rangeOf(rows), newText: needsParentheses(rows) ? `(${whole})` : whole };
  return ts.isVariableDeclaration(parent) ? onLineThatFits(edit, text, style) : edit;
}

/** `(…)?.name`, `(…)!`, `(…) ?? other`, `!(…)`, `if (…)`: they ask no more of null than of undefined. */
function isNullAsGoodAsUndefined(rows: ts.Expression): boolean {
  let inner: ts.Node = rows;
  while (ts.isParenthesizedExpression(inner.parent) || ts.isAsExpression(inner.parent)) inner = inner.parent;
  const outer = inner.parent;
  if (ts.isPropertyAccessExpression(outer)) return outer.questionDotToken !== undefined;
  if (ts.isBinaryExpression(outer)) {
    const { kind } = outer.operatorToken;
    const hasOther = kind === ts.SyntaxKind.QuestionQuestionToken || kind === ts.SyntaxKind.BarBarToken;
    return hasOther && outer.left === inner;
  }
  if (ts.isConditionalExpression(outer)) return outer.condition === inner;
  return ts.isNonNullExpression(outer) || ts.isPrefixUnaryExpression(outer) || ts.isIfStatement(outer);
}

/** What a name is set to, on the next line where this one would get too long. */
function onLineThatFits({ range: { start, end }, newText }: TextEdit, text: string, style: CodeStyle): TextEdit {
  const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  const behind = /^[^\r\n]*/.exec(text.slice(end, end + 200))?.[0] ?? '';
  if (!before.endsWith('= ') || before.length + newText.length + behind.length <= style.lineWidth)
    return { range: { start, end }, newText };
  const indent = indentAt(text, start) + style.indent;
  return { range: { start: start - 1, end }, newText: style.newline + indent + newText };
}

function keyEdits({ property, compound, expression, field }: LoopKey, ids: string, text: string): TextEdit[] {
  const isShorthand = ts.isShorthandPropertyAssignment(property);
  const edit = isShorthand
    ? { range: rangeOf(property), newText: `${field.name}: { in: ${ids} }` }
    : { range: rangeOf(expression), newText: `{ in: ${ids} }` };
  if (!compound) return [edit];
  const parts = compound.parts.properties.map((part) => {
    const range = rangeOf(part);
    const own = {
      range: { start: edit.range.start - range.start, end: edit.range.end - range.start },
      newText: edit.newText,
    };
    return part === property ? applyEdits(part.getText(), [own]) : text.slice(range.start, range.end);
  });
  return [{ range: rangeOf(compound.property), newText: parts.join(', ') }];
}

/** The rows must say which parent they belong to; undefined where that can't be. */
function selectKey(argument: ts.ObjectLiteralExpression, field: string): TextEdit[] | undefined {
  const omit = findProperty(argument, 'omit');
  if (omit?.getText().includes(field)) return undefined;
  const select = findProperty(argument, 'select');
  if (!select) return [];
  if (!ts.isPropertyAssignment(select) || !ts.isObjectLiteralExpression(select.initializer)) return undefined;
  const { end, hasTrailingComma, length } = select.initializer.properties;
  const selected = findProperty(select.initializer, field);
  if (selected) return /:\s*true$/.test(selected.getText()) ? [] : undefined;
  if (length === 0) return undefined;
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
  if (ts.isBinaryExpression(parent)) {
    const { kind } = parent.operatorToken;
    const isAssignment = kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
    return !isAssignment || parent.left === rows;
  }
  return (
    ts.isPropertyAccessExpression(parent) ||
    ts.isPrefixUnaryExpression(parent) ||
    (ts.isConditionalExpression(parent) && parent.condition === rows) ||
    ts.isNonNullExpression(parent) ||
    ts.isAsExpression(parent)
  );
}
