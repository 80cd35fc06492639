import { readFacts } from '../core/syntax/readFacts';
import { isGeneratedCode } from '../core/syntax/typescript/generatedCode';
import { isWorthParsing } from '../core/syntax/typescript/preFilter';
import { FactsCache } from './factsCache';
import { reasonOf } from './notes';
import type { Reading } from './reading';
import { decode, MAX_FILE_BYTES, readBytes } from './readSource';
import { trackedKind } from './trackedFiles';

/** Reads the facts of a file (relative to the folder, with `/`) from disk, or from the cache what it gave before. Never throws. */
export function readDocument(folder: string, file: string, cache?: FactsCache): Reading {
  try {
    const bytes = readBytes(folder, file);
    if (!bytes) return { skipped: `skipped: larger than ${MAX_FILE_BYTES / 1024} KB` };
    if (!cache) return readBytesOf(file, bytes);
    const key = FactsCache.keyOf(file, bytes);
    const known = cache.find(key);
    if (known) return known;
    const read = readBytesOf(file, bytes);
    cache.keep(key, read);
    return read;
  } catch (error) {
    return { skipped: `not read: ${reasonOf(error)}` };
  }
}

function readBytesOf(file: string, bytes: Buffer): Reading {
  const text = decode(bytes);
  const isSource = trackedKind(file) === 'source';
  if (isSource && isGeneratedCode(text)) return { generated: true };
  if (isSource && !isWorthParsing(text)) return {};
  const facts = readFacts(file, text);
  return facts ? { facts } : {};
}
