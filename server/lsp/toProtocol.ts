/** The only file in which the core's results become protocol objects. */
import {
  type CodeLens,
  type CreateFile,
  type Diagnostic,
  type DiagnosticRelatedInformation,
  DiagnosticSeverity,
  type Hover,
  type Location,
  MarkupKind,
  type Range,
  type TextDocumentEdit,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { ConfigProblem } from '../core/config';
import type { Finding, RuleMeta, Severity } from '../core/rules/rule';
import type { Range as CoreRange } from '../core/text/range';
import type { FileEdit, Place } from '../core/text/textEdit';
import type { AuditFinding } from '../protocol';

export const SOURCE = 'perf-hints';

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** Finds the document of a file of the folder, for its lines and its URI; undefined where it is gone. */
export type FindDocument = (file: string) => TextDocument | undefined;

/** What a diagnostic carries for the requests that come back with it. */
export interface DiagnosticData {
  readonly rule: string;
}

/** Converts offsets of a document to lines and UTF-16 columns; offsets beyond its end become its end. */
export function toRange(document: TextDocument, range: CoreRange): Range {
  return { start: document.positionAt(range.start), end: document.positionAt(range.end) };
}

/** Converts a finding of `document`; related places in files that are gone are left out. */
export function toDiagnostic(
  finding: Finding,
  document: TextDocument,
  find: FindDocument,
  client: { readonly relatedInformation: boolean },
): Diagnostic {
  const data: DiagnosticData = { rule: finding.rule };
  const related = client.relatedInformation ? toRelatedInformation(finding, find) : [];
  return {
    range: toRange(document, finding.range),
    severity: SEVERITIES[finding.severity],
    source: SOURCE,
    code: finding.rule,
    message: finding.message,
    data,
    ...(related.length > 0 ? { relatedInformation: related } : {}),
  };
}

/** Converts what is wrong in a config file. */
export function toConfigDiagnostic(problem: ConfigProblem, document: TextDocument): Diagnostic {
  return {
    range: toRange(document, problem.range),
    severity: DiagnosticSeverity.Warning,
    source: SOURCE,
    code: 'config',
    message: problem.message,
  };
}

/** Converts a finding for the audit's result. */
export function toAuditFinding(finding: Finding, document: TextDocument, rule: RuleMeta | undefined): AuditFinding {
  return {
    rule: finding.rule,
    title: rule?.title ?? finding.rule,
    severity: finding.severity,
    message: finding.message,
    range: toRange(document, finding.range),
    fixable: rule?.fix ?? 'none',
  };
}

/** Where the files of a folder are for the client. */
export interface FilePlaces {
  readonly document: FindDocument;
  /** The URI of a file, there or not. */
  readonly uri: (file: string) => string;
}

/**
 * Converts the edits of a fix, each for the version that `places` gives: open documents carry their
 * version, so that the client refuses the edit for another. Undefined where a file is gone, where one
 * to be created is there, and where the client can't create any.
 */
export function toWorkspaceEdit(
  edits: readonly FileEdit[],
  places: FilePlaces,
  client: { readonly documentChanges: boolean; readonly createsFiles: boolean },
): WorkspaceEdit | undefined {
  const documentChanges: (TextDocumentEdit | CreateFile)[] = [];
  const changes: Record<string, TextEdit[]> = {};
  for (const edit of edits) {
    const found = places.document(edit.file);
    if (edit.create ? found || !client.createsFiles : !found) return undefined;
    const document = found ?? emptyDocument(places.uri(edit.file));
    const parts = edit.edits.map(({ range, newText }) => ({ range: toRange(document, range), newText }));
    if (edit.create) documentChanges.push({ kind: 'create', uri: document.uri });
    documentChanges.push({ textDocument: { uri: document.uri, version: versionOf(document) }, edits: parts });
    changes[document.uri] = parts;
  }
  return client.documentChanges ? { documentChanges } : { changes };
}

function emptyDocument(uri: string): TextDocument {
  return TextDocument.create(uri, '', -1, '');
}

/** The version an edit is for; null for a document that is not open (see `Texts`, which gives those version -1). */
function versionOf(document: TextDocument): number | null {
  return document.version < 0 ? null : document.version;
}

/** Converts a text above a range that nothing happens on a click of. */
export function toCodeLens(title: string, range: CoreRange, document: TextDocument): CodeLens {
  return { range: toRange(document, range), command: { title, command: '' } };
}

/** Converts a text about a range. */
export function toHover(
  text: string,
  range: CoreRange,
  document: TextDocument,
  client: { readonly markdownHovers: boolean },
): Hover {
  const kind = client.markdownHovers ? MarkupKind.Markdown : MarkupKind.PlainText;
  return { contents: { kind, value: text }, range: toRange(document, range) };
}

/** Names the line of a place as a terminal does: `src/orders.ts:12`; the file alone where it is gone. */
export function toLineName(place: Place, find: FindDocument): string {
  const location = toLocation(place, find);
  return location ? `${place.file}:${location.range.start.line + 1}` : place.file;
}

/** Makes a Markdown link to the line of a place; the words alone where its file is gone. */
export function toMarkdownLink(words: string, place: Place, find: FindDocument): string {
  const location = toLocation(place, find);
  if (!location) return words;
  // Parentheses would end the link's target, as in Next.js's `(group)` folders.
  const uri = location.uri.replace(/[()]/g, (found) => (found === '(' ? '%28' : '%29'));
  return `[${words}](${uri}#L${location.range.start.line + 1})`;
}

function toRelatedInformation(finding: Finding, find: FindDocument): DiagnosticRelatedInformation[] {
  return finding.related.flatMap((place) => {
    const location = toLocation(place, find);
    return location ? [{ location, message: place.message }] : [];
  });
}

function toLocation(place: Place, find: FindDocument): Location | undefined {
  const document = find(place.file);
  return document && { uri: document.uri, range: toRange(document, place.range) };
}
