import ts from 'typescript';
import { boundIdentifiers, isReference, isWithin } from '../syntax/typescript/nodes';
import type { Range } from '../text/range';
import type { TextEdit } from '../text/textEdit';
import type { LoopSite } from './loopSite';
import { commentsOf, startsLine } from './movedText';

/**
 * `const settings = await …;` as a statement of its own in the loop's body, with a name the outside does not use; or
 * `const { rate } = await …;`, with such names.
 */
export function ownDeclaration({ rows, tables }: LoopSite): ts.VariableStatement | undefined {
  const declared = constantOf(rows);
  if (!declared || !isPlainPattern(declared.name)) return undefined;
  const isOwn = boundIdentifiers(declared.name).every((name) => {
    const binding = tables.scopes.lookup(name.text, name);
    const uses = tables.named(name.text).filter(isReference);
    return uses.every((use) => tables.scopes.lookup(use.text, use) === binding);
  });
  return isOwn ? declared.statement : undefined;
}

/** `{ name, sku: code }`: nothing is worked out, and no object made, where it is taken apart. */
function isPlainPattern(name: ts.BindingName): boolean {
  if (ts.isIdentifier(name)) return true;
  if (!ts.isObjectBindingPattern(name)) return false;
  return name.elements.every(
    ({ name: local, propertyName, initializer, dotDotDotToken }) =>
      ts.isIdentifier(local) &&
      !initializer &&
      !dotDotDotToken &&
      (propertyName === undefined || ts.isIdentifier(propertyName)),
  );
}

/** The same, with a name that may as well be bound where the loop binds its element. */
export function declarationOfRound({ rows, loop, tables }: LoopSite): ts.VariableStatement | undefined {
  const declared = constantOf(rows);
  if (!declared || !ts.isIdentifier(declared.name)) return undefined;
  const { name, statement } = declared;
  const block = statement.parent;
  const isOfRound = block.parent === loop || (ts.isCallExpression(loop) && block.parent.parent === loop);
  const isFree = tables.named(name.text).every((use) => !isWithin(use, loop) || isWithin(use, block));
  return isOfRound && isFree ? statement : undefined;
}

/** The statement that declares a constant for rows, and nothing else. */
function constantOf({
  parent,
}: ts.Expression): { readonly name: ts.BindingName; readonly statement: ts.VariableStatement } | undefined {
  if (!ts.isVariableDeclaration(parent)) return undefined;
  const statement = parent.parent.parent;
  if (!ts.isVariableStatement(statement) || statement.declarationList.declarations.length > 1) return undefined;
  const isConstant = (statement.declarationList.flags & ts.NodeFlags.Const) !== 0;
  return isConstant ? { name: parent.name, statement } : undefined;
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
