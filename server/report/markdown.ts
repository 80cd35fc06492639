import { linePositions } from '../core/text/linePositions';
import { listEndpoints, moreEndpoints } from './endpoints';
import { byFile, counted, type ReportInput, summaryLine } from './report';

/** Returns the report as Markdown: the totals, a table by rule, the costliest endpoints, then the findings by file. */
export function markdownReport(input: ReportInput): string {
  const parts = ['# Perf Hints audit', `${summaryLine(input)}.`];
  if (input.suppressed > 0) parts.push(`${counted(input.suppressed, 'finding')} ignored by directives.`);
  if (input.findings.length > 0) parts.push(ruleTable(input));
  parts.push(...endpointTable(input), ...fileSections(input));
  return `${parts.join('\n\n')}\n`;
}

function ruleTable({ findings }: ReportInput): string {
  const counts = new Map<string, number>();
  for (const { rule } of findings) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  const rows = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return ['| Rule | Findings |', '| --- | ---: |', ...rows.map(([rule, count]) => `| \`${rule}\` | ${count} |`)].join(
    '\n',
  );
}

function endpointTable({ endpoints, readText }: ReportInput): string[] {
  const list = listEndpoints(endpoints, readText);
  if (list.listed.length === 0) return [];
  const rows = list.listed.map(
    ({ name, file, position, cost }) =>
      `| ${inCell(`\`${name}\``)} | ${inCell(cost)} | ${inCell(`${file}:${position.line}`)} |`,
  );
  const table = ['| Endpoint | One request sends up to | Place |', '| --- | --- | --- |', ...rows].join('\n');
  const more = moreEndpoints(list);
  return ['## Costliest endpoints', table, ...(more === undefined ? [] : [`${more}.`])];
}

function inCell(text: string): string {
  return escaped(text).replace(/\|/g, '\\|');
}

function fileSections({ findings, readText }: ReportInput): string[] {
  return [...byFile(findings)].map(([file, own]) => {
    const positionOf = linePositions(readText(file) ?? '');
    const items = own.map(({ range, severity, message, rule }) => {
      const { line, column } = positionOf(range.start);
      return `- **${line}:${column}** ${severity} \`${rule}\`: ${escaped(message)}`;
    });
    return `## ${escaped(file)}\n\n${items.join('\n')}`;
  });
}

const code = /`[^`]*`/;
/** What a schema says in a message: as prose, GitHub would call for a person named `index`. */
const blockAttribute = /@@\w+(?:\((?:[^()]|\([^()]*\))*\))?/;
const special = /[\\*_<>[\]`]/;
const needsCare = new RegExp([code, blockAttribute, special].map(({ source }) => source).join('|'), 'g');

/** Markdown reads neither names such as `__tests__` nor `<T>` as what they are, except in code. */
function escaped(text: string): string {
  return text.replace(needsCare, (found) => {
    if (found.startsWith('@@')) return `\`${found}\``;
    return found.length > 1 ? found : `\\${found}`;
  });
}
