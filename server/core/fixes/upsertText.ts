import ts from 'typescript';
import type { EitherWrite } from '../syntax/typescript/eitherWrites';
import { rangeOf } from '../syntax/typescript/nodes';
import type { Tables } from '../syntax/typescript/tables';
import type { WriteArm } from '../syntax/typescript/writeArms';
import type { Range } from '../text/range';
import type { TextEdit } from '../text/textEdit';
import { type CodeStyle, indentAt, readCodeStyle } from './codeStyle';
import { commentsOf, losesComment, startsLine, textIndentedAs } from './movedText';

/** An option of the upsert, and the code it is taken from. */
export interface UpsertOption {
  readonly name: string;
  readonly value: ts.Expression;
  /** The branch whose comments go along. */
  readonly arm?: WriteArm;
  /** The value's properties are written under the name of a compound key, in its order. */
  readonly compound?: { readonly name: string; readonly parts: readonly ts.ObjectLiteralElementLike[] };
}

/** Returns the edits that put the upsert in the place of find, choice and writes; undefined where a comment would be lost. */
export function writeUpsert(
  site: EitherWrite,
  owner: string,
  options: readonly UpsertOption[],
  tables: Tables,
): TextEdit[] | undefined {
  const { file } = tables;
  const { text } = file;
  const style = readCodeStyle(text);
  const place = placeOf(site, file);
  const comments = options.map(({ arm }) => (arm ? commentsAbove(arm.node, file) : []));
  const kept = [...options.map(({ value }) => rangeOf(value)), ...comments.flat()];
  const dropped = [place.replaced, ...(place.removed ? [place.removed.code] : [])];
  if (dropped.some((range) => losesComment(text, range, kept))) return undefined;
  if (comments.flat().some((range) => /@ts-/.test(text.slice(range.start, range.end)))) return undefined;

  const indent = indentAt(text, place.replaced.start);
  const head = headOf(site, tables);
  const calls = [site.find, site.found.write, site.missing.write];
  const short = comments.every((own) => own.length === 0) && calls.every((call) => !/[\r\n]/.test(call.getText()));
  const statementEnd = ts.isIfStatement(site.choice) && style.semicolons ? ';' : '';
  const one = `${head}${owner}.upsert({ ${options.map((option) => written(option, '', file, style)).join(', ')} })${statementEnd}`;
  const isShort = short && !one.includes('\n') && indent.length + one.length <= style.lineWidth;
  const inner = indent + style.indent;
  const lines = options.map((option, index) => {
    const above = (comments[index] ?? []).map((range) => textIndentedAs(file, range, inner) + style.newline + inner);
    return above.join('') + written(option, inner, file, style);
  });
  const separator = `,${style.newline}${inner}`;
  const end = `${style.trailingCommas ? ',' : ''}${style.newline}${indent}})${statementEnd}`;
  const many = `${head}${owner}.upsert({${style.newline}${inner}${lines.join(separator)}${end}`;
  const { removed, replaced } = place;
  return [
    ...(removed ? [{ range: removed.lines, newText: '' }] : []),
    ...(removed ? movedComments(removed, site.choice, file, style) : []),
    { range: replaced, newText: isShort ? one : many },
  ];
}

/** What was said above the find is said above the upsert. */
function movedComments(
  { above }: NonNullable<UpsertPlace['removed']>,
  choice: ts.Node,
  file: ts.SourceFile,
  { newline }: CodeStyle,
): TextEdit[] {
  let statement = choice;
  while (!ts.isStatement(statement)) statement = statement.parent;
  const at = statement.getStart();
  const indent = indentAt(file.text, at);
  const newText = above.map((range) => textIndentedAs(file, range, indent) + newline + indent).join('');
  return newText === '' ? [] : [{ range: { start: at, end: at }, newText }];
}

interface UpsertPlace {
  /** From the find, if it stands right before the choice, else from the choice on. */
  readonly replaced: Range;
  /** The find's statement, if other statements stand between it and the choice. */
  readonly removed?: { readonly code: Range; readonly lines: Range; readonly above: readonly Range[] };
}

function placeOf({ choice, rest, declaration, found }: EitherWrite, file: ts.SourceFile): UpsertPlace {
  const end = rest.at(-1)?.end ?? choice.end;
  const replaced = { start: choice.getStart(), end };
  if (ts.isConditionalExpression(choice)) {
    const { parent } = choice;
    // `await (row ? update() : create())`
    const isWrapped = ts.isParenthesizedExpression(parent) && (ts.isAwaitExpression(parent.parent) || found.awaited);
    if (isWrapped && !isOperand(parent)) Object.assign(replaced, rangeOf(parent));
  }
  const statement = declaration?.parent.parent;
  if (!statement || !ts.isVariableStatement(statement)) return { replaced };
  const siblings: readonly ts.Statement[] =
    ts.isBlock(statement.parent) || ts.isSourceFile(statement.parent) ? statement.parent.statements : [];
  if (ts.isIfStatement(choice) && siblings[siblings.indexOf(statement) + 1] === choice) {
    return { replaced: { start: statement.getStart(), end } };
  }
  const { above } = commentsOf(file, statement, false);
  const code = { start: statement.getStart(), end: statement.end };
  const lines = wholeLines(file.text, { start: above[0]?.start ?? code.start, end: code.end });
  return { replaced, removed: { code, lines, above } };
}

/** `(await write()).id`, `(await write()) as Row` */
function isOperand({ parent }: ts.ParenthesizedExpression): boolean {
  return ts.isPropertyAccessExpression(parent) || ts.isAsExpression(parent) || ts.isNonNullExpression(parent);
}

/** The lines of a statement, with the empty one behind it, if it has them for itself. */
function wholeLines(text: string, { start, end }: Range): Range {
  const behind = /^[ \t]*\r?\n([ \t]*\r?\n)?/.exec(text.slice(end, end + 400));
  if (!behind || !startsLine(text, start)) return { start, end };
  return { start: text.lastIndexOf('\n', start - 1) + 1, end: end + behind[0].length };
}

/** What stands before the call: `return await `, `const row = await `. */
function headOf({ found, missing, keepsName, declaration }: EitherWrite, { scopes }: Tables): string {
  const awaits = found.awaited || missing.awaited ? 'await ' : '';
  switch (found.kind) {
    case 'returned':
      return `return ${awaits}`;
    case 'assigned': {
      const target = found.target?.getText() ?? '';
      if (!keepsName || !declaration) return `${target} = ${awaits}`;
      const isLast = (scopes.lookup(target, declaration)?.writes.length ?? 0) <= 2;
      const type = declaration.type ? `: ${declaration.type.getText()}` : '';
      return `${isLast ? 'const' : 'let'} ${target}${type} = ${awaits}`;
    }
    default:
      return awaits;
  }
}

function written(
  { name, value, compound }: UpsertOption,
  indent: string,
  file: ts.SourceFile,
  style: CodeStyle,
): string {
  if (compound) return `${name}: ${compoundText(compound, `${indent}${name}: `, indent, style)}`;
  if (ts.isIdentifier(value) && value.text === name) return name;
  return `${name}: ${textIndentedAs(file, rangeOf(value), indent)}`;
}

function compoundText(
  { name, parts }: NonNullable<UpsertOption['compound']>,
  before: string,
  indent: string,
  { lineWidth, newline, indent: step, trailingCommas }: CodeStyle,
): string {
  const texts = parts.map((part) => part.getText());
  const line = `{ ${name}: { ${texts.join(', ')} } }`;
  if (before.length + line.length < lineWidth) return line;
  const comma = trailingCommas ? ',' : '';
  const [one, two] = [`${newline}${indent}${step}`, `${newline}${indent}${step}${step}`];
  return `{${one}${name}: {${two}${texts.join(`,${two}`)}${comma}${one}}${comma}${newline}${indent}}`;
}

/** The comments on the lines above a branch's write. */
function commentsAbove(node: ts.Node, file: ts.SourceFile): readonly Range[] {
  return (ts.getLeadingCommentRanges(file.text, node.pos) ?? []).map(({ pos, end }) => ({ start: pos, end }));
}
