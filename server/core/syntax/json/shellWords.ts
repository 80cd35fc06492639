import type { Range } from '../../text/range';

/** One word of a command line, as its program gets it; `range` is in offsets of the command line. */
export interface ShellWord {
  readonly text: string;
  readonly range: Range;
  /** The shell puts something else in its place: `$HOME`, `` `date` ``. */
  readonly expands: boolean;
}

/** The words of one program: those between `&&`, `||`, `;`, `|`, `&`, parentheses and the ends of lines. */
export type SimpleCommand = readonly ShellWord[];

const OPERATORS = /[&|;()\n]/;

/**
 * Splits a command line as `sh` does, as far as scripts of packages need it: quotes, escapes, operators. What stands
 * behind a redirection (`> log.txt`) is no word of the program. Never fails: an open quote ends with the text.
 */
export function readSimpleCommands(line: string): readonly SimpleCommand[] {
  const commands: SimpleCommand[] = [];
  let words: ShellWord[] = [];
  let isRedirected = false;
  const endCommand = () => {
    if (words.length > 0) commands.push(words);
    words = [];
    isRedirected = false;
  };
  for (let at = 0; at < line.length; ) {
    const character = line.charAt(at);
    if (OPERATORS.test(character)) {
      endCommand();
      at++;
    } else if (character === '<' || character === '>') {
      isRedirected = true;
      // `2>&1`: the ampersand is part of it.
      at += line[at + 1] === '&' ? 2 : 1;
    } else if (/\s/.test(character)) {
      at++;
    } else {
      const word = readWord(line, at);
      const isDescriptor = /^\d$/.test(word.text) && /[<>]/.test(line.charAt(word.range.end));
      if (!isRedirected && !isDescriptor) words.push(word);
      at = word.range.end;
    }
  }
  endCommand();
  return commands;
}

function readWord(line: string, start: number): ShellWord {
  let text = '';
  let expands = false;
  let quote = '';
  let at = start;
  for (; at < line.length; at++) {
    const character = line.charAt(at);
    if (quote === '' && (/[\s<>]/.test(character) || OPERATORS.test(character))) break;
    if (character === quote) quote = '';
    else if (quote === '' && (character === '"' || character === "'")) quote = character;
    else if (character === '\\' && quote !== "'" && at + 1 < line.length) text += line.charAt(++at);
    else {
      if (quote !== "'" && (character === '$' || character === '`')) expands = true;
      text += character;
    }
  }
  return { text, range: { start, end: at }, expands };
}
