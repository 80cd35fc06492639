import { join, relative } from 'node:path';
import { version } from '../../package.json';
import { endpointCosts } from '../core/analysis/endpointCosts';
import type { Config } from '../core/config';
import { createSources } from '../core/fixes/createSources';
import { jsonReport } from '../report/json';
import { markdownReport } from '../report/markdown';
import type { ReportInput } from '../report/report';
import { textReport } from '../report/text';
import type { LoadedProject } from '../workspace/loadProject';
import type { AuditArguments } from './auditArguments';
import type { Fixed } from './fixing';
import type { Output } from './output';

export interface Printed {
  readonly args: AuditArguments;
  /** The workspace folder, absolute. */
  readonly folder: string;
  readonly loaded: LoadedProject;
  readonly config: Config;
  readonly isAudited: (file: string) => boolean;
  /** The source files and schemas under the audited paths. */
  readonly files: readonly string[];
  readonly result: Fixed;
  readonly durationMs: number;
  readonly onRuleError: (rule: string, error: unknown) => void;
}

/** Prints the report in the format that was asked for. */
export function printReport(
  { args, folder, loaded, config, isAudited, files, result, durationMs, onRuleError }: Printed,
  output: Output,
): void {
  // What fixing could not write to disk is reported as it would stand there.
  const sources = createSources((file) => result.texts.get(file) ?? loaded.readText(file));
  const input: ReportInput = {
    findings: result.findings,
    endpoints: args.endpoints
      ? endpointCosts({ project: result.project, config, findings: result.findings, isAudited })
      : [],
    suppressed: result.suppressed,
    files: files.length,
    analysed: files.filter((file) => loaded.analysed.has(file)).length,
    durationMs,
    readText: sources.text,
  };
  if (args.format === 'json') {
    const schemas = result.project.schemas.flatMap((schema) => schema.files).filter(isAudited);
    output.result(jsonReport({ ...input, version, schemas, sources, onRuleError }));
  } else if (args.format === 'markdown') output.result(markdownReport(input));
  else {
    // As seen from where it was typed, so that a terminal can open the file on a click.
    const nameOf = (file: string) => relative(output.currentFolder, join(folder, file));
    output.result(textReport(input, { ...output, nameOf }));
  }
}
