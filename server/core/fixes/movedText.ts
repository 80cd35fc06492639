import ts from 'typescript';
import type { Range } from '../text/range';
import { indentAt } from './codeStyle';

/** The comments that belong to a statement, each as written. */
export interface StatementComments {
  /** On the lines above. */
  readonly above: readonly Range[];
  /** At the end of its last line. */
  readonly behind: readonly Range[];
}

/** The statement that starts at an offset; undefined where none does. */
export function statementAt(tree: ts.SourceFile, start: number): ts.Statement | undefined {
  let found: ts.Statement | undefined;
  const visit = (node: ts.Node): void => {
    if (start < node.pos || start >= node.end) return;
    if (ts.isStatement(node) && !ts.isBlock(node) && node.getStart() === start) found = node;
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

/** The comments above and behind a statement; `all` of those above, else only what no blank line sets apart. */
export function commentsOf(tree: ts.SourceFile, statement: ts.Statement, all: boolean): StatementComments {
  const { text } = tree;
  const leading = (ts.getLeadingCommentRanges(text, statement.pos) ?? []).map(({ pos, end }) => ({ start: pos, end }));
  const above: Range[] = [];
  let next = statement.getStart();
  for (const comment of leading.reverse()) {
    if (!all && /\n[ \t]*\r?\n/.test(text.slice(comment.end, next))) break;
    above.unshift(comment);
    next = comment.start;
  }
  const behind = ts.getTrailingCommentRanges(text, statement.end) ?? [];
  return { above, behind: behind.map(({ pos, end }) => ({ start: pos, end })) };
}

/** True if a stretch of text holds a comment that would be lost if it were dropped. */
export function holdsComment(text: string, range: Range): boolean {
  return /\/\/|\/\*/.test(text.slice(range.start, range.end));
}

/** True if a comment stands in a stretch of text, but not in the parts of it that are kept. */
export function losesComment(text: string, range: Range, kept: readonly Range[]): boolean {
  const inOrder = [...kept].sort((a, b) => a.start - b.start);
  const dropped = textWithout(text, range, inOrder);
  return holdsComment(dropped, { start: 0, end: dropped.length });
}

/** True if nothing but blanks stands before an offset on its line. */
export function startsLine(text: string, offset: number): boolean {
  return text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset).trim() === '';
}

/** The text of a range without some parts of it. */
export function textWithout(text: string, range: Range, omitted: readonly Range[]): string {
  let result = '';
  let from = range.start;
  for (const part of omitted) {
    if (part.start < from || part.end > range.end) continue;
    result += text.slice(from, part.start);
    from = part.end;
  }
  return result + text.slice(from, range.end);
}

/**
 * The text of a range, without the parts in `omitted`, as it reads when its first line is indented by
 * `indent`. Text within templates stays.
 */
export function textIndentedAs(
  tree: ts.SourceFile,
  range: Range,
  indent: string,
  omitted: readonly Range[] = [],
): string {
  const { text } = tree;
  const from = indentAt(text, range.start);
  const fixed = templateRanges(tree, range);
  let result = '';
  let lineStart = range.start;
  for (let newline = text.indexOf('\n', lineStart); newline >= 0 && newline < range.end; ) {
    result += textWithout(text, { start: lineStart, end: newline + 1 }, omitted);
    lineStart = newline + 1;
    const start = lineStart;
    const isFixed = fixed.some((template) => template.start < start && start <= template.end);
    const isEmpty = /^\r?\n/.test(text.slice(start, start + 2));
    if (!isFixed && !isEmpty && text.startsWith(from, start)) {
      result += indent;
      lineStart += from.length;
    }
    newline = text.indexOf('\n', lineStart);
  }
  return result + textWithout(text, { start: lineStart, end: range.end }, omitted);
}

function templateRanges(tree: ts.SourceFile, within: Range): Range[] {
  const found: Range[] = [];
  const visit = (node: ts.Node): void => {
    if (node.end <= within.start || node.pos >= within.end) return;
    if (ts.isNoSubstitutionTemplateLiteral(node) || ts.isTemplateExpression(node)) {
      found.push({ start: node.getStart(), end: node.end });
    } else ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}
