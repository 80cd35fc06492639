import ts from 'typescript';
import { lineEnd, lineStart } from '../text/lines';
import type { Range } from '../text/range';
import type { TextEdit } from '../text/textEdit';
import { nodeAt } from './nodeAt';
import { removeProperty } from './removeProperty';

/**
 * Returns the edits that take an entry of an object literal, or a statement, out of a file: with its line, its comma,
 * and the comment that is about nothing else. `range` is that of the node; undefined where no such node is there.
 */
export function removeEntry(tree: ts.SourceFile, range: Range): readonly TextEdit[] | undefined {
  const { text } = tree;
  const entry = nodeAt(tree, range, isEntry);
  if (!entry) return undefined;
  const comma = ts.isPropertyAssignment(entry) ? /^\s*,/.exec(text.slice(range.end))?.[0].length : undefined;
  const end = range.end + (comma ?? 0);
  const isAlone =
    /^[ \t]*$/.test(text.slice(lineStart(text, range.start), range.start)) &&
    /^[ \t]*(?:\/\/.*)?\r?$/.test(text.slice(end, lineEnd(text, end)));
  if (!isAlone) return ts.isPropertyAssignment(entry) ? [removeProperty(entry)] : [removed(range)];
  const lines = { start: commentStart(text, entry, end), end: Math.min(lineEnd(text, end) + 1, text.length) };
  return [...(comma === undefined ? commaBefore(entry) : []), removed(lines)];
}

function isEntry(node: ts.Node): node is ts.PropertyAssignment | ts.ExpressionStatement {
  return ts.isPropertyAssignment(node) || ts.isExpressionStatement(node);
}

/** Where the lines begin that go: with the comment right above, unless it may be about what follows as well. */
function commentStart(text: string, entry: ts.PropertyAssignment | ts.ExpressionStatement, end: number): number {
  const own = lineStart(text, entry.getStart());
  const comments = ts.getLeadingCommentRanges(text, entry.pos) ?? [];
  let start = own;
  for (const { pos, end: commentEnd } of [...comments].reverse()) {
    const begins = lineStart(text, pos);
    const standsAlone =
      /^[ \t]*$/.test(text.slice(begins, pos)) && /^[ \t]*\r?\n[ \t]*$/.test(text.slice(commentEnd, start));
    if (!standsAlone) break;
    start = begins;
  }
  const next = text.slice(lineEnd(text, end) + 1).split('\n', 1)[0] ?? '';
  const isAboutMore = !/^\s*(?:$|[})/]|return\b)/.test(next) && !mentions(text.slice(start, own), entry);
  return isAboutMore ? own : start;
}

/** True if a comment names the entry: `// swcMinify is stable now`, `// use the SWC minifier`. */
function mentions(comment: string, entry: ts.PropertyAssignment | ts.ExpressionStatement): boolean {
  const name = /(\w+)\s*[:=]/.exec(entry.getText())?.[1] ?? '';
  return name.split(/(?=[A-Z])/).some((word) => comment.toLowerCase().includes(word.toLowerCase()));
}

/** The comma that the entry before would be left with, in a file that writes none behind the last one. */
function commaBefore(entry: ts.Node): readonly TextEdit[] {
  if (!ts.isPropertyAssignment(entry)) return [];
  const { properties } = entry.parent;
  const previous = properties[properties.indexOf(entry) - 1];
  if (!previous) return [];
  const comma = /^\s*,/.exec(entry.getSourceFile().text.slice(previous.end))?.[0].length;
  return comma === undefined ? [] : [removed({ start: previous.end, end: previous.end + comma })];
}

function removed(range: Range): TextEdit {
  return { range, newText: '' };
}
