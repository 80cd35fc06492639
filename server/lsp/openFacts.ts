import type { DocumentFacts } from '../core/syntax/documentFacts';
import { readFacts } from '../core/syntax/readFacts';
import { isGeneratedCode } from '../core/syntax/typescript/generatedCode';
import { isTypeScriptFile } from '../core/syntax/typescript/parse';

/**
 * Reads the facts of open documents, one keystroke after another. The seam for the incremental
 * parser: what it keeps of a document lives here and goes when the document closes.
 */
export class OpenFacts {
  /** The facts of the document as it stands; undefined where it says nothing to us. */
  read(file: string, text: string): DocumentFacts | undefined {
    return isTypeScriptFile(file) && isGeneratedCode(text) ? undefined : readFacts(file, text);
  }

  /** Drops what was kept for the next keystroke. */
  forget(file: string): void {
    void file;
  }
}
