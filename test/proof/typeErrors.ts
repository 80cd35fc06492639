import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const TYPES = fileURLToPath(new URL('../../node_modules/@types', import.meta.url));

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'],
  module: ts.ModuleKind.Preserve,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  jsx: ts.JsxEmit.Preserve,
  strict: true,
  experimentalDecorators: true,
  allowJs: true,
  skipLibCheck: true,
  noEmit: true,
  types: ['node'],
  typeRoots: [TYPES],
};

/** A mistake that the compiler found. */
export interface TypeMistake {
  /** The absolute path of the file. */
  readonly file: string;
  /** The compiler's message, with the line's number, 1-based, before it. */
  readonly message: string;
}

/** Type-checks files as one strict program: what `tsc` says of them. */
export function typeErrors(files: readonly string[]): TypeMistake[] {
  const program = ts.createProgram(files, OPTIONS);
  return ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) => {
    const text = ts.flattenDiagnosticMessageText(messageText, '\n');
    const line = file && start !== undefined ? file.getLineAndCharacterOfPosition(start).line + 1 : 0;
    return { file: file?.fileName ?? '', message: `${line}: ${text}` };
  });
}
