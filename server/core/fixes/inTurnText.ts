import ts from 'typescript';
import type { Range } from '../text/range';
import { type CodeStyle, indentAt } from './codeStyle';
import { holdsComment, startsLine, textIndentedAs, textWithout } from './movedText';

/** One element of a list, and what is to take its result: `const user = `. */
export interface TurnElement {
  readonly node: ts.Expression;
  readonly head?: string;
}

interface Comments {
  readonly above: readonly Range[];
  readonly behind: readonly Range[];
}

/**
 * The awaiting statements, one for each element of the list that `statement` awaits, in its place. Undefined
 * where a comment would be lost.
 */
export function statementsInTurn(
  tree: ts.SourceFile,
  statement: ts.Statement,
  elements: readonly TurnElement[],
  style: CodeStyle,
): string | undefined {
  const { text } = tree;
  const comments = elements.map(({ node }, index) => commentsOf(text, node, index === elements.length - 1));
  const kept = elements.flatMap(({ node }, index) => {
    const own = comments[index];
    return [...(own?.above ?? []), { start: node.getStart(), end: node.end }, ...(own?.behind ?? [])];
  });
  const whole = { start: statement.getStart(), end: statement.end };
  const rest = textWithout(text, whole, kept);
  if (!startsLine(text, whole.start) || holdsComment(rest, { start: 0, end: rest.length })) return undefined;
  const indent = indentAt(text, whole.start);
  const lines = elements.flatMap(({ node, head = '' }, index) => {
    const { above = [], behind = [] } = comments[index] ?? {};
    const start = `${head}await `;
    const line = `${start}${written(tree, node, indent, start.length, style)}${style.semicolons ? ';' : ''}`;
    const textOf = ({ start: from, end }: Range) => text.slice(from, end);
    return [...above.map(textOf), [line, ...behind.map(textOf)].join(' ')];
  });
  return lines.join(style.newline + indent);
}

/** Comments above an element, and behind it and its comma on its line. */
function commentsOf(text: string, node: ts.Expression, isLast: boolean): Comments {
  const comma = /^\s*,/.exec(text.slice(node.end, node.end + 200))?.[0].length ?? 0;
  const after = node.end + comma;
  const toRanges = (found: readonly ts.CommentRange[] | undefined) =>
    (found ?? []).map(({ pos, end }) => ({ start: pos, end }));
  const above = toRanges(ts.getLeadingCommentRanges(text, node.pos));
  const behind = toRanges(ts.getTrailingCommentRanges(text, after));
  // Before a comma, or on the line where the next one begins, it may belong to either.
  return {
    above,
    behind: isLast || behind.every(({ end }) => /^[ \t]*\r?\n/.test(text.slice(end, end + 80))) ? behind : [],
  };
}

/** The element as it was; where it gets too long for a line, the parts of its object on lines of their own. */
function written(tree: ts.SourceFile, node: ts.Expression, indent: string, before: number, style: CodeStyle): string {
  const range = { start: node.getStart(), end: node.end };
  const asItWas = textIndentedAs(tree, range, indent);
  const isLong = indent.length + before + asItWas.length + 1 > style.lineWidth;
  const object = ts.isCallExpression(node) ? node.arguments[0] : undefined;
  if (asItWas.includes('\n') || !isLong || !object || !ts.isObjectLiteralExpression(object)) return asItWas;
  if (object.properties.length === 0) return asItWas;
  const inner = indent + style.indent;
  const properties = object.properties.map((property) => `${inner}${property.getText()}`);
  const list = properties.join(`,${style.newline}`) + (style.trailingCommas ? ',' : '');
  const head = tree.text.slice(range.start, object.getStart());
  return `${head}{${style.newline}${list}${style.newline}${indent}}${tree.text.slice(object.end, range.end)}`;
}
