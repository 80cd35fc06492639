import { readFileSync } from 'node:fs';

const FOLDER = new URL('../proof/shop/', import.meta.url);

/** The shop that proof cases stand in, as an application would have it: its schema and its client. */
export function shopFiles(): Map<string, string> {
  return new Map(['schema.prisma', 'db.ts'].map((name) => [name, readFileSync(new URL(name, FOLDER), 'utf8')]));
}
