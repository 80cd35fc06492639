import { createHash, hash, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { rename, unlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { reasonOf } from './notes';
import { isReading, type Reading } from './reading';

/** To be raised with every change of how the cache is written; what is in the facts needs none, see {@link engineId}. */
const FORMAT = 1;
/** More than the facts of any workspace that was measured; a larger cache would cost more than it saves. */
const MAX_BYTES = 256 * 1024 * 1024;
const PIECE_BYTES = 1024 * 1024;
const NEWLINE = 0x0a;
/** The length of a key: a SHA-256 in base64url. */
const KEY_LENGTH = 43;

/**
 * What reading files gave, kept on disk from one run to the next by what the files held: a header of one line,
 * with a checksum of the rest, then a line for each file: its key and what it gave, as JSON.
 *
 * A cache that is cut off, changed, or written by another version is as good as none. What was not asked for
 * in a run is dropped when the cache is next saved.
 */
export class FactsCache {
  readonly #found = new Map<string, Buffer>();
  readonly #kept = new Map<string, Buffer>();
  #isChanged: boolean;

  private constructor(
    readonly file: string,
    readonly engine: string,
    body: Buffer | undefined,
  ) {
    this.#isChanged = body === undefined;
    for (let start = 0; body && start < body.length; ) {
      const end = body.indexOf(NEWLINE, start);
      if (end < 0) break;
      this.#found.set(body.toString('latin1', start, start + KEY_LENGTH), body.subarray(start, end + 1));
      start = end + 1;
    }
  }

  /** Opens the cache in a file (absolute), which need not exist. `engine` names what reads facts. Never throws. */
  static open(file: string, engine: string): FactsCache {
    return new FactsCache(file, engine, readBody(file, engine));
  }

  /** The key of a file (relative, with `/`) that holds these bytes. */
  static keyOf(file: string, bytes: Buffer): string {
    return hash('sha256', Buffer.concat([Buffer.from(`${file}\0`), bytes]), 'base64url');
  }

  /** What reading gave under this key, in this run or an earlier one; undefined where nobody knows. */
  find(key: string): Reading | undefined {
    const line = this.#found.get(key);
    if (!line) return undefined;
    try {
      const read: unknown = JSON.parse(line.toString('utf8', KEY_LENGTH, line.length - 1));
      if (!isReading(read)) return undefined;
      this.#kept.set(key, line);
      return read;
    } catch {
      return undefined; // the checksum was right, the content is not: it was not we who wrote it
    }
  }

  /** Keeps what reading gave for the next run. */
  keep(key: string, read: Reading): void {
    this.#kept.set(key, Buffer.from(`${key}${JSON.stringify(read)}\n`));
    this.#isChanged = true;
  }

  /** Writes the cache at one stroke, if there is anything new. Returns why it could not; never rejects. */
  async save(): Promise<string | undefined> {
    if (!this.#isChanged && this.#kept.size === this.#found.size) return undefined;
    const lines = [...this.#kept.values()];
    const size = lines.reduce((sum, { length }) => sum + length, 0);
    if (size > MAX_BYTES) return `not saved: it would take ${Math.round(size / 1e6)} MB`;
    const draft = `${this.file}.${randomUUID()}`;
    try {
      mkdirSync(dirname(this.file), { recursive: true });
      await writeFile(draft, inPieces([Buffer.from(headerOf(lines, this.engine)), ...lines]));
      await rename(draft, this.file);
      return undefined;
    } catch (error) {
      await unlink(draft).catch(() => undefined); // there may be none: then that is what failed
      return `not saved: ${reasonOf(error)}`;
    }
  }
}

/** The file in `location` (a folder, absolute) for the facts of a workspace folder (absolute). */
export function cacheFileOf(location: string, folder: string): string {
  return join(location, `facts-${hash('sha256', folder, 'hex').slice(0, 16)}`);
}

function headerOf(lines: readonly Buffer[], engine: string): string {
  const checksum = createHash('sha256');
  for (const line of lines) checksum.update(line);
  return `perf-hints facts ${FORMAT} ${engine} ${checksum.digest('base64url')}\n`;
}

/** The same bytes in fewer pieces: neither a copy of them all, nor a call of the system for each line. */
function* inPieces(lines: readonly Buffer[]): Generator<Buffer> {
  let piece: Buffer[] = [];
  let size = 0;
  for (const line of lines) {
    piece.push(line);
    size += line.length;
    if (size < PIECE_BYTES) continue;
    yield Buffer.concat(piece);
    piece = [];
    size = 0;
  }
  yield Buffer.concat(piece);
}

/** The lines below the header; undefined where the header is not that of these lines and of this engine. */
function readBody(file: string, engine: string): Buffer | undefined {
  try {
    if (statSync(file).size > MAX_BYTES) return undefined;
    const bytes = readFileSync(file);
    const body = bytes.subarray(bytes.indexOf(NEWLINE) + 1);
    return bytes.subarray(0, bytes.length - body.length).toString() === headerOf([body], engine) ? body : undefined;
  } catch {
    return undefined; // none yet, or none that can be read: it is made anew
  }
}
