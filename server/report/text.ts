import type { Severity } from '../core/rules/rule';
import { linePositions } from '../core/text/linePositions';
import { byFile, type ReportInput, summaryLine } from './report';

const colours: Readonly<Record<Severity, string>> = { warning: '33', information: '36', hint: '90' };

/** Returns the report for a terminal, grouped by file; with ANSI colours only if told so. */
export function textReport(input: ReportInput, { colour }: { readonly colour: boolean }): string {
  const paint = (code: string, text: string) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);
  const groups = [...byFile(input.findings)].map(([file, findings]) => {
    const positionOf = linePositions(input.readText(file) ?? '');
    const rows = findings.map(({ range, severity, message, rule }) => {
      const { line, column } = positionOf(range.start);
      return { place: `${line}:${column}`, severity, message, rule };
    });
    const placeWidth = Math.max(...rows.map(({ place }) => place.length));
    const severityWidth = Math.max(...rows.map(({ severity }) => severity.length));
    const lines = rows.map(
      ({ place, severity, message, rule }) =>
        `  ${paint('90', place.padStart(placeWidth))}  ${paint(colours[severity], severity.padEnd(severityWidth))}  ${message}  ${paint('90', rule)}`,
    );
    return [paint('4', file), ...lines, ''].join('\n');
  });
  return `${[...groups, summaryLine(input)].join('\n')}\n`;
}
