import ts from 'typescript';
import { rangeOf } from '../syntax/typescript/nodes';
import { insertion, lineEnd, lineStart } from '../text/lines';
import type { TextEdit } from '../text/textEdit';
import { indentAt, readCodeStyle } from './codeStyle';
import { startsLine } from './movedText';
import { propertyValue } from './objectLiteral';

/**
 * Writes `select: { id: true, name: true }` for the arguments of a call, on several lines where it would get too
 * long on one of its own.
 */
export function selectProperty(
  call: ts.CallExpression,
  object: ts.ObjectLiteralExpression | undefined,
  columns: readonly string[],
): string {
  const { text } = call.getSourceFile();
  const { indent: step } = readCodeStyle(text);
  const last = object?.properties.at(-1);
  const start = last?.getStart() ?? call.getStart();
  const isOnOwnLine = last !== undefined && startsLine(text, start);
  const indent = isOnOwnLine ? indentAt(text, start) : `${indentAt(text, (object ?? call).getStart())}${step}`;
  return writeSelect(text, indent, columns.map(asked));
}

/**
 * Returns the edits that make a `select` of an `include`: the columns first, the relations as they are written.
 * Undefined where its relations are not all written there.
 */
export function includeToSelect(
  include: ts.ObjectLiteralElementLike,
  columns: readonly string[],
): TextEdit[] | undefined {
  const value = propertyValue(include);
  if (!include.name || !ts.isPropertyAssignment(include) || !value || !ts.isObjectLiteralExpression(value)) {
    return undefined;
  }
  if (value.properties.some(ts.isSpreadAssignment)) return undefined;
  const { text } = include.getSourceFile();
  const first = value.properties[0];
  const renamed = { range: rangeOf(include.name), newText: 'select' };
  if (!first) return undefined;
  if (columns.length === 0) return [renamed];
  const start = first.getStart();
  const indent = text.slice(lineStart(text, start), start);
  if (indent.trim() === '') {
    const { newline } = readCodeStyle(text);
    return [renamed, insertion(start, columns.map((name) => `${asked(name)},${newline}${indent}`).join(''))];
  }
  if (/[\r\n]|\/[/*]/.test(value.getText())) {
    return [renamed, insertion(start, `${columns.map(asked).join(', ')}, `)];
  }
  const properties = [...columns.map(asked), ...value.properties.map((property) => property.getText())];
  return [onLines(include, properties)];
}

/** Replaces an `include` that is on one line; where all the arguments are on that line and it gets too long, them too. */
function onLines(include: ts.PropertyAssignment, properties: readonly string[]): TextEdit {
  const { text } = include.getSourceFile();
  const { lineWidth, newline, indent: step, trailingCommas } = readCodeStyle(text);
  const start = include.getStart();
  const indent = indentAt(text, start);
  const line = writeLine(properties);
  const length = lineEnd(text, start) - lineStart(text, start) + line.length - (include.end - start);
  if (length <= lineWidth) return { range: rangeOf(include), newText: line };
  const { parent } = include;
  if (startsLine(text, start) || /[\r\n]|\/[/*]/.test(parent.getText())) {
    return { range: rangeOf(include), newText: writeLines(text, indent, properties) };
  }
  const inner = `${indent}${step}`;
  const all = parent.properties.map((property) =>
    property === include ? writeSelect(text, inner, properties) : property.getText(),
  );
  const end = `${trailingCommas ? ',' : ''}${newline}${indent}}`;
  const newText = `{${newline}${inner}${all.join(`,${newline}${inner}`)}${end}`;
  return { range: rangeOf(parent), newText };
}

function asked(column: string): string {
  return `${column}: true`;
}

/** On one line where that is not too long, for a place that begins its line. */
function writeSelect(text: string, indent: string, properties: readonly string[]): string {
  const line = writeLine(properties);
  // With a comma behind it.
  const isShort = indent.length + line.length + 1 <= readCodeStyle(text).lineWidth;
  return isShort ? line : writeLines(text, indent, properties);
}

function writeLine(properties: readonly string[]): string {
  return `select: { ${properties.join(', ')} }`;
}

function writeLines(text: string, indent: string, properties: readonly string[]): string {
  const style = readCodeStyle(text);
  const inner = `${style.newline}${indent}${style.indent}`;
  const comma = style.trailingCommas ? ',' : '';
  return `select: {${inner}${properties.join(`,${inner}`)}${comma}${style.newline}${indent}}`;
}
