import ts from 'typescript';
import { parseTypeScript } from '../../server/core/syntax/typescript/parse';

/** What a script says twice, not at all, or too early; all else needs types that are not here. */
const ABOUT_NAMES = new Set([
  2300, // Duplicate identifier
  2304, // Cannot find name
  2448, // used before its declaration
  2451, // Cannot redeclare block-scoped variable
  2454, // used before being assigned
  2552, // Cannot find name, did you mean
  2588, // Cannot assign to a constant
  18004, // no value for a shorthand property
]);

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  moduleDetection: ts.ModuleDetectionKind.Force,
  jsx: ts.JsxEmit.Preserve,
  allowJs: true,
  checkJs: true,
  strict: true,
  noResolve: true,
  lib: ['lib.esnext.d.ts'],
  types: [],
};

/**
 * Returns what the compiler finds wrong with the names in these scripts, each given as a file name of
 * the caller's choice and a text, each on its own: imports lead nowhere, which is no error here.
 */
export function brokenNames(scripts: ReadonlyMap<string, string>): ReadonlyMap<string, readonly string[]> {
  const host = ts.createCompilerHost(OPTIONS);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (file) => scripts.has(file) || fileExists(file);
  host.getSourceFile = (file, ...rest) => {
    const text = scripts.get(file);
    return text === undefined ? getSourceFile(file, ...rest) : parseTypeScript(file, text);
  };
  const program = ts.createProgram([...scripts.keys()], OPTIONS, host);
  return new Map([...scripts.keys()].map((file) => [file, errorsIn(program, file)]));
}

function errorsIn(program: ts.Program, file: string): string[] {
  return program
    .getSemanticDiagnostics(program.getSourceFile(file))
    .filter(({ code }) => ABOUT_NAMES.has(code))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}
