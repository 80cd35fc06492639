/** Shorter strings are copied by the engine anyway when they are cut out of a text. */
const SHORTEST_SLICE = 13;

/**
 * Gives facts strings of their own, the same for the same text. A name cut out of a source is a view of it, and a
 * single one would keep the whole text in memory for as long as its facts.
 */
export class OwnStrings {
  readonly #known = new Map<string, string>();

  /** Replaces the strings in a tree of plain objects and arrays that nobody else holds yet. */
  replaceIn(tree: object): void {
    const parts = tree as Record<string, unknown>;
    for (const key in parts) {
      const part = parts[key];
      if (typeof part === 'object' && part !== null) this.replaceIn(part);
      else if (typeof part === 'string' && part.length >= SHORTEST_SLICE) parts[key] = this.#own(part);
    }
  }

  #own(text: string): string {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const own = ` ${text}`.slice(1); // joining makes a new text, of which this is a view
    this.#known.set(own, own);
    return own;
  }
}
