import { createHash } from 'node:crypto';
import type { Sources } from '../core/fixes/sources';
import { costText } from '../core/model/calls/cost';
import { nameOfEndpoint } from '../core/model/endpoints/endpoint';
import type { Finding, Fix } from '../core/rules/rule';
import { type LinePosition, linePositions } from '../core/text/linePositions';
import type { Range } from '../core/text/range';
import type { ReportInput } from './report';

export interface JsonReportInput extends ReportInput {
  readonly version: string;
  /** The folders or files of the schemas, relative to the workspace folder. */
  readonly schemas: readonly string[];
  readonly sources: Sources;
  /** Told of a rule whose fixes threw; its finding is listed without fixes. */
  readonly onRuleError: (rule: string, error: unknown) => void;
}

/** Returns the report that other tools read: `schemas/audit.schema.json` says what it holds. */
export function jsonReport(input: JsonReportInput): string {
  const fingerprint = fingerprints();
  const positions = new Map<string, (offset: number) => LinePosition>();
  const rangeIn = (file: string, { start, end }: Range) => {
    const positionOf = positions.get(file) ?? linePositions(input.readText(file) ?? '');
    positions.set(file, positionOf);
    return { start: positionOf(start), end: positionOf(end) };
  };
  const report = {
    schemaVersion: 1,
    tool: { name: 'perf-hints', version: input.version },
    workspace: { files: input.files, analysed: input.analysed, schemas: input.schemas },
    durationMs: Math.round(input.durationMs),
    findings: input.findings.map((finding) => ({
      rule: finding.rule,
      severity: finding.severity,
      message: finding.message,
      file: finding.file,
      range: rangeIn(finding.file, finding.range),
      related: finding.related.map(({ file, range, message }) => ({ file, range: rangeIn(file, range), message })),
      fixes: fixesOf(finding, input).map(({ title, kind }) => ({ title, kind })),
      fingerprint: fingerprint(finding, input.readText(finding.file) ?? ''),
    })),
    suppressed: input.suppressed,
    endpoints: input.endpoints.map(({ endpoint, cost, findings }) => ({
      name: nameOfEndpoint(endpoint),
      framework: endpoint.framework,
      method: endpoint.method,
      path: endpoint.path,
      file: endpoint.file,
      range: rangeIn(endpoint.file, endpoint.range),
      queries: { text: costText(cost), ...cost },
      findings: countsByRule(findings),
    })),
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

function countsByRule(findings: readonly Finding[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { rule } of findings) counts[rule] = (counts[rule] ?? 0) + 1;
  return counts;
}

function fixesOf(finding: Finding, { sources, onRuleError }: JsonReportInput): readonly Fix[] {
  try {
    return finding.fixes(sources);
  } catch (error) {
    onRuleError(finding.rule, error);
    return [];
  }
}

/**
 * Names findings so that the name holds when lines move or the code is formatted anew: by rule, file,
 * the marked code without its white space, and a number among findings that are equal in all of these.
 */
function fingerprints(): (finding: Finding, text: string) => string {
  const occurrences = new Map<string, number>();
  return ({ rule, file, range }, text) => {
    const code = text.slice(range.start, range.end).replace(/\s+/g, '');
    const identity = [rule, file, code].join('\n');
    const occurrence = occurrences.get(identity) ?? 0;
    occurrences.set(identity, occurrence + 1);
    return createHash('sha256').update(`${identity}\n${occurrence}`).digest('hex').slice(0, 16);
  };
}
