import { stripVTControlCharacters } from 'node:util';
import type { TypeCheckOutcome } from './run';

/** What V8 and Go say at their end. */
const OUT_OF_MEMORY = /heap out of memory|fatal error: .*(?:out of memory|cannot allocate memory|failed to reserve)/i;
/** By a shell's count: aborted, killed, asked to end; and by nobody of ours. */
const DEADLY_EXIT_CODES: readonly (number | null)[] = [134, 137, 143];
const DEADLY_SIGNALS: readonly (NodeJS.Signals | null)[] = ['SIGABRT', 'SIGKILL', 'SIGTERM'];
const CAUSE = /^(?:\w*Error\b|fatal error:|panic:|node:? .*bad option|.*: not found)/;

export interface Ending {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Whether it was we who ended it. */
  readonly isStopped: boolean;
  readonly errors: number;
  /** What is wrong with the project itself, if the compiler said so. */
  readonly problem?: string | undefined;
  readonly complaints: Complaints;
}

export interface Judged {
  readonly outcome: TypeCheckOutcome;
  readonly problem?: string;
}

/** Says how a run went. */
export function judge({ exitCode, signal, isStopped, errors, problem, complaints }: Ending): Judged {
  if (isStopped) return { outcome: 'stopped' };
  if (exitCode === 0) return { outcome: 'clean' };
  const isKilled = DEADLY_EXIT_CODES.includes(exitCode) || DEADLY_SIGNALS.includes(signal);
  if (isKilled || complaints.isOutOfMemory) return { outcome: 'out-of-memory' };
  if (problem !== undefined) return { outcome: 'failed', problem };
  if (errors > 0 && (exitCode === 1 || exitCode === 2)) return { outcome: 'errors' };
  const ended = signal === null ? `with exit code ${exitCode}` : `by ${signal}`;
  return { outcome: 'failed', problem: complaints.cause ?? `The compiler ended ${ended}.` };
}

/** Reads what a compiler, or its Node, says on its way out. */
export class Complaints {
  #rest = '';
  #first: string | undefined;
  #cause: string | undefined;
  #isOutOfMemory = false;

  write(text: string): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#read(stripVTControlCharacters(line).trim());
  }

  get isOutOfMemory(): boolean {
    return this.#isOutOfMemory || OUT_OF_MEMORY.test(this.#rest);
  }

  /** The line that says most, or the first one. */
  get cause(): string | undefined {
    const last = this.#rest.trim();
    return this.#cause ?? this.#first ?? (last === '' ? undefined : last);
  }

  #read(line: string): void {
    if (line === '') return;
    this.#first ??= line;
    if (CAUSE.test(line)) this.#cause ??= line;
    if (OUT_OF_MEMORY.test(line)) this.#isOutOfMemory = true;
  }
}
