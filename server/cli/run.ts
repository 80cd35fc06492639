import { version } from '../../package.json';
import { detailOf } from '../workspace/notes';
import { readArguments } from './arguments';
import { audit } from './audit';
import { help } from './help';
import type { ExitCode, Output } from './output';
import { typeCheck } from './typeCheck';
import { UsageError } from './usageError';

/** What shells give for a program that Ctrl+C ended. */
export const CANCELLED_EXIT_CODE = 130;

/** Runs a command line (without the program's name) to its end and returns the exit code; never rejects. */
export async function run(argv: readonly string[], output: Output): Promise<ExitCode | typeof CANCELLED_EXIT_CODE> {
  try {
    const args = readArguments(argv);
    if (args.command === 'audit') return await audit(args, output);
    if (args.command === 'type-check') return await typeCheck(args, output);
    output.result(args.command === 'help' ? help : `${version}\n`);
    return 0;
  } catch (error) {
    if (output.signal.aborted) {
      output.note('cancelled');
      return CANCELLED_EXIT_CODE;
    }
    if (error instanceof UsageError) output.note(error.message);
    else output.note(`internal error: ${detailOf(error)}`);
    return 2;
  }
}
