import type { Node } from 'jsonc-parser';

/**
 * Returns a function from offsets in the value of a string to offsets in the document that holds it, escapes counted.
 * `raw` is the string as written, with its quotes, and `start` where it begins.
 */
export function offsetsInString(raw: string, start: number): (offset: number) => number {
  if (!raw.includes('\\')) return (offset) => start + 1 + offset;
  const places: number[] = [];
  let at = 1;
  while (at < raw.length - 1) {
    places.push(start + at);
    at += raw[at] !== '\\' ? 1 : raw[at + 1] === 'u' ? 6 : 2;
  }
  return (offset) => places[offset] ?? start + at;
}

/** The value of a property of an object; undefined where there is none, or no object. */
export function propertyOf(node: Node | undefined, name: string): Node | undefined {
  if (node?.type !== 'object') return undefined;
  return node.children?.find(({ children }) => children?.[0]?.value === name)?.children?.[1];
}

/** The text of a string; undefined for anything else. */
export function textOf(node: Node | undefined): string | undefined {
  return node?.type === 'string' && typeof node.value === 'string' ? node.value : undefined;
}

/** The elements of an array; none of anything else. */
export function elementsOf(node: Node | undefined): readonly Node[] {
  return node?.type === 'array' ? (node.children ?? []) : [];
}
