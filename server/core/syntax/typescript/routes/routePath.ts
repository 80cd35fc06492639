import ts from 'typescript';
import type { Value } from '../facts';
import { rangeOf, unwrap } from '../nodes';
import type { Values } from '../values';

/** The pieces of a path as written: of a template its texts and what stands between them; of a list the first path. */
export function pathPieces(node: ts.Expression, values: Values): Value[] {
  const expression = unwrap(node);
  if (ts.isArrayLiteralExpression(expression)) {
    const [first] = expression.elements;
    return first ? pathPieces(first, values) : [];
  }
  if (!ts.isTemplateExpression(expression)) return [values.of(expression)];
  return [
    literal(expression.head.text, expression.head),
    ...expression.templateSpans.flatMap((span) => [
      values.of(span.expression),
      literal(span.literal.text, span.literal),
    ]),
  ];
}

/** A piece that was not written, or stands for a text. */
export function literal(text: string, at: ts.Node): Value {
  return { kind: 'literal', value: text, range: rangeOf(at) };
}

/** True for what can be a route's path as it is written: a text that starts with `/` or `*`, a pattern, a name. */
export function mayBePath(node: ts.Expression): boolean {
  const expression = unwrap(node);
  if (ts.isStringLiteralLike(expression)) return /^$|^[/*]/.test(expression.text);
  if (ts.isTemplateExpression(expression)) return /^$|^\//.test(expression.head.text);
  if (ts.isArrayLiteralExpression(expression)) {
    return expression.elements.length > 0 && expression.elements.every(mayBePath);
  }
  return (
    ts.isIdentifier(expression) ||
    ts.isPropertyAccessExpression(expression) ||
    expression.kind === ts.SyntaxKind.RegularExpressionLiteral
  );
}
