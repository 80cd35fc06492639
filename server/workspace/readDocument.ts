import type { DocumentFacts } from '../core/syntax/documentFacts';
import { readFacts } from '../core/syntax/readFacts';
import { isGeneratedCode } from '../core/syntax/typescript/generatedCode';
import { isWorthParsing } from '../core/syntax/typescript/preFilter';
import { reasonOf } from './notes';
import { decode, MAX_FILE_BYTES, readBytes } from './readSource';
import { trackedKind } from './trackedFiles';

/** What reading one file gave: facts, or why there are none; neither for a file that says nothing. */
export interface ReadDocument {
  readonly facts?: DocumentFacts;
  /** Worth telling: the file looked as if it were to be analysed. */
  readonly skipped?: string;
  /** True for code that a tool wrote. */
  readonly generated?: boolean;
}

/** Reads the facts of a file (relative to the folder, with `/`) from disk. Never throws. */
export function readDocument(folder: string, file: string): ReadDocument {
  try {
    const bytes = readBytes(folder, file);
    if (!bytes) return { skipped: `skipped: larger than ${MAX_FILE_BYTES / 1024} KB` };
    const text = decode(bytes);
    const isSource = trackedKind(file) === 'source';
    if (isSource && isGeneratedCode(text)) return { generated: true };
    if (isSource && !isWorthParsing(text)) return {};
    const facts = readFacts(file, text);
    return facts ? { facts } : {};
  } catch (error) {
    return { skipped: `not read: ${reasonOf(error)}` };
  }
}
