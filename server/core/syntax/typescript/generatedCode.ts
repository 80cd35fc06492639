/** Far more than any licence text or list of lint comments that stands above code. */
const HEAD_LENGTH = 2048;
const LEADING_COMMENTS = /^(?:\s+|\/\/[^\n]*|\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\/|'use strict';?|"use strict";?)*/;
const SAYS_GENERATED =
  /@generated\b|\bdo not (?:edit|modify|change)\b|\bauto-?generated (?:file|code|by|from)\b|\b(?:file|code) (?:is|was|has been) (?:auto(?:matically)?[- ]?)?generated\b/i;

/** True if the comments at the head of the file say that a tool wrote it. */
export function isGeneratedCode(text: string): boolean {
  const comments = LEADING_COMMENTS.exec(text.slice(0, HEAD_LENGTH));
  return comments !== null && SAYS_GENERATED.test(comments[0]);
}
