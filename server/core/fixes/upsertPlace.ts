import ts from 'typescript';
import type { EitherWrite } from '../syntax/typescript/eitherWrites';
import { isReference, rangeOf } from '../syntax/typescript/nodes';
import type { Tables } from '../syntax/typescript/tables';
import type { Range } from '../text/range';
import { commentsOf, startsLine } from './movedText';

/** Where an upsert goes, and what goes away for it. */
export interface UpsertPlace {
  readonly replaced: Range;
  /** Statements that are of no more use, if others stand between them and the choice. */
  readonly removed: readonly RemovedStatement[];
  /** What stands before the call: `return await `, `const row = await `. */
  readonly head: string;
}

export interface RemovedStatement {
  readonly code: Range;
  readonly lines: Range;
  /** The comments above it. */
  readonly above: readonly Range[];
}

/** Returns where the upsert goes: in the place of the choice, and of the declarations right before it that only served it. */
export function upsertPlace(site: EitherWrite, tables: Tables): UpsertPlace {
  const { choice, rest } = site;
  const unset = unsetName(site, tables);
  const head = headOf(site, unset, tables);
  const obsolete = [site.declaration?.parent.parent, unset?.parent.parent].filter(
    (statement) => statement !== undefined && ts.isVariableStatement(statement),
  );
  const isObsolete = (statement: ts.Node) => obsolete.some((one) => one === statement);
  const replaced = { ...wholeChoice(site), end: rest.at(-1)?.end ?? wholeChoice(site).end };
  const siblings: readonly ts.Node[] =
    ts.isBlock(choice.parent) || ts.isSourceFile(choice.parent) ? choice.parent.statements : [];
  let index = siblings.indexOf(choice);
  for (let before = siblings[index - 1]; before && isObsolete(before); before = siblings[index - 1]) {
    replaced.start = before.getStart();
    index -= 1;
  }
  const removed = obsolete
    .filter((statement) => statement.getStart() < replaced.start)
    .map((statement) => removedStatement(statement, tables.file));
  return { replaced, removed, head };
}

/** The choice, of a conditional expression with the parentheses that only hold it together. */
function wholeChoice({ choice, found }: EitherWrite): { start: number; end: number } {
  const { parent } = choice;
  if (ts.isIfStatement(choice) || !ts.isParenthesizedExpression(parent)) return rangeOf(choice);
  // `(await write()).id`, `(await write()) as Row`
  const { parent: outer } = parent;
  const isOperand = ts.isPropertyAccessExpression(outer) || ts.isAsExpression(outer) || ts.isNonNullExpression(outer);
  return !isOperand && (ts.isAwaitExpression(outer) || found.awaited) ? rangeOf(parent) : rangeOf(choice);
}

/** `let row: Row;`, in the same block, that only the two writes give a value to. */
function unsetName(
  { found, choice, keepsName }: EitherWrite,
  { file, scopes, named }: Tables,
): ts.VariableDeclaration | undefined {
  const { target } = found;
  const binding = target && ts.isIdentifier(target) ? scopes.lookup(target.text, target) : undefined;
  const declaration = binding?.declaration;
  if (keepsName || binding?.writes.length !== 2 || !declaration || !ts.isVariableDeclaration(declaration))
    return undefined;
  const list = declaration.parent;
  const statement = list.parent;
  if (declaration.initializer || !ts.isVariableDeclarationList(list) || !ts.isVariableStatement(statement))
    return undefined;
  if (list.declarations.length !== 1 || statement.parent !== choice.parent || statement.modifiers) return undefined;
  const { above, behind } = commentsOf(file, statement, false);
  if (above.length + behind.length > 0) return undefined;
  const isEarly = named(binding.name).some(
    (use) =>
      use !== declaration.name && isReference(use) && use.pos < choice.pos && scopes.lookup(use.text, use) === binding,
  );
  return isEarly ? undefined : declaration;
}

function headOf(
  { found, missing, keepsName, declaration }: EitherWrite,
  unset: ts.VariableDeclaration | undefined,
  { scopes }: Tables,
): string {
  const awaits = found.awaited || missing.awaited ? 'await ' : '';
  if (found.kind === 'returned') return `return ${awaits}`;
  if (found.kind !== 'assigned') return awaits;
  const target = found.target?.getText() ?? '';
  const declared = keepsName ? declaration : unset;
  if (!declared) return `${target} = ${awaits}`;
  const isLast = (scopes.lookup(target, declared)?.writes.length ?? 0) <= 2;
  const type = declared.type ? `: ${declared.type.getText()}` : '';
  return `${isLast ? 'const' : 'let'} ${target}${type} = ${awaits}`;
}

function removedStatement(statement: ts.Statement, file: ts.SourceFile): RemovedStatement {
  const { above } = commentsOf(file, statement, false);
  const code = rangeOf(statement);
  return { code, lines: wholeLines(file.text, { start: above[0]?.start ?? code.start, end: code.end }), above };
}

/** The lines of a statement, with the empty one behind it, if it has them for itself. */
function wholeLines(text: string, { start, end }: Range): Range {
  const behind = /^[ \t]*\r?\n([ \t]*\r?\n)?/.exec(text.slice(end, end + 400));
  if (!behind || !startsLine(text, start)) return { start, end };
  return { start: text.lastIndexOf('\n', start - 1) + 1, end: end + behind[0].length };
}
