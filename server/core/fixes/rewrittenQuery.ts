import ts from 'typescript';
import { propertyName, rangeOf } from '../syntax/typescript/nodes';
import type { Range } from '../text/range';
import type { TextEdit } from '../text/textEdit';
import { indentAt, readCodeStyle } from './codeStyle';
import { findProperty, writeObject } from './objectLiteral';

/** What becomes of a `findMany`: another operation, with some of its options, and some that are new or changed. */
export interface RewrittenQuery {
  readonly operation: string;
  /** The options that stay as they are written. */
  readonly keeps: (option: string) => boolean;
  /** Options by name, with their value as text; they replace those of the same name, or follow the others. */
  readonly sets?: ReadonlyMap<string, string>;
}

/**
 * Returns the edits that turn the call of a query into another one. Undefined where its options are not written
 * as one plain literal in the call, or where a comment would be lost.
 */
export function rewriteQuery(call: ts.CallExpression, query: RewrittenQuery): TextEdit[] | undefined {
  const callee = call.expression;
  if (!ts.isPropertyAccessExpression(callee) || call.typeArguments) return undefined;
  const [argument, ...others] = call.arguments;
  if (others.length > 0 || (argument && !ts.isObjectLiteralExpression(argument))) return undefined;
  const named = { range: rangeOf(callee.name), newText: query.operation };
  const options = argument ? rewriteOptions(argument, query) : writeNew(call, query);
  if (!options) return undefined;
  return named.newText === callee.name.text ? options : [named, ...options];
}

function writeNew(call: ts.CallExpression, { sets }: RewrittenQuery): TextEdit[] {
  if (!sets || sets.size === 0) return [];
  const at = call.end - 1;
  const { text } = call.getSourceFile();
  return [{ range: { start: at, end: at }, newText: writeObject(text, at, propertiesOf(sets)) }];
}

function rewriteOptions(
  object: ts.ObjectLiteralExpression,
  { keeps, sets = new Map() }: RewrittenQuery,
): TextEdit[] | undefined {
  const { text } = object.getSourceFile();
  const stays: { text: string; changed: boolean; node: ts.ObjectLiteralElementLike }[] = [];
  for (const property of object.properties) {
    const name = property.name && propertyName(property.name);
    if (name === undefined) return undefined;
    const value = sets.get(name);
    if (value !== undefined) stays.push({ text: `${name}: ${value}`, changed: true, node: property });
    else if (keeps(name)) stays.push({ text: property.getText(), changed: false, node: property });
  }
  const added = propertiesOf(new Map([...sets].filter(([name]) => !findProperty(object, name))));
  const isAsItWas = stays.length === object.properties.length && added.length === 0;
  if (isAsItWas && stays.every(({ changed }) => !changed)) return [];
  if (
    hasComments(
      object,
      stays.flatMap(({ changed, node }) => (changed ? [] : [node])),
    )
  )
    return undefined;
  const all = [...stays.map((property) => property.text), ...added];
  const range = rangeOf(object);
  if (all.length === 0) return [{ range, newText: '' }];
  const first = object.properties[0];
  const isSpread = first !== undefined && /\n/.test(text.slice(range.start, first.getStart()));
  const style = readCodeStyle(text);
  const line = `{ ${all.join(', ')} }`;
  if (!isSpread && (/\n/.test(line) || lineWithout(text, range) + line.length <= style.lineWidth))
    return [{ range, newText: line }];
  const own = indentAt(text, isSpread ? object.end - 1 : range.start);
  const indent = isSpread ? indentAt(text, first.getStart()) : own + style.indent;
  const comma = (isSpread ? object.properties.hasTrailingComma : style.trailingCommas) ? ',' : '';
  const { newline } = style;
  const lines = all.map((one) => indent + one).join(`,${newline}`);
  return [{ range, newText: `{${newline}${lines}${comma}${newline}${own}}` }];
}

/** The length of the line without a part of it. */
function lineWithout(text: string, { start, end }: Range): number {
  const lineEnd = text.indexOf('\n', end);
  return (lineEnd < 0 ? text.length : lineEnd) - (text.lastIndexOf('\n', start - 1) + 1) - (end - start);
}

/** True if a comment stands outside the properties that stay as they are. */
function hasComments(object: ts.ObjectLiteralExpression, kept: readonly ts.Node[]): boolean {
  const { text } = object.getSourceFile();
  let gaps = '';
  let from = object.getStart();
  for (const node of kept) {
    gaps += text.slice(from, node.getStart());
    from = node.end;
  }
  // A text may look like a comment: `'https://…'`. Then the fix is not offered either.
  return /\/\/|\/\*/.test(gaps + text.slice(from, object.end));
}

function propertiesOf(sets: ReadonlyMap<string, string>): string[] {
  return [...sets].map(([name, value]) => `${name}: ${value}`);
}
