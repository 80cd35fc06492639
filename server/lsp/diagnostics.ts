import { createHash } from 'node:crypto';
import {
  type Diagnostic,
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
} from 'vscode-languageserver/node';
import { configFileName } from '../core/config/defaults';
import { findingsIn } from './findings';
import type { DocumentPlace } from './folders';
import { guard } from './guard';
import { findOpen, type Session } from './session';
import { toConfigDiagnostic, toDiagnostic } from './toProtocol';

/** What there is to say of a document; equal `resultId`s mean equal items. */
export interface DocumentReport {
  readonly resultId: string;
  readonly items: Diagnostic[];
}

/** Told of what a client was given, to know later whether it still holds. */
export type OnReport = (uri: string, report: DocumentReport) => void;

/** Answers `textDocument/diagnostic`. */
export function handleDiagnosticPull(session: Session, onReport: OnReport): void {
  const empty: DocumentDiagnosticReport = { kind: DocumentDiagnosticReportKind.Full, items: [] };
  const pull = ({ textDocument, previousResultId }: DocumentDiagnosticParams): DocumentDiagnosticReport => {
    const place = findOpen(session, textDocument.uri);
    if (!place) return empty;
    const report = reportOn(session, place);
    onReport(textDocument.uri, report);
    return report.resultId === previousResultId
      ? { kind: DocumentDiagnosticReportKind.Unchanged, resultId: report.resultId }
      : { kind: DocumentDiagnosticReportKind.Full, ...report };
  };
  session.connection.languages.diagnostics.on(guard('textDocument/diagnostic', session.log, empty, pull));
}

/** Analyses one document, open or not, as it stands now. */
export function reportOn(session: Session, place: DocumentPlace): DocumentReport {
  const { folder, file } = place;
  const document = folder.texts.document(file);
  if (!document) return reportOf([]);
  if (file === configFileName)
    return reportOf(folder.configuration.problems.map((each) => toConfigDiagnostic(each, document)));
  const findings = findingsIn(session, place);
  return reportOf(findings.map((each) => toDiagnostic(each, document, folder.texts.document, session.client)));
}

/** Names a list of diagnostics by its content. */
export function reportOf(items: Diagnostic[]): DocumentReport {
  const resultId = items.length === 0 ? 'none' : createHash('sha1').update(JSON.stringify(items)).digest('base64url');
  return { resultId, items };
}
