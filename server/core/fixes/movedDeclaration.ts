import ts from 'typescript';
import { isReference, isWithin, rangeOf } from '../syntax/typescript/nodes';
import type { TextEdit } from '../text/textEdit';
import { commentsOf, startsLine } from './movedText';
import type { OpenFile } from './nodeAt';

/**
 * `const rows = await query; const total = rows.length;` → `const total = await query;`: returns the edits that give
 * the first name's place to the second and take its declaration away. Undefined where `value` is not all of an
 * untyped `const` of the same block, or a comment belongs to it.
 */
export function movedDeclaration(
  name: ts.Identifier,
  value: ts.Node,
  { tables, text }: OpenFile,
): TextEdit[] | undefined {
  const declaration = value.parent;
  if (!ts.isVariableDeclaration(declaration) || declaration.initializer !== value || declaration.type) return undefined;
  const list = declaration.parent;
  const statement = list.parent;
  if (!ts.isIdentifier(declaration.name) || !ts.isVariableDeclarationList(list) || !ts.isVariableStatement(statement))
    return undefined;
  if (list.declarations.length > 1 || (list.flags & ts.NodeFlags.Const) === 0 || statement.modifiers) return undefined;
  const binding = tables.scopes.lookup(name.text, name);
  const other = tables.scopes.lookup(declaration.name.text, declaration.name);
  if (!binding || !other || binding.scope !== other.scope) return undefined;
  // Between the two statements, a function may be called that uses the name: it would not be there yet.
  const named = tables
    .named(declaration.name.text)
    .filter((node) => isReference(node) && tables.scopes.lookup(node.text, node) === other);
  if (named.some((node) => node.pos < statement.pos)) return undefined;
  const { above, behind } = commentsOf(tables.file, statement, false);
  const lineEnd = text.indexOf('\n', statement.end);
  if (above.length + behind.length > 0 || lineEnd < 0 || !startsLine(text, statement.getStart())) return undefined;
  if (text.slice(statement.end, lineEnd).trim() !== '') return undefined;
  const start = text.lastIndexOf('\n', statement.getStart() - 1) + 1;
  const blank = blankLines(statement, text, start, lineEnd + 1);
  return [
    { range: rangeOf(name), newText: declaration.name.text },
    { range: { start: start - blank, end: lineEnd + 1 }, newText: '' },
  ];
}

/** The length of the empty line before a statement, where another one (or the block's end) follows it. */
function blankLines(statement: ts.Statement, text: string, start: number, end: number): number {
  const before = /\n([ \t]*\r?\n)$/.exec(text.slice(Math.max(0, start - 200), start))?.[1];
  const after = /^[ \t]*(?:\r?\n|\})/.test(text.slice(end, end + 200));
  return before !== undefined && after && !isWithin(statement.parent, statement) ? before.length : 0;
}
