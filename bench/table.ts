export type Row = readonly [what: string, measured: string, target: string];

/** Prints a Markdown table that is aligned for reading as it stands. */
export function printTable(head: Row, rows: readonly Row[]): void {
  const widths = [0, 1, 2].map((column) => Math.max(...[head, ...rows].map((row) => (row[column] ?? '').length)));
  const line = (row: Row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  console.log(line(head));
  console.log(`| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`);
  for (const row of rows) console.log(line(row));
}
