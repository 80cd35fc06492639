import ts from 'typescript';
import type { Query } from '../model/queries/query';
import type { Model } from '../model/schemas/schema';
import type { Fix } from '../rules/rule';
import { outerParent, rangeOf, unwrap } from '../syntax/typescript/nodes';
import type { TextEdit } from '../text/textEdit';
import { type AggregateUse, readAggregateUse } from './aggregateUse';
import { indentAt, readCodeStyle } from './codeStyle';
import { holdsComment } from './movedText';
import { freeName, nodeAt, type OpenFile, openFile } from './nodeAt';
import { propertyValue } from './objectLiteral';
import type { Sources } from './sources';

/**
 * `aggregate` in place of a `findMany` whose rows are only added up, compared and counted. Undefined where the
 * database might come to another number: it adds decimals exactly, JavaScript's numbers don't.
 */
export function aggregateRows(sources: Sources, { file, call: fact, model }: Query): Fix | undefined {
  const open = openFile(file, sources);
  const call = open && nodeAt(open.tables.file, fact.range, ts.isCallExpression);
  const rows = call && nameOfRows(call);
  const uses = open && rows && model && usesOf(rows, model, open);
  const options = call && keptOptions(call);
  if (!open || !call || !rows || !uses || !options) return undefined;
  const name = freeName('totals', open.tables);
  const edits = uses.map(({ range, text }) => ({ range, newText: text(name) }));
  edits.push({ range: rangeOf(rows), newText: name }, aggregateCall(call, [...options, ...asked(uses)]));
  return {
    title: 'Let the database work it out with `aggregate`',
    kind: 'suggestion',
    edits: [{ file, edits }],
  };
}

/** `const rows = await call`, `const [rows, …] = await Promise.all([call, …])` */
function nameOfRows(call: ts.CallExpression): ts.Identifier | undefined {
  const { parent } = call;
  if (ts.isAwaitExpression(parent) && ts.isVariableDeclaration(parent.parent)) return nameIn(parent.parent);
  if (!ts.isArrayLiteralExpression(parent) || !ts.isCallExpression(parent.parent)) return undefined;
  const declaration = outerParent(parent.parent);
  if (!/^Promise\.all$|\.\$transaction$/.test(parent.parent.expression.getText())) return undefined;
  if (!ts.isVariableDeclaration(declaration) || declaration.type || !ts.isArrayBindingPattern(declaration.name))
    return undefined;
  const element = declaration.name.elements[parent.elements.indexOf(call)];
  return element && ts.isBindingElement(element) && ts.isIdentifier(element.name) && !element.initializer
    ? element.name
    : undefined;
}

function nameIn({ name, type }: ts.VariableDeclaration): ts.Identifier | undefined {
  return ts.isIdentifier(name) && !type ? name : undefined;
}

/** What is made of the rows, each use by itself; undefined where one of them can't be said to the database. */
function usesOf(rows: ts.Identifier, model: Model, { tables, text }: OpenFile): AggregateUse[] | undefined {
  const binding = tables.scopes.lookup(rows.text, rows);
  const found: AggregateUse[] = [];
  for (const node of tables.named(rows.text)) {
    if (node === rows || tables.scopes.lookup(node.text, node) !== binding || isMemberName(node)) continue;
    const use = readAggregateUse(node, model);
    if (!use || holdsComment(text, use.range)) return undefined;
    found.push(use);
  }
  return found.some(({ column }) => column) ? found : undefined;
}

function isMemberName(node: ts.Identifier): boolean {
  const { parent } = node;
  return (
    (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
    (ts.isPropertyAssignment(parent) && parent.name === node)
  );
}

/** The options that say which rows; undefined where one is given that `aggregate` takes another way. */
function keptOptions({ arguments: [argument, ...others] }: ts.CallExpression): string[] | undefined {
  if (!argument) return [];
  if (others.length > 0 || !ts.isObjectLiteralExpression(argument)) return undefined;
  const kept: string[] = [];
  for (const property of argument.properties) {
    const name = property.name?.getText() ?? '';
    if (name === 'where' && propertyValue(property)) kept.push(property.getText());
    else if (!/^(select|omit|include|orderBy)$/.test(name)) return undefined;
  }
  return kept;
}

/** `_sum: { total: true }, _count: true` */
function asked(uses: readonly AggregateUse[]): string[] {
  const columnsOf = (kind: AggregateUse['kind']) =>
    [...new Set(uses.flatMap((use) => (use.kind === kind && use.column ? [use.column] : [])))].sort();
  const kinds = (['_sum', '_min', '_max'] as const).flatMap((kind) => {
    const columns = columnsOf(kind).map((column) => `${column}: true`);
    return columns.length > 0 ? [`${kind}: { ${columns.join(', ')} }`] : [];
  });
  return uses.some(({ kind }) => kind === '_count') ? [...kinds, '_count: true'] : kinds;
}

function aggregateCall(call: ts.CallExpression, options: readonly string[]): TextEdit {
  const { text } = call.getSourceFile();
  const style = readCodeStyle(text);
  const callee = unwrap(call.expression);
  const start = ts.isPropertyAccessExpression(callee) ? callee.name.getStart() : call.getStart();
  const range = { start, end: call.end };
  const line = `aggregate({ ${options.join(', ')} })`;
  const column = start - text.lastIndexOf('\n', start) - 1;
  if (!line.includes('\n') && column + line.length + 1 <= style.lineWidth) return { range, newText: line };
  const indent = indentAt(text, call.getStart());
  const separator = `,${style.newline}${indent}${style.indent}`;
  const end = `${style.trailingCommas ? ',' : ''}${style.newline}${indent}})`;
  return { range, newText: `aggregate({${separator.slice(1)}${options.join(separator)}${end}` };
}
