import ts from 'typescript';
import type { EitherWrite } from '../syntax/typescript/eitherWrites';
import { rangeOf } from '../syntax/typescript/nodes';
import type { Tables } from '../syntax/typescript/tables';
import type { WriteArm } from '../syntax/typescript/writeArms';
import type { Range } from '../text/range';
import type { TextEdit } from '../text/textEdit';
import { type CodeStyle, indentAt, readCodeStyle } from './codeStyle';
import { commentsOf, losesComment, textIndentedAs } from './movedText';
import { upsertPlace } from './upsertPlace';

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
  const { replaced, removed, head } = upsertPlace(site, tables);
  const comments = options.map(({ arm }) => (arm ? commentsAbove(arm.node, file) : []));
  const kept = [...options.map(({ value }) => rangeOf(value)), ...comments.flat()];
  const dropped = [replaced, ...removed.map(({ code }) => code)];
  if (dropped.some((range) => losesComment(text, range, kept))) return undefined;
  if (comments.flat().some((range) => /@ts-/.test(text.slice(range.start, range.end)))) return undefined;

  const indent = indentAt(text, replaced.start);
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
  const found = site.declaration?.parent.parent;
  const said = found && ts.isVariableStatement(found) ? tellsOfLookUp(found, file) : undefined;
  return [
    ...removed.map(({ lines: range }) => ({ range, newText: '' })),
    ...(said && said.end <= replaced.start && removed.length === 0 ? [{ range: said, newText: '' }] : []),
    ...movedComments(
      removed.flatMap(({ above }) => above.filter(({ start }) => start !== said?.start)),
      site.choice,
      file,
      style,
    ),
    { range: replaced, newText: isShort ? one : many },
  ];
}

/** `// First, check if there is one already`: where that is all a comment says of a find, it goes with it, to the find's start. */
function tellsOfLookUp(find: ts.Statement, file: ts.SourceFile): Range | undefined {
  const [only, ...others] = commentsOf(file, find, false).above;
  const isAlone = only && others.length === 0 && LOOK_UP.test(file.text.slice(only.start, only.end));
  return isAlone ? { start: only.start, end: find.getStart() } : undefined;
}

const LOOK_UP =
  /^\/\/\s*(?:first,?\s+)?(?:try to\s+)?(?:find|get|fetch|see if|look (?:up|for)|check (?:if|whether|for))\b.*\b(?:existing|already|exists?)\b/i;

/** What was said above the find is said above the upsert. */
function movedComments(
  above: readonly Range[],
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
