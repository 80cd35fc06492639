import type { Range } from '../text/range';

/** A `perf-hints-ignore` comment, in TypeScript or in a Prisma schema. */
export interface Directive {
  /** The comment itself, from its slashes to its last character. */
  readonly range: Range;
  readonly scope: 'line' | 'file';
  readonly rules: readonly { readonly id: string; readonly range: Range }[];
  /** The text after the colon; absent when none was given. */
  readonly reason?: string;
  /** What a `line` directive covers: the next line that is neither blank nor a comment. */
  readonly target: Range;
}

const COMMENT = /(?:\/\/|\/\*)[ \t]*perf-hints-ignore(-file)?(?![\w-])([^\n\r]*)/g;
const RULE_ID = /[\w-]+/g;

/** Finds the ignore directives of a document; never fails. */
export function findDirectives(text: string): Directive[] {
  if (!text.includes('perf-hints-ignore')) return [];
  return [...text.matchAll(COMMENT)].map((match) => {
    const body = (match[2] ?? '').replace(/\*\/.*$/, '');
    const start = match.index;
    const bodyStart = start + match[0].length - (match[2] ?? '').length;
    const colon = body.indexOf(':');
    const list = colon < 0 ? body : body.slice(0, colon);
    const reason = colon < 0 ? '' : body.slice(colon + 1).trim();
    const closing = text.startsWith('*/', bodyStart + body.length) ? 2 : 0;
    const end = bodyStart + body.length + closing;
    return {
      range: { start, end: closing ? end : start + text.slice(start, end).trimEnd().length },
      scope: match[1] ? 'file' : 'line',
      rules: [...list.matchAll(RULE_ID)].map((id) => ({
        id: id[0],
        range: { start: bodyStart + id.index, end: bodyStart + id.index + id[0].length },
      })),
      ...(reason ? { reason } : {}),
      target: nextCodeLine(text, end),
    };
  });
}

function nextCodeLine(text: string, from: number): Range {
  let start = text.indexOf('\n', from) + 1;
  while (start > 0) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(start, end).trim();
    if (line && !line.startsWith('//') && !/^\{?\/\*.*\*\/\}?$/.test(line)) return { start, end };
    start = newline + 1;
  }
  return { start: text.length, end: text.length };
}
