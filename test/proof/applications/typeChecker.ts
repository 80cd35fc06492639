import { dirname, join } from 'node:path';
import ts from 'typescript';
import type { Texts } from '../../support/analyzeTexts';

/** Returns what the compiler says of some files of an application, given that some read otherwise, each as `file: message`. */
export type TypeChecker = (files: ReadonlySet<string>, changed: Texts) => readonly string[];

/** Opens an application's `tsconfig.json` (absolute); `folder` is what the names of its files are relative to. */
export function openTypeChecker(tsconfig: string, folder: string): TypeChecker {
  const { config } = ts.readConfigFile(tsconfig, ts.sys.readFile);
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, dirname(tsconfig));
  const checked = { ...options, noEmit: true, incremental: false, composite: false, skipLibCheck: true };
  const host = ts.createCompilerHost(checked);
  const { getSourceFile } = host;
  const unchanged = new Map<string, ts.SourceFile | undefined>();
  let texts: ReadonlyMap<string, string> = new Map();
  host.getSourceFile = (file, options) => {
    const text = texts.get(file);
    if (text !== undefined) return ts.createSourceFile(file, text, options, true);
    const known = unchanged.get(file) ?? getSourceFile(file, options);
    unchanged.set(file, known);
    return known;
  };
  return (files, changed) => {
    texts = new Map([...changed].map(([file, text]) => [join(folder, file), text]));
    const program = ts.createProgram(fileNames, checked, host);
    return [...files].flatMap((name) => {
      const source = program.getSourceFile(join(folder, name));
      const found = source ? program.getSemanticDiagnostics(source) : [];
      return found.map(({ messageText }) => `${name}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`);
    });
  };
}
