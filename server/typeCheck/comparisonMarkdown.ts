import type { Comparison } from './comparison';
import { bothCells, oneCells } from './comparisonText';
import type { TypeCheckRun } from './run';
import { RUN_COLUMNS, runCells } from './runTable';

/** Returns a comparison as Markdown for a report: the table of the two, the warnings, the table of all runs. */
export function comparisonMarkdown({ project, before, rows, warnings, runs }: Comparison): string {
  const parts = [
    `## Type check of ${inCode(project)}`,
    before ? table(['', 'Before', 'After', 'Change'], rows.map(bothCells)) : table(['', 'Run'], rows.map(oneCells)),
    ...(warnings.length > 0 ? [warnings.map((warning) => `- ${escaped(warning)}`).join('\n')] : []),
    ...(runs.length > 1 ? ['### Runs', runsMarkdown(runs)] : []),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** Returns runs (oldest first) as a Markdown table. */
export function runsMarkdown(runs: readonly TypeCheckRun[]): string {
  return table(RUN_COLUMNS, runCells(runs));
}

function table(head: readonly string[], lines: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(escaped).join(' | ')} |`;
  return [line(head), `|${' --- |'.repeat(head.length)}`, ...lines.map(line)].join('\n');
}

/** What versions and problems hold is another's text. */
function escaped(text: string): string {
  return text.replace(/[\\`*_<>[\]|~#&]/g, '\\$&').replace(/\s+/g, ' ');
}

function inCode(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  const padding = longest > 0 ? ' ' : '';
  return `${fence}${padding}${text.replace(/\s+/g, ' ')}${padding}${fence}`;
}
