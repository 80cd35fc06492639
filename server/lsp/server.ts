import {
  CodeActionKind,
  type Connection,
  type InitializeParams,
  type InitializeResult,
  TextDocumentSyncKind,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { isTsconfigFile } from '../core/syntax/json/readTsconfigFacts';
import { type AuditedFolder, handleAudit } from './audit';
import { handleAuditReport } from './auditReport';
import { readClient } from './client';
import { handleCodeActions } from './codeActions';
import { handleDiagnosticPull } from './diagnostics';
import { handleEndpointHover } from './endpointHover';
import { EndpointLenses } from './endpointLenses';
import { FIX_ALL } from './fixAll';
import type { Folder } from './folder';
import { Freshness } from './freshness';
import { Loading } from './loading';
import { handleRuleDocumentation } from './ruleDocumentation';
import { createSession, type Session } from './session';
import { pullSettings, registerSettings, takeSettings } from './settings';
import { handleTypeCheckAdvice } from './typeCheckAdvice';
import { handleTypeCheckProjects, tellProjectsChanged } from './typeCheckProjects';
import { handleTypeCheckRan, takeTypeChecks } from './typeCheckRecord';
import { handleTypeCheckReports } from './typeCheckReports';
import { uriOf } from './uris';
import { FILE_OPERATIONS, handleDiskChanges, registerWatchers } from './watchedFiles';
import { WorkspaceDiagnostics } from './workspaceDiagnostics';
import { handleWorkspaceFolders } from './workspaceFolders';

/** Wires the handlers to a connection; `listen` is left to the caller. */
export function serve(connection: Connection, version: string): void {
  connection.onInitialize((params): InitializeResult => {
    const session = createSession(connection, readClient(params));
    for (const folder of workspaceFoldersOf(params)) session.folders.add(folder);
    wire(session);
    return { capabilities: capabilitiesFor(session), serverInfo: { name: 'perf-hints', version } };
  });
}

function workspaceFoldersOf({ workspaceFolders, rootUri, rootPath }: InitializeParams): readonly { uri: string }[] {
  if (workspaceFolders) return workspaceFolders;
  if (rootUri) return [{ uri: rootUri }];
  return rootPath ? [{ uri: uriOf(rootPath) }] : [];
}

function capabilitiesFor({ client }: Session): InitializeResult['capabilities'] {
  return {
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
    codeActionProvider: {
      codeActionKinds: [CodeActionKind.QuickFix, FIX_ALL],
      resolveProvider: client.resolvesEdits,
    },
    hoverProvider: true,
    codeLensProvider: {},
    workspace: {
      workspaceFolders: { supported: true, changeNotifications: true },
      fileOperations: FILE_OPERATIONS,
    },
    ...(client.pullsDiagnostics
      ? { diagnosticProvider: { identifier: 'perf-hints', interFileDependencies: true, workspaceDiagnostics: true } }
      : {}),
  };
}

function wire(session: Session): void {
  const { connection, client, documents, folders } = session;
  const freshness = new Freshness(session);
  const lenses = new EndpointLenses(session);
  const changed = (): void => {
    freshness.changed();
    lenses.changed();
  };
  const loading = new Loading(session, (folder) => {
    takeTypeChecks(session, folder);
    changed();
    tellProjectsChanged(session);
  });
  const workspaceDiagnostics = new WorkspaceDiagnostics(session);

  const place = (document: TextDocument) => folders.placeOf(document);
  documents.listen(connection, {
    opened(document) {
      const opened = place(document);
      opened?.folder.opened(opened.file);
      if (opened?.folder.isAlone) void pullSettings(session, [opened.folder]).then(changed);
    },
    edited(document) {
      const edited = place(document);
      edited?.folder.edited(edited.file);
      changed();
    },
    closed(document) {
      const closed = place(document);
      closed?.folder.closed(closed.file);
      if (closed) workspaceDiagnostics.changed(closed.folder, [closed.file]);
      freshness.closed(document.uri);
      changed();
    },
  });

  handleDiagnosticPull(session, freshness.given);
  handleCodeActions(session);
  handleEndpointHover(session);
  let lastAudit: readonly AuditedFolder[] = [];
  handleAudit(session, loading, (audited) => {
    lastAudit = audited;
    workspaceDiagnostics.audited(audited);
  });
  handleAuditReport(session, () => lastAudit);
  handleRuleDocumentation(session);
  handleDiskChanges(session, async (folder, files) => {
    await loading.update(folder, files);
    workspaceDiagnostics.changed(folder, files);
    changed();
    if (files.some(isTsconfigFile)) tellProjectsChanged(session);
  });
  handleTypeCheckProjects(session);
  handleTypeCheckReports(session);
  handleTypeCheckAdvice(session);
  handleTypeCheckRan(session, changed);

  connection.onDidChangeConfiguration(async ({ settings }) => {
    takeSettings(session, folders.everything(), settings);
    await pullSettings(session, folders.everything());
    changed();
    await Promise.all(folders.all().map((folder) => loading.restartIfExclusionsChanged(folder)));
  });
  connection.onInitialized(async () => {
    if (client.workspaceFolders) {
      handleWorkspaceFolders(session, {
        added: begin,
        removed(folder) {
          loading.stop(folder);
          workspaceDiagnostics.forget(folder);
          changed();
          tellProjectsChanged(session);
        },
      });
    }
    await Promise.all([registerSettings(session), registerWatchers(session), begin(folders.all())]);
  });
  connection.onShutdown(() => {
    freshness.stop();
    lenses.stop();
    loading.stopAll();
  });

  async function begin(added: readonly Folder[]): Promise<void> {
    await pullSettings(session, added);
    changed();
    await Promise.all(added.map((folder) => loading.restartIfExclusionsChanged(folder)));
    await Promise.all(added.map((folder) => loading.read(folder)));
  }
}
