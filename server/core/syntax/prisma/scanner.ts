export type TokenKind = 'word' | 'number' | 'string' | 'symbol' | 'newline' | 'comment' | 'end';

const TAB = 9;
const NEWLINE = 10;
const CARRIAGE_RETURN = 13;
const SPACE = 32;
const QUOTE = 34;
const STAR = 42;
const MINUS = 45;
const DOT = 46;
const SLASH = 47;
const BACKSLASH = 92;
const NO_BREAK_SPACE = 0xa0;
const BYTE_ORDER_MARK = 0xfeff;

/**
 * Goes through a schema token by token. Newlines and comments are tokens, because Prisma's grammar
 * ends a field at the end of its line. Any text gives tokens: what is not understood is a `symbol`.
 */
export class Scanner {
  kind: TokenKind = 'newline';
  /** Offsets of the current token, UTF-16. */
  start = 0;
  end = 0;
  /** Where no closing of a block comment is to be found any more, so that nobody looks twice. */
  private unclosedFrom = Number.POSITIVE_INFINITY;

  constructor(readonly text: string) {
    this.next();
  }

  /** Goes to the next token; stays at `end` when there is none. */
  next(): void {
    const { text } = this;
    let at = this.end;
    let code = text.charCodeAt(at);
    while (isBlank(code)) code = text.charCodeAt(++at);
    this.start = at;
    if (at >= text.length) this.take('end', text.length);
    else if (code === NEWLINE) this.take('newline', at + 1);
    else if (isDigit(code) || (code === MINUS && isDigit(text.charCodeAt(at + 1))))
      this.take('number', wordEnd(text, at + 1));
    else if (isWordPart(code)) this.take('word', wordEnd(text, at + 1));
    else if (code === QUOTE) this.take('string', stringEnd(text, at + 1));
    else if (code === SLASH && text.charCodeAt(at + 1) === SLASH) this.take('comment', lineEnd(text, at));
    else if (code === SLASH && text.charCodeAt(at + 1) === STAR) this.take('comment', this.blockCommentEnd(at));
    else this.take('symbol', at + 1);
  }

  /** Goes to the next token that is neither a newline nor a comment. */
  nextInside(): void {
    do this.next();
    while (this.kind === 'newline' || this.kind === 'comment');
  }

  /** Makes the token at or after `offset` the current one. */
  goTo(offset: number): void {
    this.end = offset;
    this.next();
  }

  /** The current token's text. */
  get value(): string {
    return this.text.slice(this.start, this.end);
  }

  /** True if the current token is of one of these kinds. */
  at(...kinds: readonly TokenKind[]): boolean {
    return kinds.includes(this.kind);
  }

  /** True if the current token is this one-character symbol. */
  is(symbol: string): boolean {
    return this.kind === 'symbol' && this.text.charCodeAt(this.start) === symbol.charCodeAt(0);
  }

  private take(kind: TokenKind, end: number): void {
    this.kind = kind;
    this.end = end;
  }

  private blockCommentEnd(start: number): number {
    const closing = start < this.unclosedFrom ? this.text.indexOf('*/', start + 2) : -1;
    if (closing >= 0) return closing + 2;
    this.unclosedFrom = Math.min(this.unclosedFrom, start);
    return lineEnd(this.text, start);
  }
}

/** The offset of the end of the line that holds `offset`, before its line break. */
export function lineEnd(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  if (newline < 0) return text.length;
  return newline > offset && text.charCodeAt(newline - 1) === CARRIAGE_RETURN ? newline - 1 : newline;
}

function wordEnd(text: string, from: number): number {
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    if (isWordPart(code) || (code === DOT && isWordPart(text.charCodeAt(at + 1)))) at++;
    else return at;
  }
}

/** An unfinished string ends with its line. */
function stringEnd(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at + 1;
    if (code === NEWLINE) return at;
    if (code === BACKSLASH && text.charCodeAt(at + 1) !== NEWLINE) at++;
  }
  return text.length;
}

function isBlank(code: number): boolean {
  return (
    code === SPACE || code === TAB || code === CARRIAGE_RETURN || code === NO_BREAK_SPACE || code === BYTE_ORDER_MARK
  );
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isWordPart(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    isDigit(code) ||
    code === 95 ||
    code === MINUS ||
    (code >= 128 && !isBlank(code))
  );
}
