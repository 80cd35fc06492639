import { readFacts } from '../core/syntax/readFacts';
import { isGeneratedCode } from '../core/syntax/typescript/generatedCode';
import { isWorthParsing } from '../core/syntax/typescript/preFilter';
import { FactsCache } from './factsCache';
import { reasonOf } from './notes';
import { OwnStrings } from './ownStrings';
import type { Reading } from './reading';
import { decode, MAX_FILE_BYTES, readBytes } from './readSource';
import { trackedKind } from './trackedFiles';

/**
 * Reads the facts of a file (relative to the folder, with `/`) from disk, or from the cache what it gave before. Facts
 * share the strings of other facts that were read with the same `strings`. Never throws.
 */
export function readDocument(folder: string, file: string, cache?: FactsCache, strings = new OwnStrings()): Reading {
  try {
    const bytes = readBytes(folder, file);
    if (!bytes) return { skipped: `skipped: larger than ${MAX_FILE_BYTES / 1024} KB` };
    if (!cache) return readBytesOf(file, bytes, strings);
    const key = FactsCache.keyOf(file, bytes);
    const known = cache.find(key);
    if (known) return known;
    const read = readBytesOf(file, bytes, strings);
    cache.keep(key, read);
    return read;
  } catch (error) {
    return { skipped: `not read: ${reasonOf(error)}` };
  }
}

function readBytesOf(file: string, bytes: Buffer, strings: OwnStrings): Reading {
  const text = decode(bytes);
  const isSource = trackedKind(file) === 'source';
  if (isSource && isGeneratedCode(text)) return { generated: true };
  if (isSource && !isWorthParsing(text)) return {};
  const facts = readFacts(file, text);
  if (!facts) return {};
  strings.replaceIn(facts);
  return { facts };
}
