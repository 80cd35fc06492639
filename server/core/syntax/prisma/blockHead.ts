import type { Range } from '../../text/range';
import type { Scanner } from './scanner';

export type BlockKeyword = 'model' | 'view' | 'type' | 'enum' | 'datasource' | 'generator';

/** The head of a block: `model User {`. */
export interface BlockHead {
  readonly keyword: BlockKeyword;
  readonly start: number;
  readonly name: string;
  readonly nameRange: Range;
}

const HEAD = /(model|view|type|enum|datasource|generator)[ \t]+([^\s{}]+)[ \t]*\{/y;

/** True if a block's head starts at the current token: what came before it is over, closed or not. */
export function startsBlock(scanner: Scanner): boolean {
  HEAD.lastIndex = scanner.start;
  return scanner.kind === 'word' && HEAD.test(scanner.text);
}

/** Reads the block head at the current token, the scanner then behind its `{`; undefined (scanner unmoved) if there is none. */
export function readBlockHead(scanner: Scanner): BlockHead | undefined {
  if (scanner.kind !== 'word') return undefined;
  HEAD.lastIndex = scanner.start;
  const match = HEAD.exec(scanner.text);
  const [, keyword, name] = match ?? [];
  if (!match || !isKeyword(keyword) || name === undefined) return undefined;
  const nameStart = scanner.text.indexOf(name, match.index + keyword.length);
  const head: BlockHead = {
    keyword,
    start: match.index,
    name,
    nameRange: { start: nameStart, end: nameStart + name.length },
  };
  scanner.goTo(match.index + match[0].length);
  return head;
}

function isKeyword(word: string | undefined): word is BlockKeyword {
  return (
    word === 'model' ||
    word === 'view' ||
    word === 'type' ||
    word === 'enum' ||
    word === 'datasource' ||
    word === 'generator'
  );
}
