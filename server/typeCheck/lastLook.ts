import { readFileSync, writeFileSync } from 'node:fs';
import { isJsonObject } from '../core/syntax/json/jsonObject';

/** What the last run that used a build cache saw: what has changed since, the next one checks again. */
export interface LastLook {
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly endedAt: number;
  /** How many files the program had, if the compiler told. */
  readonly files?: number;
  readonly configHash: string;
}

/** Reads it from a file (absolute); undefined where there is none, or it is damaged. */
export function readLastLook(file: string): LastLook | undefined {
  try {
    const look: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return isLastLook(look) ? look : undefined;
  } catch {
    return undefined; // no run yet, or none that is known
  }
}

/** Writes it to a file (absolute). Without it, the next run is taken for one after an edit: no harm. */
export function writeLastLook(file: string, look: LastLook): void {
  try {
    writeFileSync(file, JSON.stringify(look));
  } catch {
    // said when the history could not be written
  }
}

function isLastLook(value: unknown): value is LastLook {
  return (
    isJsonObject(value) &&
    [value.startedAt, value.endedAt].every(Number.isFinite) &&
    typeof value.configHash === 'string'
  );
}
