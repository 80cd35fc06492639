import type { Node } from 'jsonc-parser';
import { insertion, lineEnd, lineStart } from '../text/lines';
import type { TextEdit } from '../text/textEdit';
import { indentAt, readCodeStyle } from './codeStyle';

/**
 * Returns the edits that add members (`"incremental": true`; in a list, `"dist"`) at the end of an object or a list:
 * on lines of their own where the last one has its own, a trailing comma if that has one. Every comment stays where
 * it is.
 */
export function addJsonMembers(text: string, container: Node, members: readonly string[]): TextEdit[] {
  const last = container.children?.at(-1);
  const { newline, indent } = readCodeStyle(text);
  if (!last) {
    const outer = indentAt(text, container.offset);
    const lines = members.join(`,${newline}${outer}${indent}`);
    const inside = { start: container.offset + 1, end: container.offset + container.length - 1 };
    const isBlank = text.slice(inside.start, inside.end).trim() === '';
    const newText = `${newline}${outer}${indent}${lines}${isBlank ? `${newline}${outer}` : ''}`;
    return [{ range: isBlank ? inside : { start: inside.start, end: inside.start }, newText }];
  }
  const end = last.offset + last.length;
  const { comma, lineCloses, at } = behind(text, end);
  const ownLine = text.slice(lineStart(text, last.offset), last.offset).trim() === '';
  const separator = ownLine ? `,${newline}${indentAt(text, last.offset)}` : ', ';
  if (lineCloses) return [insertion(end, separator + members.join(separator))];
  const lines = separator.slice(1) + members.join(separator) + (comma === undefined ? '' : ',');
  if (comma !== undefined || at === end) return [insertion(at, (comma === undefined ? ',' : '') + lines)];
  return [insertion(end, ','), insertion(at, lines)];
}

/** Returns the edits that take a member out, with its comma, and its line where it stands alone there. */
export function removeJsonMember(text: string, member: Node): TextEdit[] {
  const siblings = member.parent?.children ?? [];
  const index = siblings.indexOf(member);
  const [before, after] = [siblings[index - 1], siblings[index + 1]];
  const end = member.offset + member.length;
  const { comma, lineCloses, at } = behind(text, end);
  const start = lineStart(text, member.offset);
  const ownLine = text.slice(start, member.offset).trim() === '';
  const isLast = after === undefined;
  const precedingComma =
    before && isLast && comma === undefined ? behind(text, before.offset + before.length).comma : undefined;
  const alsoComma =
    precedingComma === undefined ? [] : [{ range: { start: precedingComma, end: precedingComma + 1 }, newText: '' }];
  if (ownLine && !lineCloses && (isLast || after.offset > lineEnd(text, at))) {
    return [...alsoComma, { range: { start, end: Math.min(lineEnd(text, at) + 1, text.length) }, newText: '' }];
  }
  if (!isLast) return [{ range: { start: member.offset, end: after.offset }, newText: '' }];
  if (before) return [{ range: { start: before.offset + before.length, end }, newText: '' }];
  return [{ range: { start: member.offset, end: comma === undefined ? end : comma + 1 }, newText: '' }];
}

interface Behind {
  /** Where the comma stands that follows. */
  readonly comma?: number;
  /** The object or list closes, or goes on, on the same line. */
  readonly lineCloses: boolean;
  /** Behind the comma, and the comments that begin on the same line. */
  readonly at: number;
}

/** A comma, a line's end, or a comment; the blanks between them. */
const NEXT = /[ \t]+|(\r?\n)|(,)|(\/\/[^\r\n]*|\/\*[\s\S]*?\*\/)/y;

/** What follows a member up to the end of its line. */
function behind(text: string, end: number): Behind {
  let comma: number | undefined;
  let at = end;
  let passedLine = false;
  NEXT.lastIndex = end;
  for (let found = NEXT.exec(text); found; found = NEXT.exec(text)) {
    const [, newline, isComma, comment] = found;
    if (newline) passedLine = true;
    if (isComma) {
      if (comma !== undefined) break;
      comma = found.index;
      passedLine = false;
    }
    if (isComma || (comment && !passedLine)) at = NEXT.lastIndex;
  }
  return { ...(comma === undefined ? {} : { comma }), lineCloses: !passedLine, at };
}
