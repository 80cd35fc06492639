import { type Analysis, analyze } from '../core/analyze';
import type { Sources } from '../core/fixes/sources';
import type { Finding, Fix } from '../core/rules/rule';
import type { Folder } from './folder';
import type { DocumentPlace } from './folders';
import type { Session } from './session';

/** Analyses some files of a folder, each as it stands now. A rule that throws is logged once. */
export function analyzeFiles({ rules, log }: Session, folder: Folder, files: Iterable<string>): Analysis {
  return analyze({
    project: folder.project,
    config: folder.configuration.config,
    files,
    rules,
    onRuleError: (rule, error) => log.failure(`Rule ${rule}`, error),
  });
}

/** The findings of one document; none where Perf Hints is switched off. */
export function findingsIn(session: Session, { folder, file }: DocumentPlace): readonly Finding[] {
  if (!folder.configuration.isEnabled || !folder.project.documents.has(file)) return [];
  return analyzeFiles(session, folder, [file]).findings;
}

/** The fixes of a finding; none if its rule fails to compute them (logged once). */
export function fixesOf({ log }: Session, finding: Finding, sources: Sources): readonly Fix[] {
  try {
    return finding.fixes(sources);
  } catch (error) {
    log.failure(`The fixes of rule ${finding.rule}`, error);
    return [];
  }
}
