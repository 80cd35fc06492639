import type { TypeCheckRun } from '../../server/typeCheck/run';

export const MIB = 1024 ** 2;

/** A run that went well, cold, of 8 s and 800 MB, with some parts replaced. */
export function runOf(parts: Partial<TypeCheckRun> = {}): TypeCheckRun {
  return {
    startedAt: '2030-01-01T10:00:00.000Z',
    compilerVersion: '6.0.3',
    mode: 'cold',
    start: 'cold',
    outcome: 'clean',
    errors: 0,
    wallMs: 8000,
    peakBytes: 800 * MIB,
    program: { files: 1204, lines: 96_000, checkMs: 5000 },
    settings: { configHash: 'a', buildCache: 'none' },
    ...parts,
  };
}

/** A run a minute, oldest first: each is {@link runOf} with its parts. */
export function runsOf(...all: readonly Partial<TypeCheckRun>[]): readonly TypeCheckRun[] {
  return all.map((parts, minute) =>
    runOf({ startedAt: `2030-01-01T10:${String(minute).padStart(2, '0')}:00.000Z`, ...parts }),
  );
}

/** What makes a run one with a build cache that has all it needs. */
export const warm = {
  mode: 'incremental',
  start: 'warm',
  wallMs: 2000,
  peakBytes: 400 * MIB,
  settings: { configHash: 'a', buildCache: 'ours' },
} as const;
