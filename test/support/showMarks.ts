import type { Finding } from '../../server/core/rules/rule';
import { type Mark, markKey, markOf } from './marks';

/** What one file was expected to show, and what it did. */
export interface FileComparison {
  readonly file: string;
  readonly text: string;
  readonly expected: readonly Mark[];
  readonly findings: readonly Finding[];
}

interface ShownMark {
  readonly mark: Mark;
  readonly verdict: string;
}

/** Returns undefined if marks and findings agree, else the file with both beneath its lines. */
export function showDifference({ file, text, expected, findings }: FileComparison): string | undefined {
  const missing = [...expected];
  const shown: ShownMark[] = [];
  let differs = false;
  for (const finding of findings) {
    const mark = markOf(finding, text);
    const index = missing.findIndex((other) => markKey(other) === markKey(mark));
    if (index >= 0) missing.splice(index, 1);
    else differs = true;
    shown.push({ mark, verdict: index >= 0 ? 'as expected' : `REPORTED, NOT EXPECTED: ${finding.message}` });
  }
  for (const mark of missing) shown.push({ mark, verdict: 'EXPECTED, NOT REPORTED' });
  return differs || missing.length > 0 ? `${file}\n${annotate(text, shown)}` : undefined;
}

function annotate(text: string, shown: readonly ShownMark[]): string {
  const lines = text.split('\n');
  const width = String(lines.length).length;
  return lines
    .flatMap((line, index) => [
      `${String(index + 1).padStart(width)} | ${line}`,
      ...shown
        .filter(({ mark }) => mark.line === index)
        .map(
          ({ mark, verdict }) =>
            `${' '.repeat(width)} | ${underline(mark)} ${mark.rule} ${mark.severity} <-- ${verdict}`,
        ),
    ])
    .join('\n');
}

function underline(mark: Mark): string {
  return ' '.repeat(mark.start) + '^'.repeat(Math.max(1, mark.end - mark.start));
}
