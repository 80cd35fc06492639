import * as vscode from 'vscode';
import { type LanguageClient, WorkDoneProgress, type WorkDoneProgressReport } from 'vscode-languageclient/node';
import { AuditMethod, type AuditParams, type AuditResult } from '../../server/protocol';
import type { FileFindings, Findings } from '../findings';

const severities = {
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
};

let lastToken = 0;

/**
 * Audits every workspace folder, with a notification that counts and can cancel. Returns what the server found
 * and shows it in the Problems panel; undefined where nothing was audited, in which case the person was told why
 * and the findings of an earlier audit stay.
 */
export async function auditWorkspace(client: LanguageClient, findings: Findings): Promise<AuditResult | undefined> {
  if (!vscode.workspace.workspaceFolders?.length) {
    void vscode.window.showInformationMessage('Open a folder to audit it.');
    return undefined;
  }
  try {
    const result = await requestAudit(client);
    if (result) findings.replaceByAudit(result.files.map(toFileFindings));
    else void vscode.window.showInformationMessage('The audit was cancelled.');
    return result;
  } catch (error) {
    client.error('The audit failed', error, false);
    const shown = await vscode.window.showErrorMessage('Perf Hints could not audit the workspace.', 'Show Output');
    if (shown) client.outputChannel.show();
    return undefined;
  }
}

/** One sentence about an audit, for people. */
export function summarise({ counts, files, durationMs }: AuditResult): string {
  const scope = `${plural(counts.analysed, 'file')} audited in ${duration(durationMs)}`;
  const ignored = counts.suppressed > 0 ? `, ${counts.suppressed} ignored` : '';
  if (counts.findings === 0) return `No performance problems found${ignored}: ${scope}`;
  return `${plural(counts.findings, 'finding')} in ${plural(files.length, 'file')}${ignored}: ${scope}`;
}

function requestAudit(client: LanguageClient): Thenable<AuditResult | undefined> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: 'Perf Hints: auditing the workspace',
    cancellable: true,
  };
  return vscode.window.withProgress(options, async (progress, token) => {
    lastToken += 1;
    const params: AuditParams = { workDoneToken: `perf-hints-audit-${lastToken}` };
    const reports = client.onProgress(WorkDoneProgress.type, params.workDoneToken ?? '', (value) => {
      if (value.kind !== 'end') progress.report(toStep(value));
    });
    try {
      const result = await client.sendRequest<AuditResult>(AuditMethod, params, token);
      return token.isCancellationRequested ? undefined : result;
    } catch (error) {
      if (token.isCancellationRequested) return undefined;
      throw error;
    } finally {
      reports.dispose();
    }
  });
}

function toStep({ message }: Pick<WorkDoneProgressReport, 'message'>): { message?: string } {
  return message === undefined ? {} : { message };
}

function toFileFindings({ uri, findings }: AuditResult['files'][number]): FileFindings {
  return {
    uri: vscode.Uri.parse(uri),
    diagnostics: findings.map(({ rule, severity, message, range: { start, end } }) => {
      const range = new vscode.Range(start.line, start.character, end.line, end.character);
      const diagnostic = new vscode.Diagnostic(range, message, severities[severity]);
      diagnostic.source = 'perf-hints';
      diagnostic.code = rule;
      return diagnostic;
    }),
  };
}

function duration(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
