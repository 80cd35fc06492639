import type { Finding, Severity } from '../../server/core/rules/rule';

/** A finding as a person marks it: the part of it on its first line. */
export interface Mark {
  /** 0-based, in the text without mark lines. */
  readonly line: number;
  /** UTF-16 columns, 0-based; `end` exclusive, at most the end of the line. */
  readonly start: number;
  readonly end: number;
  readonly rule: string;
  readonly severity: Severity;
}

export interface MarkedText {
  /** The text that is analysed: without the mark lines. */
  readonly text: string;
  readonly marks: readonly Mark[];
}

const MARK_LINE = /^([ \t]*)(\/\/|--)([ \t]*)(\^+)[ \t]+([\w-]+)[ \t]+(\w+)[ \t]*\r?$/;
const SEVERITIES: readonly string[] = ['warning', 'information', 'hint'] satisfies Severity[];

/**
 * Takes the mark lines out of a text. A mark line is a comment of carets under the marked text,
 * then the rule and the severity; it belongs to the nearest code line above it. Carets that follow
 * the slashes at once (`//^^^`) mark from the slashes on. Throws, naming the line, on a mark that
 * is not well formed or stands above all code.
 */
export function readMarks(marked: string): MarkedText {
  const code: string[] = [];
  const marks: Mark[] = [];
  for (const [index, line] of marked.split('\n').entries()) {
    const match = MARK_LINE.exec(line);
    if (!match) {
      if (/^[ \t]*(?:\/\/|--)[ \t]*\^/.test(line)) {
        throw new Error(`line ${index + 1}: not a mark, "// ^^^ rule-id severity" is one: ${line.trim()}`);
      }
      code.push(line);
      continue;
    }
    const [, indent = '', slashes = '', gap = '', carets = '', rule = '', severity = ''] = match;
    if (code.length === 0) throw new Error(`line ${index + 1}: a mark with no code above it`);
    if (!isSeverity(severity)) {
      throw new Error(`line ${index + 1}: "${severity}" is no severity; known: ${SEVERITIES.join(', ')}`);
    }
    const start = indent.length + (gap ? slashes.length + gap.length : 0);
    const end = indent.length + slashes.length + gap.length + carets.length;
    marks.push({ line: code.length - 1, start, end, rule, severity });
  }
  return { text: code.join('\n'), marks };
}

/** Returns the mark that stands for a finding in `text`. */
export function markOf(finding: Pick<Finding, 'range' | 'rule' | 'severity'>, text: string): Mark {
  const lineStart = text.slice(0, finding.range.start).lastIndexOf('\n') + 1;
  const newline = text.indexOf('\n', finding.range.start);
  const lineEnd = newline < 0 ? text.length : newline - (text[newline - 1] === '\r' ? 1 : 0);
  return {
    line: text.slice(0, lineStart).split('\n').length - 1,
    start: finding.range.start - lineStart,
    end: Math.min(finding.range.end, lineEnd) - lineStart,
    rule: finding.rule,
    severity: finding.severity,
  };
}

/** Returns the mark line that a person would write for a mark. */
export function writeMark(mark: Mark): string {
  const tail = `${mark.rule} ${mark.severity}`;
  if (mark.start < 3) return `${' '.repeat(mark.start)}//${'^'.repeat(Math.max(1, mark.end - mark.start - 2))} ${tail}`;
  return `//${' '.repeat(mark.start - 2)}${'^'.repeat(mark.end - mark.start)} ${tail}`;
}

/** What makes two marks the same. */
export function markKey(mark: Mark): string {
  return `${mark.line}:${mark.start}-${mark.end} ${mark.rule} ${mark.severity}`;
}

function isSeverity(word: string): word is Severity {
  return SEVERITIES.includes(word);
}
