import type { Session } from './session';

/** Answers `perfHints/auditReport`. */
export function handleAuditReport(session: Session): void {
  void session;
}
