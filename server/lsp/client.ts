import { isAbsolute } from 'node:path';
import { type InitializeParams, MarkupKind } from 'vscode-languageserver/node';
import type { InitializationOptions } from '../protocol';

/** What the client at the other end can do, read once at `initialize`. */
export interface Client {
  readonly pullsDiagnostics: boolean;
  readonly refreshesDiagnostics: boolean;
  readonly relatedInformation: boolean;
  readonly refreshesLenses: boolean;
  readonly markdownHovers: boolean;
  readonly codeActionLiterals: boolean;
  readonly resolvesEdits: boolean;
  readonly documentChanges: boolean;
  /** An edit may create a file. */
  readonly createsFiles: boolean;
  readonly snippetEdits: boolean;
  readonly configuration: boolean;
  readonly registersConfiguration: boolean;
  readonly registersWatchers: boolean;
  readonly workspaceFolders: boolean;
  readonly createsProgress: boolean;
  /** Our own commands that the client has registered. */
  readonly commands: ReadonlySet<string>;
  /** A folder (absolute) where we may keep something for the next session. */
  readonly storagePath: string | undefined;
}

/** Returns what the client says of itself; anything it leaves out it can't do. */
export function readClient({ capabilities, initializationOptions }: InitializeParams): Client {
  const { workspace = {}, textDocument = {}, window = {} } = capabilities;
  const codeAction = textDocument.codeAction;
  return {
    pullsDiagnostics: textDocument.diagnostic !== undefined,
    refreshesDiagnostics: workspace.diagnostics?.refreshSupport === true,
    relatedInformation:
      (textDocument.diagnostic?.relatedInformation ?? textDocument.publishDiagnostics?.relatedInformation) === true,
    refreshesLenses: workspace.codeLens?.refreshSupport === true,
    markdownHovers: textDocument.hover?.contentFormat?.includes(MarkupKind.Markdown) === true,
    codeActionLiterals: codeAction?.codeActionLiteralSupport !== undefined,
    resolvesEdits: codeAction?.dataSupport === true && codeAction.resolveSupport?.properties.includes('edit') === true,
    documentChanges: workspace.workspaceEdit?.documentChanges === true,
    createsFiles:
      workspace.workspaceEdit?.documentChanges === true &&
      workspace.workspaceEdit.resourceOperations?.includes('create') === true,
    snippetEdits:
      workspace.workspaceEdit?.documentChanges === true && workspace.workspaceEdit.snippetEditSupport === true,
    configuration: workspace.configuration === true,
    registersConfiguration: workspace.didChangeConfiguration?.dynamicRegistration === true,
    registersWatchers: workspace.didChangeWatchedFiles?.dynamicRegistration === true,
    workspaceFolders: workspace.workspaceFolders === true,
    createsProgress: window.workDoneProgress === true,
    commands: clientCommands(initializationOptions),
    storagePath: storagePath(initializationOptions),
  };
}

function clientCommands(options: unknown): ReadonlySet<string> {
  const commands = (options as InitializationOptions | null | undefined)?.clientCommands;
  return new Set(Array.isArray(commands) ? commands.filter((command) => typeof command === 'string') : []);
}

function storagePath(options: unknown): string | undefined {
  const path = (options as InitializationOptions | null | undefined)?.storagePath;
  return typeof path === 'string' && isAbsolute(path) ? path : undefined;
}
