/** A stretch of a document: UTF-16 offsets, 0-based, `end` exclusive. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** True if `inner` lies within `outer` (equal ranges do). */
export function contains(outer: Range, inner: Range): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** True if the two ranges share at least one character. */
export function overlaps(a: Range, b: Range): boolean {
  return a.start < b.end && b.start < a.end;
}
