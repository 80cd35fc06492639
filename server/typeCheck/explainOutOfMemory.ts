import { isNative } from './compiler';
import { duration, memory } from './figures';
import { isWholeCheck } from './lastAlike';
import type { TypeCheckRun } from './run';

/** What to do about a type check that had too little memory, most promising first. */
export interface OutOfMemoryAdvice {
  /** What happened, with the figures. One or two sentences. */
  readonly message: string;
  readonly actions: readonly OutOfMemoryAction[];
}

export interface OutOfMemoryAction {
  readonly kind: 'raise-heap' | 'incremental' | 'skip-lib-check' | 'split';
  /** A button's text. */
  readonly title: string;
  /** For `raise-heap`: MiB. */
  readonly heapMb?: number;
}

const MIB = 1024 ** 2;
/** What Node takes where nobody says, on machines with much memory (V8's default for 64 bits). */
const USUAL_HEAP_MB = 4096;
/** The rest is for the editor, its language servers and the system. */
const SHARE_OF_MACHINE = 0.75;

/**
 * Explains the last of a project's runs (oldest first) if it ran out of memory; undefined if it did not. `machineMb` is
 * how much memory the machine has (MiB). What an action has done here is said only where these runs show it.
 */
export function explainOutOfMemory(runs: readonly TypeCheckRun[], machineMb: number): OutOfMemoryAdvice | undefined {
  const run = runs.at(-1);
  if (run?.outcome !== 'out-of-memory') return undefined;
  const peak = run.peakBytes === undefined ? '' : `, having taken ${memory(run.peakBytes)}`;
  const heapMb = largerHeap(run, machineMb);
  const actions: readonly OutOfMemoryAction[] = [
    ...(heapMb === undefined ? [] : [{ kind: 'raise-heap', title: `Raise the Heap to ${heapMb} MB`, heapMb } as const]),
    ...(run.mode === 'incremental' ? [] : [{ kind: 'incremental', title: 'Run Incrementally' } as const]),
    ...(run.settings.skipLibCheck ? [] : [{ kind: 'skip-lib-check', title: 'Set skipLibCheck' } as const]),
    { kind: 'split', title: 'About Project References' },
  ];
  const message = `The type check ran out of memory after ${duration(run.wallMs)}${peak}.${seenHere(runs)}`;
  return { message, actions };
}

/** Twice what it had, as far as the machine goes; undefined where more would not help or there is no more. */
function largerHeap(run: TypeCheckRun, machineMb: number): number | undefined {
  if (isNative({ version: run.compilerVersion })) return undefined;
  const had = run.settings.heapMb ?? Math.min(USUAL_HEAP_MB, machineMb / 2);
  const wanted = Math.min(had * 2, machineMb * SHARE_OF_MACHINE);
  const rounded = Math.floor(wanted / 256) * 256;
  return rounded > had ? rounded : undefined;
}

/** What a build cache has saved before, in this project. */
function seenHere(runs: readonly TypeCheckRun[]): string {
  const peaks = (wanted: (run: TypeCheckRun) => boolean): number[] =>
    runs.filter((run) => isWholeCheck(run) && wanted(run)).flatMap(({ peakBytes }) => peakBytes ?? []);
  const [cold, cached] = [peaks(({ start }) => start === 'cold'), peaks(({ start }) => start !== 'cold')];
  if (cold.length === 0 || cached.length === 0) return '';
  // The largest with a cache against the smallest without: what is said holds for any two of them.
  const [withCache, without] = [Math.max(...cached), Math.min(...cold)];
  if (withCache + MIB >= without) return '';
  return ` With a build cache it took ${memory(withCache)} here, without one ${memory(without)}.`;
}
