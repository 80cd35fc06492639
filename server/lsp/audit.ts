import { setImmediate } from 'node:timers/promises';
import {
  type CancellationToken,
  LSPErrorCodes,
  ResponseError,
  type WorkDoneProgressReporter,
} from 'vscode-languageserver/node';
import type { Finding } from '../core/rules/rule';
import { ruleMetas } from '../core/rules/ruleMetas';
import type { DocumentFacts } from '../core/syntax/documentFacts';
import type { AuditCounts, AuditedFile, AuditParams, AuditResult } from '../protocol';
import { AuditMethod } from '../protocol';
import { byFile } from '../report/report';
import { analyzeFiles } from './findings';
import type { Folder } from './folder';
import { pathIn } from './folders';
import { cancelled, onCustomRequest } from './guard';
import type { Loading } from './loading';
import type { Session } from './session';
import { toAuditFinding } from './toProtocol';

/** Files that are analysed before others get a turn. */
const FILES_PER_TURN = 24;

/** What is only there to say something of other files. */
const SILENT: ReadonlySet<DocumentFacts['kind']> = new Set(['migration', 'type-check']);

/** The findings of one audited folder, as they were. */
export interface AuditedFolder {
  readonly folder: Folder;
  readonly findings: readonly Finding[];
  readonly suppressed: number;
  /** How many files were judged. */
  readonly analysed: number;
  readonly durationMs: number;
}

/** Answers `perfHints/audit`; `onDone` is given what was found before the client is. */
export function handleAudit(
  session: Session,
  loading: Loading,
  onDone: (audited: readonly AuditedFolder[]) => void,
): void {
  const failed = new ResponseError<never>(LSPErrorCodes.RequestFailed, 'The audit failed: the output says why.');
  const audit = async (params: AuditParams | undefined, token: CancellationToken) => {
    const progress = session.connection.window.attachWorkDoneProgress(params?.workDoneToken);
    progress.begin('Perf Hints audit', 0, 'reading the workspace', true);
    try {
      const audited = await auditFolders(session, loading, foldersOf(session, params), token, progress);
      if (!audited) throw cancelled();
      onDone(audited);
      return resultOf(audited);
    } finally {
      progress.done();
    }
  };
  onCustomRequest<AuditParams, AuditResult>(session, AuditMethod, failed, audit);
}

function foldersOf({ folders }: Session, params: AuditParams | undefined): readonly Folder[] {
  const asked = params?.folders;
  return folders.all().filter(({ uri }) => !asked || asked.includes(uri));
}

/** Undefined if it was cancelled. */
async function auditFolders(
  session: Session,
  loading: Loading,
  folders: readonly Folder[],
  token: CancellationToken,
  progress: WorkDoneProgressReporter,
): Promise<AuditedFolder[] | undefined> {
  const audited: AuditedFolder[] = [];
  for (const folder of folders) {
    await Promise.race([loading.read(folder), cancellationOf(token)]);
    if (token.isCancellationRequested) return undefined;
    const result = await auditFolder(session, folder, token, progress);
    if (!result) return undefined;
    audited.push(result);
  }
  return audited;
}

function cancellationOf(token: CancellationToken): Promise<void> {
  return new Promise((cancelled) => {
    token.onCancellationRequested(() => cancelled());
  });
}

async function auditFolder(
  session: Session,
  folder: Folder,
  token: CancellationToken,
  progress: WorkDoneProgressReporter,
): Promise<AuditedFolder | undefined> {
  const started = performance.now();
  folder.forgetMissing();
  const { config } = folder.configuration;
  const isOwn = (file: string) => session.folders.placeOfPath(pathIn(folder, file))?.folder === folder;
  const files = [...folder.project.documents]
    .filter(([file, { kind }]) => !SILENT.has(kind) && config.includes(file) && isOwn(file))
    .map(([file]) => file)
    .sort();
  const findings: Finding[] = [];
  let suppressed = 0;
  for (let done = 0; done < files.length; done += FILES_PER_TURN) {
    await setImmediate();
    if (token.isCancellationRequested) return undefined;
    const found = `${findings.length} ${findings.length === 1 ? 'finding' : 'findings'}`;
    progress.report(Math.floor((100 * done) / files.length), `${done} of ${files.length} files, ${found}`);
    const analysis = analyzeFiles(session, folder, files.slice(done, done + FILES_PER_TURN));
    findings.push(...analysis.findings);
    suppressed += analysis.suppressed;
  }
  const analysed = new Set([...folder.judged, ...files]).size;
  return { folder, findings, suppressed, analysed, durationMs: performance.now() - started };
}

function resultOf(audited: readonly AuditedFolder[]): AuditResult {
  const counts = { findings: 0, warning: 0, information: 0, hint: 0, suppressed: 0, analysed: 0 };
  for (const { findings, suppressed, analysed } of audited) {
    counts.findings += findings.length;
    counts.suppressed += suppressed;
    counts.analysed += analysed;
    for (const { severity } of findings) counts[severity]++;
  }
  return {
    files: audited.flatMap(auditedFiles),
    counts: counts satisfies AuditCounts,
    durationMs: audited.reduce((sum, { durationMs }) => sum + durationMs, 0),
  };
}

function auditedFiles({ folder, findings }: AuditedFolder): AuditedFile[] {
  return [...byFile(findings)].flatMap(([file, of]) => {
    const document = folder.texts.document(file);
    if (!document) return [];
    const metaOf = (id: string) => ruleMetas.find((meta) => meta.id === id);
    return [
      {
        uri: document.uri,
        folder: folder.uri,
        path: file,
        findings: of.map((finding) => toAuditFinding(finding, document, metaOf(finding.rule))),
      },
    ];
  });
}
