import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Runs the tests of a folder in this one process: starting Node and reading the compiler takes most of the time of small
 * ones.
 */
export async function together(folder: string): Promise<void> {
  const files = readdirSync(folder).filter((name) => name.endsWith('.test.ts'));
  if (files.length === 0) throw new Error(`no tests in ${folder}`);
  for (const name of files) await import(join(folder, name));
}
