/**
 * One run of the workspace's own compiler over one project, measured. Kept as JSON from one session to the next:
 * properties are added, never given another meaning.
 */
export interface TypeCheckRun {
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** `6.0.3`: of the compiler that ran, not of ours. */
  readonly compilerVersion: string;
  /** What was asked for: with a build cache of its own, or as a plain `tsc --noEmit` without one. */
  readonly mode: TypeCheckMode;
  /** What it was: without anything from an earlier run, after no change, or after some files had changed. */
  readonly start: 'cold' | 'warm' | 'edited';
  readonly outcome: TypeCheckOutcome;
  /** Errors that the compiler reported. */
  readonly errors: number;
  readonly wallMs: number;
  /** The most that the compiler's processes together held in memory, by the operating system; absent if it ended unseen. */
  readonly peakBytes?: number;
  /** What the compiler says of itself (`--extendedDiagnostics`); absent parts were not said. */
  readonly program: ProgramFigures;
  readonly settings: RunSettings;
  readonly exitCode?: number;
  readonly signal?: string;
  /** Where the compiler recorded what it did (`--generateTrace`): it takes longer then. */
  readonly isTraced?: boolean;
  /** For `failed`: what it said. One line. */
  readonly problem?: string;
}

export type TypeCheckMode = 'incremental' | 'cold';

export type TypeCheckOutcome = 'clean' | 'errors' | 'out-of-memory' | 'stopped' | 'failed';

export interface ProgramFigures {
  readonly files?: number;
  readonly lines?: number;
  /** Milliseconds. */
  readonly parseMs?: number;
  readonly bindMs?: number;
  readonly checkMs?: number;
  readonly totalMs?: number;
}

/** What the run was given: a comparison says where it changed. */
export interface RunSettings {
  /** Of the configuration with all that it extends; equal if nothing in them changed. */
  readonly configHash: string;
  readonly skipLibCheck?: boolean;
  /** Whether the project itself asks for a build cache. */
  readonly incrementalInConfig?: boolean;
  /** Whose build cache it was run with; not told by runs of earlier releases. */
  readonly buildCache?: 'none' | 'ours' | 'project';
  /** MiB, for compilers that run on Node. */
  readonly heapMb?: number;
  /** For TypeScript 7. */
  readonly checkers?: number;
}
