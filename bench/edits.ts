import { analyze } from '../server/core/analyze';
import { defaultConfig } from '../server/core/config';
import type { Project } from '../server/core/model/project';
import { rules } from '../server/core/rules';
import { OpenFacts } from '../server/lsp/openFacts';
import { percentile } from './measure';

export interface FileText {
  readonly file: string;
  readonly text: string;
}

/** How long it took, in milliseconds, from an edit to the diagnostics of a file. */
export interface EditTimes {
  /** The edited file. */
  readonly file: string;
  readonly kilobytes: number;
  readonly edits: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
}

/** Gives a file one text after another, and measures each time until what is shown of `shown` is right. */
export function measureEdits(
  start: Project,
  { file, text }: FileText,
  texts: Iterable<string>,
  shown: string = file,
): EditTimes {
  const facts = new OpenFacts();
  facts.read(file, text);
  analyze({ project: start, config: defaultConfig, rules, files: [shown] });
  let current = start;
  const times: number[] = [];
  for (const next of texts) {
    const began = performance.now();
    current = current.with(new Map([[file, facts.read(file, next)]]));
    analyze({ project: current, config: defaultConfig, rules, files: [shown] });
    times.push(performance.now() - began);
  }
  return {
    file,
    kilobytes: text.length / 1000,
    edits: times.length,
    p50: percentile(times, 50),
    p90: percentile(times, 90),
    p99: percentile(times, 99),
  };
}
