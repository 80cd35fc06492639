import { type JSONPath, modify } from 'jsonc-parser';
import type { TextEdit } from '../text/textEdit';

/**
 * Returns the edits that set a value in a JSON document, comments or not: the objects on its path are made where they
 * are missing, and what is written is indented as the rest is.
 */
export function setJsonValue(text: string, path: JSONPath, value: unknown): readonly TextEdit[] {
  const indentation = /^([ \t]+)\S/m.exec(text)?.[1] ?? '  ';
  const edits = modify(text, path, value, {
    formattingOptions: {
      insertSpaces: !indentation.startsWith('\t'),
      tabSize: indentation.startsWith('\t') ? 1 : indentation.length,
      eol: /\r?\n/.exec(text)?.[0] ?? '\n',
    },
  });
  return edits.map(({ offset, length, content }) => ({
    range: { start: offset, end: offset + length },
    newText: content,
  }));
}
