/** How a file is written, so that a fix looks as if its author had typed it. */
export interface CodeStyle {
  /** One level of indentation: some blanks or a tab. */
  readonly indent: string;
  readonly newline: '\n' | '\r\n';
  readonly semicolons: boolean;
  readonly quote: "'" | '"';
  /** After the last element of what is spread over several lines. */
  readonly trailingCommas: boolean;
  /** The same, after the last argument of a call. */
  readonly argumentCommas: boolean;
  /** The longest line its author lets stand, in characters. */
  readonly lineWidth: number;
}

const WIDTHS = [80, 100, 120];

/** Reads the style of a file from its text; where the text says nothing, what Prettier would write. */
export function readCodeStyle(text: string): CodeStyle {
  const lines = text.split(/\r?\n/);
  const ofArguments = hasArgumentCommas(lines);
  const trailingCommas = hasTrailingCommas(lines) ?? ofArguments ?? true;
  return {
    indent: indentUnit(lines),
    newline: text.includes('\r\n') ? '\r\n' : '\n',
    semicolons: endsStatementsWithSemicolons(lines),
    quote: favouriteQuote(lines),
    trailingCommas,
    argumentCommas: ofArguments ?? trailingCommas,
    lineWidth: widthOf(lines),
  };
}

/** The blanks or tabs that the line of `offset` begins with. */
export function indentAt(text: string, offset: number): string {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(lineStart, lineStart + 200))?.[0] ?? '';
}

/** The step by which lines are most often indented deeper than the one before. */
function indentUnit(lines: readonly string[]): string {
  const steps = new Map<string, number>();
  let previous = '';
  for (const line of lines) {
    const indent = /^[ \t]*/.exec(line)?.[0] ?? '';
    if (indent.length === line.length || /^\s*\*/.test(line)) continue;
    const step = indent.startsWith(previous) ? indent.slice(previous.length) : '';
    if (step !== '' && step.length <= 8) steps.set(step, (steps.get(step) ?? 0) + 1);
    previous = indent;
  }
  return mostFrequent(steps) ?? '  ';
}

function mostFrequent(counts: ReadonlyMap<string, number>): string | undefined {
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}

/** Judged by the one-line statements that can only end there. */
function endsStatementsWithSemicolons(lines: readonly string[]): boolean {
  let [withSemicolon, without] = [0, 0];
  for (const line of lines) {
    const code = line.trim();
    if (!/^(?:import|export|const|let|return|await|throw)\b/.test(code)) continue;
    if (code.endsWith(';')) withSemicolon++;
    else if (/[\w)\]'"`]$/.test(code)) without++;
  }
  return withSemicolon >= without;
}

/** Imports decide where there are any: attributes of JSX keep their double quotes in every style. */
function favouriteQuote(lines: readonly string[]): CodeStyle['quote'] {
  const imports = lines.filter((line) => /\bfrom ['"]|^import ['"]|\brequire\(['"]/.test(line));
  const deciding = imports.length > 0 ? imports : lines;
  let [single, double] = [0, 0];
  for (const line of deciding) {
    single += line.split("'").length - 1;
    double += line.split('"').length - 1;
  }
  return double > single ? '"' : "'";
}

/** Compares the last lines of objects and arrays with and without a comma; undefined where there are as many. */
function hasTrailingCommas(lines: readonly string[]): boolean | undefined {
  let [withComma, without] = [0, 0];
  for (let index = 1; index < lines.length; index++) {
    if (!/^\s*[\]}]/.test(lines[index] ?? '')) continue;
    const before = (lines[index - 1] ?? '').trim();
    if (before.endsWith(',')) withComma++;
    else if (/^[\w'"]+: [^;{]*[\w'")\]]$|^[\w'"]+: .*\)$|^\w+$|^\.\.\.\w+$/.test(before)) without++;
  }
  return withComma === without ? undefined : withComma > without;
}

/** By the argument lists whose brackets stand at the ends of lines; undefined where they show nothing. */
function hasArgumentCommas(lines: readonly string[]): boolean | undefined {
  let [withComma, without] = [0, 0];
  const opened = new Set<string>();
  lines.forEach((line, index) => {
    const indent = /^[ \t]*/.exec(line)?.[0] ?? '';
    const last = (lines[index - 1] ?? '').trim();
    if (line.startsWith(`${indent})`) && opened.delete(indent)) {
      if (last.endsWith(',')) withComma++;
      else if (/[\w)\]}'"`]$/.test(last) && !last.startsWith('...')) without++;
    }
    if (/[\w$>\]]\($/.test(line) && !/\b(?:if|while|for|switch|return|import)\($/.test(line)) opened.add(indent);
  });
  return withComma === without ? undefined : withComma > without;
}

/** The least usual width that all lines keep, but for those that can't be broken. */
function widthOf(lines: readonly string[]): number {
  const longest = lines.reduce((most, line) => {
    const breakable = !/['"`]|\/\/|^\s*\*|^\s*\/\*|^import\b/.test(line);
    return breakable ? Math.max(most, line.length) : most;
  }, 0);
  return WIDTHS.find((width) => longest <= width) ?? 120;
}
