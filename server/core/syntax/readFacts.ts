import type { DocumentFacts } from './documentFacts';
import { isTypeScriptFile } from './typescript/parse';
import { readTypeScriptFacts } from './typescript/readTypeScriptFacts';

/**
 * Returns the facts of a document, by the name of its file (relative, with `/`); undefined for a
 * file that says nothing to us. Never throws: broken text gives fewer facts.
 */
export function readFacts(file: string, text: string): DocumentFacts | undefined {
  if (isTypeScriptFile(file)) return readTypeScriptFacts(file, text);
  return undefined;
}
