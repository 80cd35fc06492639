import { lint } from '@prisma/prisma-schema-wasm';
import ts from 'typescript';
import { isTypeScriptFile, parseTypeScript } from '../../server/core/syntax/typescript/parse';
import type { Texts } from './analyzeTexts';
import { rememberByText } from './rememberByText';

interface LintMessage {
  readonly file_name: string;
  readonly text: string;
  readonly is_warning: boolean;
}

/**
 * Returns what the parsers of the languages themselves refuse in these files, each as
 * `file: message`: syntax errors of scripts, errors of the schema (its files are joined).
 */
export function parseErrors(texts: Texts): string[] {
  const errors: string[] = [];
  for (const [file, text] of texts) {
    if (isTypeScriptFile(file)) errors.push(...scriptErrors(file, text));
  }
  return [...errors, ...schemaErrors(texts)];
}

/** What the parser keeps for a program to report: to transpile each text for it would take several times as long. */
interface ParsedFile extends ts.SourceFile {
  readonly parseDiagnostics: readonly ts.DiagnosticWithLocation[];
}

/** Returns the syntax errors of one script. */
const scriptErrors = rememberByText((file, text) => {
  const { parseDiagnostics } = parseTypeScript(file, text) as ParsedFile;
  return parseDiagnostics.map(({ messageText }) => `${file}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`);
});

/** Several schemas in one workspace are judged one by one: a folder is a schema. */
function schemaErrors(texts: Texts): string[] {
  const folders = new Map<string, [string, string][]>();
  for (const [file, text] of texts) {
    if (!file.endsWith('.prisma')) continue;
    const folder = file.slice(0, file.lastIndexOf('/') + 1);
    folders.set(folder, [...(folders.get(folder) ?? []), [file, text]]);
  }
  return [...folders.values()].flatMap((files) => lintErrors('schema', JSON.stringify(files)));
}

/** Returns the errors of one schema, whose files are given as the JSON that the linter takes. */
const lintErrors = rememberByText((_schema, files) => {
  const messages: LintMessage[] = JSON.parse(lint(files));
  return messages.filter((message) => !message.is_warning).map((message) => `${message.file_name}: ${message.text}`);
});
