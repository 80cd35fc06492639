import { endpointCosts } from '../core/analysis/endpointCosts';
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
  const { project, configuration } = folder;
  return markdownReport({
    findings,
    endpoints: endpointCosts({ project, config: configuration.config, findings, isAudited: () => true }),
    suppressed,
    files: analysed,
    analysed,
    durationMs,
    readText: (file) => folder.texts.document(file)?.getText(),
  });
}
