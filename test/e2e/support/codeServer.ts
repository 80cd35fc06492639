import assert from 'node:assert/strict';
import { type ChildProcess, execFile } from 'node:child_process';
import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { codeServerEntry, newFolder, node24, serverLog, vsix } from './places';
import { endGroup, startGroup } from './processes';
import { until } from './until';
import { userSettings } from './userSettings';

/** A running VS Code that a browser shows. */
export interface CodeServer {
  readonly port: number;
  /** Where its extensions are installed. */
  readonly extensions: string;
  stop(): Promise<void>;
}

export interface CodeServerOptions {
  /** More arguments, for tests inside the extension host. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts VS Code on loopback with the packaged extension installed and nothing that asks, suggests or updates. */
export async function startCodeServer({ args = [], env = {} }: CodeServerOptions = {}): Promise<CodeServer> {
  const home = newFolder('vscode');
  const extensions = join(home, 'extensions');
  mkdirSync(join(home, 'data/User'), { recursive: true });
  writeFileSync(join(home, 'data/User/settings.json'), JSON.stringify(userSettings));
  writeFileSync(join(home, 'config.yaml'), '');
  const common = [
    codeServerEntry,
    ...['--config', join(home, 'config.yaml')],
    ...['--user-data-dir', join(home, 'data')],
    ...['--extensions-dir', extensions],
  ];
  const environment = { ...process.env, ...env, EXTENSIONS_GALLERY: '{}' };
  await promisify(execFile)(node24, [...common, '--install-extension', vsix], { env: environment });

  const port = await freePort();
  const server = startGroup(
    node24,
    [
      ...common,
      ...['--auth', 'none', '--bind-addr', `127.0.0.1:${port}`],
      ...['--disable-telemetry', '--disable-update-check', '--disable-workspace-trust'],
      ...['--disable-getting-started-override', '--ignore-last-opened'],
      ...args,
    ],
    { env: environment, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  log(server);
  await until('VS Code answers', async () => {
    assert.equal(server.exitCode, null, `VS Code did not start: see ${serverLog}`);
    const response = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => undefined);
    return response?.ok;
  });
  return { port, extensions, stop: () => endGroup(server) };
}

function log({ stdout, stderr }: ChildProcess): void {
  const written = createWriteStream(serverLog, { flags: 'a' });
  stdout?.pipe(written, { end: false });
  stderr?.pipe(written, { end: false });
}

/** A port that nothing listens on at this moment. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
