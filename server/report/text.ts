import type { Severity } from '../core/rules/rule';
import { linePositions } from '../core/text/linePositions';
import { listEndpoints, moreEndpoints } from './endpoints';
import { byFile, counted, type ReportInput, summaryLine } from './report';

const colours: Readonly<Record<Severity, string>> = { warning: '33', information: '36', hint: '90' };
const ENDPOINTS = 'Costliest endpoints: the most queries that one request can send';
/** A narrower column of text is harder to read than one that the terminal breaks by itself. */
const NARROWEST = 40;

export interface TextStyle {
  /** Whether to use ANSI colours. */
  readonly colour: boolean;
  /** How to call a file, where not as the findings do. */
  readonly nameOf?: (file: string) => string;
  /** Columns of the terminal; without one, each finding is a line, for `grep`. */
  readonly width?: number;
}

/** Returns the report for a terminal or a pipe: by file, each finding with its place, severity, rule and message. */
export function textReport(input: ReportInput, { colour, width, nameOf = (file) => file }: TextStyle): string {
  const paint = (code: string, text: string) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);
  const groups = [...byFile(input.findings)].map(([file, findings]) => {
    const positionOf = linePositions(input.readText(file) ?? '');
    const rows = findings.map(({ range, severity, message, rule }) => {
      const { line, column } = positionOf(range.start);
      return { place: `${line}:${column}`, severity, message, rule };
    });
    const placeWidth = Math.max(...rows.map(({ place }) => place.length));
    const severityWidth = Math.max(...rows.map(({ severity }) => severity.length));
    const indent = placeWidth + severityWidth + 6;
    const lines = rows.map(({ place, severity, message, rule }) => {
      const head = `  ${paint('90', place.padStart(placeWidth))}  ${paint(colours[severity], severity.padEnd(severityWidth))}`;
      const text = wrapped(`${rule}  ${message}`, width === undefined ? Infinity : width - indent);
      return `${head}  ${paint('1', rule)}${text.join(`\n${' '.repeat(indent)}`).slice(rule.length)}`;
    });
    return [paint('4', nameOf(file)), ...lines, ''].join('\n');
  });
  const endpoints = endpointLines(input, { colour, nameOf, ...(width === undefined ? {} : { width }) }, paint);
  const ignored = input.suppressed > 0 ? `, ${counted(input.suppressed, 'finding')} ignored by directives` : '';
  return `${[...groups, ...endpoints, `${summaryLine(input)}${ignored}`].join('\n')}\n`;
}

/** The costliest endpoints, each a line, below a headline. */
function endpointLines(
  { endpoints, readText }: ReportInput,
  { width, nameOf = (file) => file }: TextStyle,
  paint: (code: string, text: string) => string,
): string[] {
  const list = listEndpoints(endpoints, readText);
  if (list.listed.length === 0) return [];
  const lines = list.listed.map(({ name, file, position: { line, column }, cost }) => {
    const place = `${nameOf(file)}:${line}:${column}`;
    const text = wrapped(`${name}: ${cost}`, width === undefined ? Infinity : width - 4).join('\n    ');
    return `  ${paint('1', name)}${text.slice(name.length)}${width === undefined ? '  ' : '\n    '}${paint('90', place)}`;
  });
  const more = moreEndpoints(list);
  return [paint('4', ENDPOINTS), ...lines, ...(more === undefined ? [] : [`  ${more}`]), ''];
}

/** Breaks a text between words into lines of at most so many columns; a longer word gets a line of its own. */
function wrapped(text: string, columns: number): string[] {
  if (columns < NARROWEST) return [text];
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= columns) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}
