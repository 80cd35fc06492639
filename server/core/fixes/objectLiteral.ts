import ts from 'typescript';
import type { TextEdit } from '../text/textEdit';

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

/**
 * Returns the edits that add properties (`take: 100`, each one line) at the end of an object literal,
 * in its own style: on its line if it has one, else on lines of their own with its indent, a trailing
 * comma if it has one. Comments stay with the property that they follow.
 */
export function addProperties(object: ts.ObjectLiteralExpression, properties: readonly string[]): TextEdit[] {
  const text = object.getSourceFile().text;
  const last = object.properties.at(-1);
  if (properties.length === 0) return [];
  if (!last) return [fillEmpty(object, properties)];
  const start = last.getStart();
  const { end, hasTrailingComma } = object.properties;
  if (text.slice(lineStart(text, start), start).trim() !== '') {
    return [insert(end, `${hasTrailingComma ? ' ' : ', '}${properties.join(', ')}`)];
  }
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const indent = indentOfLine(text, start);
  const lines = properties.map((property) => `${newline}${indent}${property}`);
  const behind = endOfTrailingComments(text, end);
  const added = hasTrailingComma ? `${lines.join(',')},` : lines.join(',');
  if (hasTrailingComma || behind === end) return [insert(behind, `${hasTrailingComma ? '' : ','}${added}`)];
  return [insert(last.end, ','), insert(behind, added)];
}

/** `{}`, also with blanks or comments in it. */
function fillEmpty(object: ts.ObjectLiteralExpression, properties: readonly string[]): TextEdit {
  const text = object.getSourceFile().text;
  const inner = { start: object.getStart() + 1, end: object.end - 1 };
  if (text.slice(inner.start, inner.end).trim() === '') return { range: inner, newText: ` ${properties.join(', ')} ` };
  return insert(inner.start, ` ${properties.join(', ')},`);
}

/** The end of the comments that follow `position` on its line; `position` itself where there are none. */
function endOfTrailingComments(text: string, position: number): number {
  return ts.getTrailingCommentRanges(text, position)?.at(-1)?.end ?? position;
}

function insert(at: number, newText: string): TextEdit {
  return { range: { start: at, end: at }, newText };
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

function indentOfLine(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(lineStart(text, offset), offset))?.[0] ?? '';
}
