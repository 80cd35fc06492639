import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const repository = resolve(__dirname, '../../..');

/** What the tests leave behind to be looked at: git-ignored. */
export const screenshots = join(repository, 'dist-test/screenshots');

/** What VS Code says while it is tested. */
export const serverLog = join(repository, 'dist-test/vscode.log');

/** The package that a person installs. */
export const vsix = join(repository, 'perf-hints.vsix');

/** What test/e2e/setup.sh installed. */
const tools = join(repository, '.e2e/current');

export const node24 = join(tools, 'node24');
export const codeServerEntry = join(tools, 'vscode/node_modules/code-server/out/node/entry.js');

/** Makes an empty folder that goes away when this process ends. */
export function newFolder(purpose: string): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), `perf-hints-e2e-${purpose}-`)));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** Copies the demo application into a folder of its own, so that a test can change it. */
export function copyOfDemo(): string {
  const folder = newFolder('workspace');
  cpSync(join(repository, 'test/workspace'), folder, { recursive: true });
  mkdirSync(screenshots, { recursive: true });
  return folder;
}
