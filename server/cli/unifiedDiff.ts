import { createTwoFilesPatch } from 'diff';

/** Returns what turns one text of a file into the other, as `git apply` and `patch -p1` read it. */
export function unifiedDiff(file: string, before: string, after: string): string {
  return createTwoFilesPatch(`a/${file}`, `b/${file}`, before, after, undefined, undefined, {
    headerOptions: { includeIndex: false, includeUnderline: false, includeFileHeaders: true },
  });
}
