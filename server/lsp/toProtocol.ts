/** The only file in which the core's results become protocol objects. */
import {
  type Diagnostic,
  type DiagnosticRelatedInformation,
  DiagnosticSeverity,
  type Location,
  type Range,
  type TextDocumentEdit,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
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

/**
 * Converts the edits of a fix, each for the version that `find` gives: open documents carry their
 * version, so that the client refuses the edit for another. Undefined where a file is gone.
 */
export function toWorkspaceEdit(
  edits: readonly FileEdit[],
  find: FindDocument,
  client: { readonly documentChanges: boolean },
): WorkspaceEdit | undefined {
  const documentChanges: TextDocumentEdit[] = [];
  for (const edit of edits) {
    const document = find(edit.file);
    if (!document) return undefined;
    documentChanges.push({
      textDocument: { uri: document.uri, version: versionOf(document) },
      edits: edit.edits.map((part) => ({ range: toRange(document, part.range), newText: part.newText })),
    });
  }
  if (client.documentChanges) return { documentChanges };
  return {
    changes: Object.fromEntries(
      documentChanges.map(({ textDocument, edits: parts }) => [textDocument.uri, parts as TextEdit[]]),
    ),
  };
}

/** The version an edit is for; null for a document that is not open (see `Texts`, which gives those version -1). */
function versionOf(document: TextDocument): number | null {
  return document.version < 0 ? null : document.version;
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
