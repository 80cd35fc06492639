import { AuditReportMethod } from '../protocol';
import { markdownReport } from '../report/markdown';
import type { AuditedFolder } from './audit';
import { onCustomRequest } from './guard';
import type { Session } from './session';

/** Answers `perfHints/auditReport` with what `lastAudit` gives: nothing if there was no audit yet. */
export function handleAuditReport(session: Session, lastAudit: () => readonly AuditedFolder[]): void {
  onCustomRequest<never, string | null>(session, AuditReportMethod, null, () => {
    const audited = lastAudit();
    return audited.length === 0 ? null : audited.map(reportOf).join('\n');
  });
}

function reportOf({ folder, findings, suppressed, analysed, durationMs }: AuditedFolder): string {
  return markdownReport({
    findings,
    suppressed,
    files: analysed,
    analysed,
    durationMs,
    readText: (file) => folder.texts.document(file)?.getText(),
  });
}
