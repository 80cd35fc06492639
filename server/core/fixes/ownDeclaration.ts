import ts from 'typescript';
import type { Range } from '../text/range';
import type { TextEdit } from '../text/textEdit';
import type { LoopSite } from './loopSite';
import { commentsOf, startsLine } from './movedText';

/** `const settings = await …;` as a statement of its own in the loop's body, with a name the outside does not use. */
export function ownDeclaration({ rows, tables }: LoopSite): ts.VariableStatement | undefined {
  const { parent } = rows;
  const statement = ts.isVariableDeclaration(parent) ? parent.parent.parent : undefined;
  if (!statement || !ts.isVariableStatement(statement) || statement.declarationList.declarations.length > 1)
    return undefined;
  if ((statement.declarationList.flags & ts.NodeFlags.Const) === 0 || !ts.isVariableDeclaration(parent))
    return undefined;
  if (!ts.isIdentifier(parent.name)) return undefined;
  const binding = tables.scopes.lookup(parent.name.text, parent.name);
  const uses = tables.named(parent.name.text);
  const isDeclaredOnce = uses.filter(({ parent: node }) => ts.isVariableDeclaration(node)).length === 1;
  return isDeclaredOnce && uses.every((use) => tables.scopes.lookup(use.text, use) === binding) ? statement : undefined;
}

/** Takes a statement off its lines; undefined where comments belong to it, or something else shares its lines. */
export function removeStatement(statement: ts.Statement, { text, tables }: LoopSite): TextEdit | undefined {
  const { above, behind } = commentsOf(tables.file, statement, false);
  if (above.length + behind.length > 0) return undefined;
  return removeLines({ start: statement.getStart(), end: statement.end }, statement, text);
}

/** Takes the lines of a statement away, from its comments above to those behind; undefined where others share them. */
export function removeLines({ start, end }: Range, statement: ts.Statement, text: string): TextEdit | undefined {
  if (!startsLine(text, start)) return undefined;
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const lineEnd = text.indexOf('\n', end);
  if (lineEnd < 0 || text.slice(end, lineEnd).trim() !== '') return undefined;
  const next = lineEnd + 1;
  return { range: { start: lineStart, end: next + blankLineAfter(statement, text, next) }, newText: '' };
}

/** The length of the empty line that would stand first in a block once its first statement has gone. */
function blankLineAfter(statement: ts.Statement, text: string, next: number): number {
  const isFirst = ts.isBlock(statement.parent) && statement.parent.statements[0] === statement;
  return isFirst ? (/^[ \t]*\r?\n/.exec(text.slice(next, next + 200))?.[0].length ?? 0) : 0;
}
