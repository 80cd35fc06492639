import type { Scanner } from './scanner';

/** Gathers the comments that stand directly above something: a blank line forgets them. */
export class CommentsAbove {
  private lines: string[] = [];
  private lineIsBlank = true;

  /** Takes in the current token if it is a comment or a newline, and goes on; false for any other token. */
  see(scanner: Scanner): boolean {
    if (scanner.kind === 'newline') {
      if (this.lineIsBlank) this.lines = [];
      this.lineIsBlank = true;
    } else if (scanner.kind === 'comment') {
      this.lines.push(commentText(scanner.value));
      this.lineIsBlank = false;
    } else {
      this.lineIsBlank = false;
      return false;
    }
    scanner.next();
    return true;
  }

  /** Returns the comments directly above, and forgets them. */
  take(): string[] {
    const { lines } = this;
    this.lines = [];
    return lines;
  }
}

/** The words of a comment, without its slashes and stars. */
export function commentText(comment: string): string {
  return comment.startsWith('/*') ? comment.replace(/^\/\*+|\*+\/$/g, '').trim() : comment.replace(/^\/+/, '').trim();
}
