#!/usr/bin/env node
import { version } from '../../package.json';
import { detailOf } from '../workspace/notes';
import { readArguments } from './arguments';
import { audit } from './audit';
import { help } from './help';
import type { ExitCode, Output } from './output';
import { typeCheck } from './typeCheck';
import { UsageError } from './usageError';

const CANCELLED_EXIT_CODE = 130;

const cancellation = new AbortController();
/** The first time everything comes to an orderly end; whoever asks twice wants it at once. */
function cancel(): void {
  if (cancellation.signal.aborted) process.exit(CANCELLED_EXIT_CODE);
  cancellation.abort();
}
// A terminal that closes hangs up.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, cancel);
// `perf-hints audit | head` closes the pipe before everything is written: that is no error.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && !cancellation.signal.aborted) throw error;
  });
}

const output: Output = {
  currentFolder: process.cwd(),
  result: (text) => process.stdout.write(text),
  complaint: (text) => process.stderr.write(text),
  note: (line) => process.stderr.write(`perf-hints: ${line}\n`),
  colour: process.stdout.isTTY === true && !process.env.NO_COLOR,
  ...(process.stdout.isTTY ? { width: process.stdout.columns } : {}),
  signal: cancellation.signal,
};

async function run(argv: readonly string[]): Promise<ExitCode | typeof CANCELLED_EXIT_CODE> {
  try {
    const args = readArguments(argv);
    if (args.command === 'audit') return await audit(args, output);
    if (args.command === 'type-check') return await typeCheck(args, output);
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
