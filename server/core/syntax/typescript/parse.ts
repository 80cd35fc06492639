import ts from 'typescript';
import type { Range } from '../../text/range';

const OPTIONS: ts.CreateSourceFileOptions = {
  languageVersion: ts.ScriptTarget.Latest,
  jsDocParsingMode: ts.JSDocParsingMode.ParseNone,
};

/**
 * Parses a file with parent nodes and without JSDoc. The kind of script follows from the name's
 * ending. Broken code gives a tree with holes, never an exception.
 */
export function parseTypeScript(file: string, text: string): ts.SourceFile {
  return ts.createSourceFile(file, text, OPTIONS, true, scriptKind(file));
}

/**
 * Parses the next version of a file by reusing what `changed` left alone of the previous tree, which
 * must not be used afterwards. `changed` is in offsets of the previous text, `newLength` the length
 * of what stands there now.
 */
export function reparseTypeScript(
  previous: ts.SourceFile,
  text: string,
  changed: Range,
  newLength: number,
): ts.SourceFile {
  const span = ts.createTextSpanFromBounds(changed.start, changed.end);
  return ts.updateSourceFile(previous, text, ts.createTextChangeRange(span, newLength));
}

/** True for the files this parser reads: TypeScript and JavaScript, but no declaration files. */
export function isTypeScriptFile(file: string): boolean {
  return /\.[cm]?[jt]sx?$/.test(file) && !/\.d\.[cm]?ts$/.test(file);
}

function scriptKind(file: string): ts.ScriptKind {
  if (file.endsWith('.tsx')) return ts.ScriptKind.TSX;
  if (/\.[cm]?jsx?$/.test(file)) return ts.ScriptKind.JSX;
  return ts.ScriptKind.TS;
}
