import { run } from '../../server/cli/run';

export interface CliRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a `perf-hints` command line in a folder, within this process: to start one takes longer than most audits. */
export async function runCli(folder: string, args: readonly string[]): Promise<CliRun> {
  let [stdout, stderr] = ['', ''];
  const result = (text: string) => {
    stdout += text;
  };
  const complaint = (text: string) => {
    stderr += text;
  };
  const code = await run(args, {
    currentFolder: folder,
    result,
    complaint,
    note: (line) => complaint(`perf-hints: ${line}\n`),
    colour: false,
    signal: new AbortController().signal,
  });
  return { code, stdout, stderr };
}
