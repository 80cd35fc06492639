import type ts from 'typescript';
import type { DocumentFacts } from '../core/syntax/documentFacts';
import { readFacts } from '../core/syntax/readFacts';
import { isGeneratedCode } from '../core/syntax/typescript/generatedCode';
import { isTypeScriptFile, parseTypeScript, reparseTypeScript } from '../core/syntax/typescript/parse';
import { isWorthParsing } from '../core/syntax/typescript/preFilter';
import { factsOfTree } from '../core/syntax/typescript/readTypeScriptFacts';

/** Nobody types in more files than these at once; a tree takes twenty times its text in memory. */
const KEPT_TREES = 4;

/** Who has not typed for this long waits for one parse when they go on; meanwhile the memory is free. */
const IDLE_MILLISECONDS = 60_000;

/**
 * Reads the facts of open documents, one keystroke after another: what a keystroke left alone is not
 * parsed again. Says the same of a text as reading it afresh.
 */
export class OpenFacts {
  readonly #trees = new Map<string, ts.SourceFile>();
  #idle: NodeJS.Timeout | undefined;

  /** How many trees are kept for the next keystroke. */
  get keptTrees(): number {
    return this.#trees.size;
  }

  /** The facts of a document as it stands; undefined where it says nothing to us. */
  read(file: string, text: string): DocumentFacts | undefined {
    if (!isTypeScriptFile(file)) return readFacts(file, text);
    if (!isWorthParsing(text) || isGeneratedCode(text)) return undefined;
    return factsOfTree(this.#parse(file, text));
  }

  /** Drops what was kept for the next keystroke. */
  forget(file: string): void {
    this.#trees.delete(file);
  }

  #dropWhenIdle(): void {
    // One timer that is put off, not a new one for every keystroke.
    this.#idle ??= setTimeout(() => {
      this.#idle = undefined;
      this.#trees.clear();
    }, IDLE_MILLISECONDS).unref();
    this.#idle.refresh();
  }

  #parse(file: string, text: string): ts.SourceFile {
    const previous = this.#trees.get(file);
    // Out of the map meanwhile: a tree that an update failed on is never used again.
    this.#trees.delete(file);
    const tree = previous ? reparse(previous, text) : parseTypeScript(file, text);
    const [oldest] = this.#trees.keys();
    if (oldest !== undefined && this.#trees.size >= KEPT_TREES) this.#trees.delete(oldest);
    this.#trees.set(file, tree);
    this.#dropWhenIdle();
    return tree;
  }
}

/** Finds the one stretch in which the texts differ, and parses anew what it touches. */
function reparse(previous: ts.SourceFile, text: string): ts.SourceFile {
  const before = previous.text;
  if (before === text) return previous;
  const shorter = Math.min(before.length, text.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === text.charCodeAt(start)) start++;
  let same = 0;
  while (
    same < shorter - start &&
    before.charCodeAt(before.length - 1 - same) === text.charCodeAt(text.length - 1 - same)
  ) {
    same++;
  }
  return reparseTypeScript(previous, text, { start, end: before.length - same }, text.length - same - start);
}
