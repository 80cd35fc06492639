import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Larger files are never written by hand: they are skipped, with a note. */
export const MAX_FILE_BYTES = 1024 * 1024;

const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Returns the text of a file as editors show it: UTF-8, without a byte order mark, so that offsets
 * mean the same in both. Undefined where the file can't be read.
 */
export function readText(folder: string, file: string): string | undefined {
  try {
    return decode(readFileSync(join(folder, file)));
  } catch {
    return undefined; // gone or unreadable since it was found: there is nothing to say about it
  }
}

/** Decodes UTF-8 and drops a byte order mark. */
export function decode(bytes: Buffer): string {
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return bytes.toString('utf8', hasMark ? 3 : 0);
}

/** Returns `text` with the byte order mark that the file on disk has, if it has one. */
export function withMarkOf(bytesOnDisk: Buffer, text: string): string {
  return bytesOnDisk[0] === 0xef && bytesOnDisk[1] === 0xbb && bytesOnDisk[2] === 0xbf ? BYTE_ORDER_MARK + text : text;
}

/** Reads a file; undefined if it is larger than {@link MAX_FILE_BYTES}. Throws what the file system throws. */
export function readBytes(folder: string, file: string): Buffer | undefined {
  const path = join(folder, file);
  return statSync(path).size > MAX_FILE_BYTES ? undefined : readFileSync(path);
}
