import ts from 'typescript';
import type { TextEdit } from '../text/textEdit';
import { indentAt, readCodeStyle } from './codeStyle';

/** Returns the property of that name that is written in the literal itself; undefined for one that a spread brings. */
export function findProperty(
  object: ts.ObjectLiteralExpression,
  name: string,
): ts.ObjectLiteralElementLike | undefined {
  return object.properties.find((property) => {
    const key = property.name;
    return key !== undefined && (ts.isIdentifier(key) || ts.isStringLiteralLike(key)) && key.text === name;
  });
}

/** The expression that a property holds, also a shorthand's; undefined for a spread, a method, an accessor. */
export function propertyValue(property: ts.ObjectLiteralElementLike): ts.Expression | undefined {
  if (ts.isPropertyAssignment(property)) return property.initializer;
  return ts.isShorthandPropertyAssignment(property) ? property.name : undefined;
}

/** Writes a new object literal for the place `offset`: on one line, or on several where one gets too long. */
export function writeObject(text: string, offset: number, properties: readonly string[]): string {
  const style = readCodeStyle(text);
  const line = `{ ${properties.join(', ')} }`;
  if (lengthOfLine(text, offset) + line.length <= style.lineWidth) return line;
  const indent = indentAt(text, offset);
  const separator = `,${style.newline}${indent}${style.indent}`;
  const end = `${style.trailingCommas ? ',' : ''}${style.newline}${indent}}`;
  return `{${style.newline}${indent}${style.indent}${properties.join(separator)}${end}`;
}

/**
 * Returns the edits that add properties (`take: 100`, each one line) at the end of an object literal,
 * in its own style: on its line if it has one and they fit, else on lines of their own with its indent,
 * a trailing comma if it has one. Comments stay with the property that they follow.
 */
export function addProperties(object: ts.ObjectLiteralExpression, properties: readonly string[]): TextEdit[] {
  const text = object.getSourceFile().text;
  const last = object.properties.at(-1);
  if (properties.length === 0) return [];
  if (!last) return [fillEmpty(object, properties)];
  const start = last.getStart();
  const { end, hasTrailingComma } = object.properties;
  const ownLine = text.slice(text.lastIndexOf('\n', start - 1) + 1, start).trim() === '';
  if (!ownLine) return [joinLine(object, properties)];
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = properties.map((property) => `${newline}${indentAt(text, start)}${property}`);
  const behind = endOfTrailingComments(text, end);
  const added = hasTrailingComma ? `${lines.join(',')},` : lines.join(',');
  if (hasTrailingComma || behind === end) return [insert(behind, `${hasTrailingComma ? '' : ','}${added}`)];
  return [insert(last.end, ','), insert(behind, added)];
}

/** Adds to the line that the literal is on, or spreads it over several where it would get too long. */
function joinLine(object: ts.ObjectLiteralExpression, properties: readonly string[]): TextEdit {
  const text = object.getSourceFile().text;
  const { end, hasTrailingComma } = object.properties;
  const added = `${hasTrailingComma ? ' ' : ', '}${properties.join(', ')}`;
  const fits = lengthOfLine(text, end) + added.length <= readCodeStyle(text).lineWidth;
  if (fits || !isPlainLine(object)) return insert(end, added);
  const outer = outermostOnLine(object);
  const range = { start: outer.getStart(), end: outer.end };
  const all = [...object.properties.map((property) => property.getText()), ...properties];
  if (outer === object) return { range, newText: writeObject(text, range.start, all) };
  const written = outer.properties.map((property) => {
    if (object.pos < property.pos || object.end > property.end) return property.getText();
    return `${text.slice(property.getStart(), object.getStart())}{ ${all.join(', ')} }${text.slice(object.end, property.end)}`;
  });
  return { range, newText: writeObject(text, range.start, written) };
}

/** The literal that holds this one as a property's value, and so on, while all is on one line. */
function outermostOnLine(object: ts.ObjectLiteralExpression): ts.ObjectLiteralExpression {
  const outer = ts.isPropertyAssignment(object.parent) ? object.parent.parent : undefined;
  return outer && isPlainLine(outer) ? outermostOnLine(outer) : object;
}

/** True for a literal on one line, without comments. */
function isPlainLine(object: ts.ObjectLiteralExpression): boolean {
  return !/[\r\n]|\/[/*]/.test(object.getText());
}

/** `{}`, also with blanks or comments in it. */
function fillEmpty(object: ts.ObjectLiteralExpression, properties: readonly string[]): TextEdit {
  const range = { start: object.getStart(), end: object.end };
  const text = object.getSourceFile().text;
  if (/^\{\s*\}$/.test(object.getText())) return { range, newText: writeObject(text, range.start, properties) };
  return insert(range.start + 1, ` ${properties.join(', ')},`);
}

/** The end of the comments that follow `position` on its line; `position` itself where there are none. */
function endOfTrailingComments(text: string, position: number): number {
  return ts.getTrailingCommentRanges(text, position)?.at(-1)?.end ?? position;
}

function insert(at: number, newText: string): TextEdit {
  return { range: { start: at, end: at }, newText };
}

/** The length of the line of `offset`, without its break. */
function lengthOfLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return (end < 0 ? text.length : end) - start;
}
