#!/usr/bin/env node
import { version } from '../../package.json';
import { detailOf } from '../workspace/notes';
import { readArguments } from './arguments';
import { audit } from './audit';
import { help } from './help';
import type { ExitCode, Output } from './output';
import { UsageError } from './usageError';

const CANCELLED_EXIT_CODE = 130;

const cancellation = new AbortController();
process.once('SIGINT', () => cancellation.abort());
process.once('SIGTERM', () => cancellation.abort());
// `perf-hints audit | head` closes the pipe before everything is written: that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

const output: Output = {
  currentFolder: process.cwd(),
  result: (text) => process.stdout.write(text),
  note: (line) => process.stderr.write(`perf-hints: ${line}\n`),
  colour: process.stdout.isTTY === true && !process.env.NO_COLOR,
  ...(process.stdout.isTTY ? { width: process.stdout.columns } : {}),
  signal: cancellation.signal,
};

async function run(argv: readonly string[]): Promise<ExitCode | typeof CANCELLED_EXIT_CODE> {
  try {
    const args = readArguments(argv);
    if (args.command === 'audit') return await audit(args, output);
    output.result(args.command === 'help' ? help : `${version}\n`);
    return 0;
  } catch (error) {
    if (cancellation.signal.aborted) {
      output.note('cancelled');
      return CANCELLED_EXIT_CODE;
    }
    if (error instanceof UsageError) output.note(error.message);
    else output.note(`internal error: ${detailOf(error)}`);
    return 2;
  }
}

// Setting the code instead of exiting lets a pipe take everything that was written.
void run(process.argv.slice(2)).then((exitCode) => {
  process.exitCode = exitCode;
});
