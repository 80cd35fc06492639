import type { Range } from '../../text/range';
import type { SqlToken } from './sqlTokens';

/** Reads the tokens of one statement, or of a part of one, from left to right. */
export class SqlReader {
  private at = 0;

  constructor(
    private readonly sql: string,
    private readonly tokens: readonly SqlToken[],
  ) {}

  /** All of it, in offsets of the text. */
  get range(): Range {
    return { start: this.tokens[0]?.start ?? 0, end: this.tokens.at(-1)?.end ?? 0 };
  }

  /** True if the next token is this word (any case) or sign. */
  isNext(word: string): boolean {
    return isWord(this.tokens[this.at], word);
  }

  /** Goes past these words or signs if they come next, all of them; else stays. */
  takes(...words: readonly string[]): boolean {
    if (!words.every((word, index) => isWord(this.tokens[this.at + index], word))) return false;
    this.at += words.length;
    return true;
  }

  /** True if the word comes anywhere later. */
  has(word: string): boolean {
    return this.tokens.some((token, index) => index >= this.at && isWord(token, word));
  }

  /** Goes past a name, `schema.` in front of it left out; undefined if none comes next. */
  name(): string | undefined {
    let name: string | undefined;
    do {
      const token = this.tokens[this.at];
      if (!token || (token.kind !== 'word' && token.kind !== 'name')) return name;
      name = token.text;
      this.at++;
    } while (this.takes('.'));
    return name;
  }

  /** Goes past a parenthesised list; returns a reader for each of its parts, undefined if no list comes next. */
  list(): SqlReader[] | undefined {
    if (!this.takes('(')) return undefined;
    const parts = this.parts();
    this.takes(')');
    return parts;
  }

  /** Returns a reader for each comma-separated part of what is left. */
  rest(): SqlReader[] {
    return this.parts();
  }

  /** Goes past an index's column list: database names, or an expression's text; undefined if none comes next. */
  columns(): string[] | undefined {
    return this.list()?.map((part) => part.column());
  }

  private column(): string {
    const [first, second, third] = this.tokens;
    const named = first && (first.kind === 'word' || first.kind === 'name');
    // MySQL's `name(10)` is a column's prefix; any other parenthesis makes it an expression.
    const isCall = isWord(second, '(') && !/^\d+$/.test(third?.text ?? '');
    return named && !isCall ? first.text : this.sql.slice(this.range.start, this.range.end);
  }

  /** Up to the end, or to the parenthesis that closes what was open before. */
  private parts(): SqlReader[] {
    const parts: SqlReader[] = [];
    let part: SqlToken[] = [];
    let depth = 0;
    for (; this.at < this.tokens.length; this.at++) {
      const token = this.tokens[this.at];
      if (!token) break;
      if (isWord(token, '(')) depth++;
      if (isWord(token, ')') && --depth < 0) break;
      if (depth === 0 && isWord(token, ',')) {
        parts.push(new SqlReader(this.sql, part));
        part = [];
      } else {
        part.push(token);
      }
    }
    if (part.length > 0) parts.push(new SqlReader(this.sql, part));
    return parts;
  }
}

function isWord(token: SqlToken | undefined, word: string): boolean {
  return (token?.kind === 'word' || token?.kind === 'symbol') && token.text.toLowerCase() === word;
}
