import ts from 'typescript';
import { propertyName } from '../syntax/typescript/nodes';
import { indentAt } from './codeStyle';
import { findProperty } from './objectLiteral';
import { objectText, type WhereProperty, withAlso } from './rowsWhere';

/**
 * Returns the `where` of a query with some more properties in it, in its own layout. Undefined where it is not
 * written there as a plain literal, or asks with `AND` already.
 */
export function mergedWhere(call: ts.CallExpression, more: readonly WhereProperty[]): string | undefined {
  const [options] = call.arguments;
  if (!options) return objectText(more);
  if (!ts.isObjectLiteralExpression(options)) return undefined;
  const where = findProperty(options, 'where');
  if (!where) return objectText(more);
  if (!ts.isPropertyAssignment(where) || !ts.isObjectLiteralExpression(where.initializer)) return undefined;
  const object = where.initializer;
  if (object.properties.some((property) => !property.name || ts.isComputedPropertyName(property.name)))
    return undefined;
  const asked = new Set(object.properties.map(({ name }) => name && propertyName(name)));
  const again = more.filter(({ key }) => asked.has(key));
  if (again.length > 0 && asked.has('AND')) return undefined;
  const added = more.filter(({ key }) => !asked.has(key));
  return withProperties(
    object,
    withAlso(
      added,
      again.map((one) => objectText([one])),
    ).map(({ text }) => text),
  );
}

function withProperties(object: ts.ObjectLiteralExpression, added: readonly string[]): string | undefined {
  const { text } = object.getSourceFile();
  const { properties } = object;
  const last = properties.at(-1);
  if (!last) return `{ ${added.join(', ')} }`;
  const isSpread = /\n/.test(text.slice(object.getStart(), properties[0]?.getStart()));
  const tail = text.slice(last.end, object.end);
  if (/\/\/|\/\*/.test(tail)) return undefined;
  const before = text.slice(object.getStart(), last.end);
  if (!isSpread) return `${before}, ${added.join(', ')} }`;
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const indent = newline + indentAt(text, last.getStart());
  const comma = properties.hasTrailingComma ? ',' : '';
  return `${before},${indent}${added.join(`,${indent}`)}${comma}${newline}${indentAt(text, object.end - 1)}}`;
}
