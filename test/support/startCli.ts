import { type ChildProcess, execFile } from 'node:child_process';
import { renameSync } from 'node:fs';
import { resolve } from 'node:path';
import { buildSync } from 'esbuild';
import type { CliRun } from './runCli';

/** Bundled once, for a process that compiles itself first takes several times as long to start. */
const main = resolve('dist-test/cli.js');
/** Test files run beside each other: none may find the half of it. */
const draft = resolve(`dist-test/cli-${process.pid}.js`);
buildSync({
  entryPoints: ['server/cli/main.ts'],
  outfile: draft,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  mainFields: ['module', 'main'],
  external: ['typescript', '@prisma/prisma-schema-wasm'],
  logLevel: 'error',
});
renameSync(draft, main);

/** Runs `perf-hints` as a process of its own, in a folder; `onStart` is given the process. */
export function startCli(
  folder: string,
  args: readonly string[],
  onStart: (cli: ChildProcess) => void = () => undefined,
): Promise<CliRun> {
  const options = { cwd: folder, env: { ...process.env, NO_COLOR: '' } };
  return new Promise((done) => {
    const cli = execFile(process.execPath, [main, ...args], options, (error, stdout, stderr) => {
      done({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, stdout, stderr });
    });
    onStart(cli);
  });
}
