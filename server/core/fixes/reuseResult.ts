import ts from 'typescript';
import type { Query } from '../model/queries/query';
import type { Fix } from '../rules/rule';
import { leaves } from '../syntax/typescript/jumps';
import { isReference, rangeOf } from '../syntax/typescript/nodes';
import type { Binding } from '../syntax/typescript/scopes';
import type { Tables } from '../syntax/typescript/tables';
import type { Range } from '../text/range';
import type { TextEdit } from '../text/textEdit';
import { commentsOf, holdsComment, startsLine } from './movedText';
import { nodeAt, openFile } from './nodeAt';
import type { Sources } from './sources';

/**
 * Puts the name that holds the first answer in the place of the second question; undefined where the first has no
 * name that still holds it, or the rows that it holds are changed.
 */
export function reuseResult(query: Query, first: Query, sources: Sources): Fix | undefined {
  const open = openFile(query.file, sources);
  if (!open) return undefined;
  const { tables } = open;
  const second = nodeAt(tables.file, query.call.range, ts.isCallExpression)?.parent;
  const held = nameOf(nodeAt(tables.file, first.call.range, ts.isCallExpression)?.parent, tables);
  if (!held || !second || !ts.isAwaitExpression(second)) return undefined;
  if (tables.scopes.lookup(held.name, second) !== held && !isOwnShadow(held, second, tables)) return undefined;
  if (isKnownToBeMissing(held, second, tables)) return undefined;
  const edits = renamedDeclaration(second, held, tables) ?? replacedRead(second, held, tables);
  if (!edits) return undefined;
  return {
    title: `Use \`${held.name}\`, which holds the answer (also if another request has changed it since)`,
    kind: 'suggestion',
    edits: [{ file: query.file, edits }],
  };
}

/** The name that an awaited read is bound to, if it always holds the rows as they were read. */
function nameOf(awaited: ts.Node | undefined, { scopes }: Tables): Binding | undefined {
  const declaration = awaited?.parent;
  if (!declaration || !ts.isVariableDeclaration(declaration) || !ts.isIdentifier(declaration.name)) return undefined;
  if (declaration.initializer !== awaited || declaration.type) return undefined;
  const binding = scopes.lookup(declaration.name.text, declaration);
  return binding && isUnchanged(binding) ? binding : undefined;
}

function isUnchanged({ writes, memberWrites, mutations }: Binding): boolean {
  return writes.length + memberWrites.length + mutations.length === 0;
}

/** `if (user) return user;` before it: what goes on has no row, and a compiler knows it. */
function isKnownToBeMissing(held: Binding, second: ts.Node, { ofKind, scopes }: Tables): boolean {
  return ofKind(ts.SyntaxKind.IfStatement).some(({ expression, thenStatement, end }) => {
    const asked = ts.isBinaryExpression(expression) ? expression.left : expression;
    const asksForRow =
      !ts.isBinaryExpression(expression) || /^!==?$/.test(expression.operatorToken.getText(second.getSourceFile()));
    if (!ts.isIdentifier(asked) || !asksForRow || scopes.lookup(asked.text, asked) !== held) return false;
    return end <= second.pos && leaves(thenStatement);
  });
}

/** `const user = await …` in an inner block, where the outer `user` holds the answer. */
function isOwnShadow(held: Binding, second: ts.AwaitExpression, { scopes }: Tables): boolean {
  const declaration = second.parent;
  if (!ts.isVariableDeclaration(declaration) || declaration.name.getText() !== held.name) return false;
  const shadow = scopes.lookup(held.name, second);
  return shadow?.declaration === declaration && scopes.lookup(held.name, shadow.scope.parent) === held;
}

/** Takes the second declaration away, and calls what it named by the first name. */
function renamedDeclaration(second: ts.AwaitExpression, held: Binding, tables: Tables): TextEdit[] | undefined {
  const own = nameOf(second, tables);
  const statement = own?.declaration.parent.parent;
  if (!own || !statement || !ts.isVariableStatement(statement) || statement.modifiers) return undefined;
  if (statement.declarationList.declarations.length !== 1) return undefined;
  const lines = linesOf(statement, tables.file);
  if (!lines) return undefined;
  const uses = tables
    .named(own.name)
    .filter((use) => use.parent !== own.declaration && isReference(use) && tables.scopes.lookup(use.text, use) === own);
  if (own.name === held.name) return [{ range: lines, newText: '' }];
  if (uses.some((use) => tables.scopes.lookup(held.name, use) !== held)) return undefined;
  const renamed = uses.map((use) => ({
    range: rangeOf(use),
    newText: ts.isShorthandPropertyAssignment(use.parent) ? `${own.name}: ${held.name}` : held.name,
  }));
  return [{ range: lines, newText: '' }, ...renamed];
}

/** The lines that a statement has for itself; undefined where a comment goes with it. */
function linesOf(statement: ts.Statement, file: ts.SourceFile): Range | undefined {
  const { text } = file;
  const { above, behind } = commentsOf(file, statement, false);
  const start = statement.getStart();
  if (above.length + behind.length > 0 || holdsComment(text, rangeOf(statement)) || !startsLine(text, start)) {
    return undefined;
  }
  const rest = /^[ \t]*\r?\n/.exec(text.slice(statement.end, statement.end + 400))?.[0];
  if (rest === undefined) return undefined;
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const end = statement.end + rest.length;
  const before = /\{[ \t]*\r?\n$|\n[ \t]*\r?\n$/.test(text.slice(Math.max(0, lineStart - 200), lineStart));
  const blank = before ? (/^[ \t]*\r?\n/.exec(text.slice(end, end + 200))?.[0].length ?? 0) : 0;
  return { start: lineStart, end: end + blank };
}

function replacedRead(second: ts.AwaitExpression, held: Binding, tables: Tables): TextEdit[] | undefined {
  if (tables.scopes.lookup(held.name, second) !== held) return undefined;
  const { parent } = second;
  const whole = ts.isParenthesizedExpression(parent) ? parent : second;
  if (holdsComment(tables.file.text, rangeOf(whole))) return undefined;
  // What it is bound to may be changed: then both names would show the change.
  if (ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name)) {
    const own = tables.scopes.lookup(parent.name.text, parent);
    if (!own || !isUnchanged({ ...own, writes: [] })) return undefined;
  }
  return [{ range: rangeOf(whole), newText: held.name }];
}
