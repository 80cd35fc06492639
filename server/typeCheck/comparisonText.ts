import type { Comparison } from './comparison';
import type { ComparisonRow } from './comparisonRows';

/** What is not known. */
const UNKNOWN = '–';

/** Returns a comparison as aligned columns for a terminal, its warnings below; ends with a line break. */
export function comparisonText({ project, before, rows, warnings }: Comparison): string {
  const cells = before ? [['', 'Before', 'After', 'Change'], ...rows.map(bothCells)] : rows.map(oneCells);
  const widths = (cells[0] ?? []).map((_, column) => Math.max(...cells.map((line) => line[column]?.length ?? 0)));
  const lines = cells.map((line) => `  ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`);
  const notes = warnings.map((warning) => `  Note: ${warning}`);
  const parts = [project, ...lines.map((line) => line.trimEnd()), ...(notes.length > 0 ? ['', ...notes] : [])];
  return `${parts.join('\n')}\n`;
}

/** The cells of a line of a table that compares: label, before, after, change. */
export function bothCells({ label, before = UNKNOWN, after = UNKNOWN, change = '' }: ComparisonRow): string[] {
  return [label, before, after, change];
}

/** The cells of a line about the only run: label, figure. */
export function oneCells({ label, after = UNKNOWN }: ComparisonRow): string[] {
  return [label, after];
}
