import { seededRandom } from './random';

/** Replaces `start`–`end` of a text by `text`. */
export interface RandomEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** What people type, and what breaks a parser. */
const TYPED = ['(', ')', '{', '}', '[', ']', "'", '"', '`', '${', '/*', '*/', '//', '\n', '.', ',', ';', ' ', 'a', '0'];
const RARE = [
  '=>',
  'await ',
  '@',
  '@@',
  '<',
  '>',
  '?',
  ':',
  '\\',
  '\r\n',
  '\uFEFF',
  '🧾',
  '\uD800',
  '\0',
  '#',
  'async ',
];

/** A run of single-character edits of a text, each in offsets of what the one before left; now and then a truncation. */
export function* randomEdits(
  text: string,
  seed: number,
  count: number,
): Generator<RandomEdit & { readonly result: string }> {
  const random = seededRandom(seed);
  let current = text;
  for (let index = 0; index < count; index++) {
    const start = random.below(current.length + 1);
    const kind = random.below(10);
    const edit =
      kind === 0
        ? { start, end: current.length, text: '' }
        : kind < 4
          ? { start, end: Math.min(start + 1, current.length), text: '' }
          : { start, end: start, text: random.pick(kind < 9 ? TYPED : RARE) };
    const result = current.slice(0, edit.start) + edit.text + current.slice(edit.end);
    yield { ...edit, result };
    current = kind === 0 ? text : result;
    if (kind === 0) yield { start: 0, end: result.length, text, result: text };
  }
}
