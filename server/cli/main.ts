#!/usr/bin/env node
import type { Output } from './output';
import { CANCELLED_EXIT_CODE, run } from './run';

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

// Setting the code instead of exiting lets a pipe take everything that was written.
void run(process.argv.slice(2), output).then((exitCode) => {
  process.exitCode = exitCode;
});
