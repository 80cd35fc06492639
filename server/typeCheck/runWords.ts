import { counted } from './figures';
import type { TypeCheckRun } from './run';

/** Whether the compiler came to its end, with or without errors: only then its time is that of a check. */
export function ended({ outcome }: TypeCheckRun): boolean {
  return outcome === 'clean' || outcome === 'errors';
}

/** `clean`, `3 errors`, `out of memory`, `stopped`, `failed`. */
export function resultOf({ outcome, errors }: TypeCheckRun): string {
  if (outcome === 'errors') return counted(errors, 'error');
  return outcome === 'out-of-memory' ? 'out of memory' : outcome;
}

/** `none`, `own, warm`, `the project’s, empty`: whose build cache a run had, and what it found there. */
export function buildCacheOf({ mode, start, settings }: TypeCheckRun): string {
  const { buildCache = settings.incrementalInConfig ? 'project' : 'ours' } = settings;
  if (mode === 'cold' || buildCache === 'none') return 'none';
  const found = { cold: 'empty', warm: 'warm', edited: 'warm, some files edited' }[start];
  return `${buildCache === 'project' ? 'the project’s' : 'own'}, ${found}`;
}

/** `2026-11-21 23:40`, in UTC as it is kept. */
export function startOf({ startedAt }: TypeCheckRun): string {
  return startedAt.slice(0, 16).replace('T', ' ');
}

/** What changed from one run to the next that moves its figures without an edit of the code; in words, none if nothing. */
export function changesBetween(previous: TypeCheckRun, run: TypeCheckRun): readonly string[] {
  const changes: string[] = [];
  if (previous.compilerVersion !== run.compilerVersion) {
    changes.push(`TypeScript ${previous.compilerVersion} → ${run.compilerVersion}`);
  }
  if (previous.settings.configHash !== run.settings.configHash) changes.push('configuration changed');
  return changes;
}
