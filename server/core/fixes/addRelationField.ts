import type { Model } from '../model/schemas/schema';
import type { FieldFact } from '../syntax/prisma/facts';
import { insertion, lineEnd, lineStart } from '../text/lines';
import type { TextEdit } from '../text/textEdit';

/** A field as it is to be written. */
export interface FieldRow {
  readonly name: string;
  readonly type: string;
  /** What follows the type; empty for nothing. */
  readonly rest: string;
}

/** Where a field is to stand. */
export interface FieldPlace {
  readonly beside: FieldFact;
  readonly side: 'before' | 'after';
}

/**
 * Returns the edits that write a new field beside another one of the model, in line with its paragraph: where
 * that is aligned in columns, as `prisma format` does, it stays so. `text` is the text of the model's file.
 * Undefined where the other field shares its line with something else.
 */
export function addField(
  text: string,
  model: Model,
  row: FieldRow,
  { beside, side }: FieldPlace,
): TextEdit[] | undefined {
  const start = lineStart(text, beside.range.start);
  const end = lineEnd(text, beside.range.end);
  const indent = text.slice(start, beside.range.start);
  const behind = text.slice(beside.range.end, end);
  if (indent.trim() !== '' || !/^\s*(?:\/\/.*)?$/.test(behind.trimEnd())) return undefined;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const rows = paragraphOf(text, model, beside).map((field) => readRow(text, field));
  const isAligned = rows.every((one) => isInColumns(one, columnsOf(rows)));
  const columns = isAligned ? columnsOf([...rows, row]) : columnsBeside(readRow(text, beside), row);
  const written = indent + writeRow(row, columns);
  const added =
    side === 'before'
      ? insertion(start, written + eol)
      : insertion(beside.range.end + behind.trimEnd().length, eol + written);
  return [added, ...(isAligned ? rows.flatMap((one) => realigned(one, columns)) : [])];
}

interface WrittenRow extends FieldRow {
  /** Where the name ends, and the blanks behind it. */
  readonly nameEnd: number;
  readonly nameGap: string;
  readonly typeEnd: number;
  readonly typeGap: string;
}

interface Columns {
  readonly name: number;
  readonly type: number;
}

/** The fields that no blank line parts from this one, in their order; comments part nothing. */
function paragraphOf(text: string, model: Model, field: FieldFact): readonly FieldFact[] {
  const { fields } = model.fact;
  const position = fields.indexOf(field);
  const isParted = (index: number) => {
    const [above, below] = [fields[index - 1], fields[index]];
    return !above || !below || /\n[ \t\r]*\n/.test(text.slice(above.range.end, below.range.start));
  };
  let [from, to] = [position, position + 1];
  while (!isParted(from)) from--;
  while (!isParted(to)) to++;
  return fields.slice(from, to);
}

function readRow(text: string, field: FieldFact): WrittenRow {
  const nameEnd = field.nameRange.end;
  const head = text.slice(nameEnd, field.attributes[0]?.range.start ?? field.range.end);
  const type = head.trim();
  const typeStart = nameEnd + head.length - head.trimStart().length;
  const typeEnd = typeStart + type.length;
  const tail = text.slice(typeEnd, lineEnd(text, field.range.end));
  const rest = tail.trim();
  const typeGap = rest === '' ? '' : tail.slice(0, tail.length - tail.trimStart().length);
  return { name: field.name, type, rest, nameEnd, nameGap: text.slice(nameEnd, typeStart), typeEnd, typeGap };
}

function columnsOf(rows: readonly FieldRow[]): Columns {
  return {
    name: Math.max(...rows.map(({ name }) => name.length)),
    type: Math.max(...rows.map(({ type }) => type.length)),
  };
}

/** Where the other row's columns begin, as far as the new row's words leave room. */
function columnsBeside(other: WrittenRow, row: FieldRow): Columns {
  const type = other.rest === '' ? 0 : other.type.length + other.typeGap.length - 1;
  return {
    name: Math.max(row.name.length, other.name.length + other.nameGap.length - 1),
    type: Math.max(row.type.length, type),
  };
}

function isInColumns(row: WrittenRow, columns: Columns): boolean {
  return realigned(row, columns).length === 0;
}

/** The edits that move a row's type, and what follows it, to where the columns begin. */
function realigned(row: WrittenRow, columns: Columns): TextEdit[] {
  const nameGap = gap(row.name, columns.name);
  const typeGap = row.rest === '' ? '' : gap(row.type, columns.type);
  const edits: TextEdit[] = [];
  if (nameGap !== row.nameGap) {
    edits.push({ range: { start: row.nameEnd, end: row.nameEnd + row.nameGap.length }, newText: nameGap });
  }
  if (typeGap !== row.typeGap) {
    edits.push({ range: { start: row.typeEnd, end: row.typeEnd + row.typeGap.length }, newText: typeGap });
  }
  return edits;
}

function writeRow({ name, type, rest }: FieldRow, columns: Columns): string {
  return `${name}${gap(name, columns.name)}${type}${rest === '' ? '' : gap(type, columns.type) + rest}`;
}

function gap(word: string, column: number): string {
  return ' '.repeat(column - word.length + 1);
}
