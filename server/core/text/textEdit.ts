import type { Range } from './range';

/** Replaces `range` of a document by `newText`; an empty range inserts. */
export interface TextEdit {
  readonly range: Range;
  readonly newText: string;
}

/** The edits of one document; `file` as in {@link Place}. */
export interface FileEdit {
  readonly file: string;
  /** The file does not exist yet, and must not: its text is what the edits make of nothing. */
  readonly create?: true;
  readonly edits: readonly TextEdit[];
}

/** A place in the workspace: `file` is relative to the workspace folder, with `/`. */
export interface Place {
  readonly file: string;
  readonly range: Range;
}

/**
 * Returns `text` with all edits applied, each given in offsets of the original text.
 * Throws a RangeError if two edits overlap or one lies outside the text.
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const ordered = [...edits].sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
  let result = '';
  let copied = 0;
  for (const { range, newText } of ordered) {
    if (range.start < copied || range.end < range.start || range.end > text.length) {
      throw new RangeError(`edit ${range.start}-${range.end} overlaps another or lies outside the text`);
    }
    result += text.slice(copied, range.start) + newText;
    copied = range.end;
  }
  return result + text.slice(copied);
}
