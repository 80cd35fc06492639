import type * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { ClientCommand, type InitializationOptions } from '../server/protocol';
import type { Findings } from './findings';

const languages = ['typescript', 'typescriptreact', 'javascript', 'javascriptreact', 'prisma'];
/** What else we read and judge: no language of ours, and most files of theirs say nothing to us. */
const settingsFiles = [
  '**/package.json',
  '**/{tsconfig,jsconfig}*.json',
  '**/*{tsconfig,ts-config,typescript}*/*.json',
  '**/.vscode/tasks.json',
  '**/perf-hints.config.json',
];

/**
 * The client of our language server, not yet started. The server is a child process that speaks over Node's own
 * channel: when the extension host goes, the channel closes and the server ends with it.
 */
export function createLanguageClient(
  context: vscode.ExtensionContext,
  output: vscode.LogOutputChannel,
  findings: Findings,
): LanguageClient {
  const module = context.asAbsolutePath('dist/server.js');
  const storage = context.storageUri ?? context.globalStorageUri;
  const initializationOptions: InitializationOptions = {
    clientCommands: [ClientCommand.showRuleDocumentation],
    ...(storage.scheme === 'file' ? { storagePath: storage.fsPath } : {}),
  };
  return new LanguageClient(
    'perfHints',
    'Perf Hints',
    {
      run: { module, transport: TransportKind.ipc },
      debug: { module, transport: TransportKind.ipc, options: { execArgv: ['--nolazy', '--inspect=6019'] } },
    },
    {
      documentSelector: [
        ...languages.map((language) => ({ scheme: 'file', language })),
        { scheme: 'file', pattern: '**/*.prisma' },
        ...settingsFiles.map((pattern) => ({ scheme: 'file', pattern })),
      ],
      outputChannel: output,
      initializationOptions,
      diagnosticCollectionProvider: findings.forOpenFiles,
      diagnosticPullOptions: { onChange: true, onSave: true, onFocus: true },
      markdown: { isTrusted: false, supportHtml: false },
    },
  );
}

/** Starts the server anew, also where it is not running or no longer answers. */
export async function restartServer(client: LanguageClient): Promise<void> {
  try {
    if (client.isRunning()) await client.stop();
  } catch (error) {
    client.warn('The server did not stop by itself and is ended', error, false);
  }
  await client.start();
}
