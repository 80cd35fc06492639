import { isUtf8 } from 'node:buffer';
import {
  accessSync,
  chmodSync,
  constants,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { withMarkOf } from './readSource';

/**
 * Replaces the text of a file at one stroke: a reader sees the old text or the new one, never half.
 * Keeps its byte order mark and its permissions, and writes through a link. Throws what the file
 * system throws, a read-only file's EACCES too, and leaves nothing behind then. Also throws for a file
 * that is not UTF-8: what its other characters were is lost in the text that was read.
 */
export function writeText(folder: string, file: string, text: string): void {
  const path = realpathSync(join(folder, file));
  // Renaming asks only the folder for permission: a file that is read-only must say no itself.
  accessSync(path, constants.W_OK);
  const { mode } = statSync(path);
  if ((mode & 0o222) === 0) throw Object.assign(new Error('the file is read-only'), { code: 'EACCES' });
  const bytes = readFileSync(path);
  if (!isUtf8(bytes)) throw new Error('the file is not UTF-8');
  const draft = `${path}.${process.pid}.perf-hints`;
  try {
    writeFileSync(draft, withMarkOf(bytes, text));
    chmodSync(draft, mode);
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}
