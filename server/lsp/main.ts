/** The language server's entry: `--node-ipc` for VS Code, `--stdio` (also without a flag) for other editors. */
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { version } from '../../package.json';
import { serve } from './server';

const TRANSPORTS = ['--stdio', '--node-ipc', '--socket', '--pipe'];
if (!process.argv.some((argument) => TRANSPORTS.some((transport) => argument.startsWith(transport)))) {
  process.argv.push('--stdio');
}

const connection = createConnection(ProposedFeatures.all);
// A promise that nobody waits for must not take the editor's diagnostics with it.
process.on('unhandledRejection', (reason) => connection.console.error(`Unhandled rejection: ${String(reason)}`));
serve(connection, version);
connection.listen();
