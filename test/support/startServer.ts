import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** `PERF_HINTS_SERVER=source` runs the server from its source, while it is being written. */
export function startServer(): ChildProcess {
  const repository = resolve(__dirname, '../..');
  const built = join(repository, 'dist/server.js');
  const fromSource = process.env.PERF_HINTS_SERVER === 'source';
  assert(fromSource || existsSync(built), 'dist/server.js is built: npm run build');
  const file = fromSource ? ['--import', 'tsx', join(repository, 'server/lsp/main.ts')] : [built];
  return spawn(process.execPath, [...file, '--stdio'], { cwd: repository, stdio: ['pipe', 'pipe', 'inherit'] });
}
