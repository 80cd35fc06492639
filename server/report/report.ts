import type { EndpointCost } from '../core/analysis/endpointCosts';
import type { Finding } from '../core/rules/rule';

/** What a report is made of; `readText` gives the texts that the findings' offsets count in. */
export interface ReportInput {
  /** Sorted by file, then place. */
  readonly findings: readonly Finding[];
  /** What requests cost, the costliest first. */
  readonly endpoints: readonly EndpointCost[];
  /** How many findings ignore directives took away. */
  readonly suppressed: number;
  /** How many source files and schemas there are, and how many of them were judged. */
  readonly files: number;
  readonly analysed: number;
  readonly durationMs: number;
  readText(file: string): string | undefined;
}

/** The findings of each file, in order. */
export function byFile(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const files = new Map<string, Finding[]>();
  for (const finding of findings) {
    const known = files.get(finding.file);
    if (known) known.push(finding);
    else files.set(finding.file, [finding]);
  }
  return files;
}

/** `3 warnings, 1 information, 0 hints in 2 files (40 analysed) in 310 ms`. */
export function summaryLine({ findings, analysed, durationMs }: ReportInput): string {
  const count = (severity: string) => findings.filter((finding) => finding.severity === severity).length;
  return `${counted(count('warning'), 'warning')}, ${number(count('information'))} information, ${counted(
    count('hint'),
    'hint',
  )} in ${counted(byFile(findings).size, 'file')} (${number(analysed)} analysed) in ${number(Math.round(durationMs))} ms`;
}

/** `1 file`, `2 files`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${number(count)} ${count === 1 ? noun : plural}`;
}

function number(value: number): string {
  return value.toLocaleString('en');
}
