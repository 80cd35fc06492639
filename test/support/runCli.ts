import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';

const main = resolve('server/cli/main.ts');

export interface CliRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `perf-hints` as a process of its own, in a folder. */
export function runCli(folder: string, args: readonly string[]): Promise<CliRun> {
  // By its path, for the folder has no node_modules to find tsx in.
  const loader = join(resolve('node_modules/tsx/dist'), 'loader.mjs');
  const options = { cwd: folder, env: { ...process.env, NO_COLOR: '' } };
  return new Promise((done) => {
    execFile(process.execPath, ['--import', loader, main, ...args], options, (error, stdout, stderr) => {
      done({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, stdout, stderr });
    });
  });
}
