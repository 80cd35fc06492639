import { join, resolve } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { rules } from '../core/rules';
import { unusedIgnore } from '../core/rules/directives';
import type { Finding, Rule, Severity } from '../core/rules/rule';
import { counted } from '../report/report';
import { engineId } from '../workspace/engineId';
import { cacheFileOf, FactsCache } from '../workspace/factsCache';
import { leavesSchemaNoWorse } from '../workspace/fixedSchemas';
import { loadProject } from '../workspace/loadProject';
import { detailOf, noSchema, reasonOf } from '../workspace/notes';
import { writeText } from '../workspace/writeText';
import { type AuditArguments, severities } from './auditArguments';
import { auditedPaths } from './auditedPaths';
import { readConfiguration } from './configuration';
import { analyzeAudited, type Fixed, fixAll } from './fixing';
import type { ExitCode, Output } from './output';
import { printReport } from './printReport';
import { Timings } from './timings';
import { withTypeChecks } from './typeCheckRecord';
import { unifiedDiff } from './unifiedDiff';
import { UsageError } from './usageError';

/**
 * Audits what the arguments name and prints the report. Throws a {@link UsageError} for what can't be
 * audited as asked; rejects with the signal's reason when it aborts.
 */
export async function audit(args: AuditArguments, output: Output): Promise<ExitCode> {
  const timings = new Timings();
  const { folder, isAudited } = auditedPaths(args.paths, output.currentFolder);
  const { config, problems } = readConfiguration(folder, args.configFile, output.currentFolder);
  for (const problem of problems) output.note(`configuration: ${problem}`);

  const cache = args.cache && openCache(folder, args.cache.location, output);
  const loaded = await loadProject(folder, { config, cache, signal: output.signal });
  const unsaved = await cache?.save();
  if (unsaved) output.note(`cache ${unsaved}`);
  for (const [phase, milliseconds] of Object.entries(loaded.timings)) timings.add(phase, milliseconds);
  for (const { file, message } of loaded.notes) {
    if (file === '.' || isAudited(file)) output.note(`${file}: ${message}`);
  }
  const files = loaded.files.filter(isAudited);
  if (files.length === 0) {
    throw new UsageError(`no TypeScript, JavaScript or Prisma files to analyse in ${args.paths.join(', ')}`);
  }
  if (loaded.project.schemas.length === 0) {
    output.note(`${noSchema} Audit the folder that holds the schema.`);
  }

  const failed = new Set<string>();
  const onRuleError = (rule: string, error: unknown) => {
    if (!failed.has(rule)) output.note(`internal error in ${rule}, its findings are missing: ${detailOf(error)}`);
    failed.add(rule);
  };
  const project = withTypeChecks(loaded.project, folder);
  const work = {
    project,
    config,
    rules: rulesToRun(args.rules).map((rule) => timings.ofRule(rule)),
    onRuleError,
    isAudited,
    isShown: ({ rule, severity }: Finding) => args.rules.has(rule) && isAtLeast(severity, args.shown),
  };
  const result: Fixed =
    args.fix === 'none'
      ? { ...analyzeAudited(work), project, texts: new Map(), applied: 0, unsettled: false }
      : await fixAll({
          ...work,
          unsafe: args.unsafeFixes,
          textOf: loaded.readText,
          isSound: leavesSchemaNoWorse,
          signal: output.signal,
        });
  // The rules run at one stroke: whoever cancelled meanwhile wants nothing written, nor printed.
  await nextTurn();
  output.signal.throwIfAborted();
  if (result.unsettled) output.note('some fixes undo each other: run --fix again, or look at what is left');

  let unwritten = 0;
  if (args.fix === 'dry-run') {
    for (const [file, text] of result.texts) output.result(unifiedDiff(file, loaded.readText(file) ?? '', text));
    output.note(
      `${counted(result.applied, 'fix', 'fixes')} would change ${counted(result.texts.size, 'file')}; nothing was written`,
    );
  } else {
    unwritten = writeAll(folder, result, output);
    printReport(
      { args, folder, loaded, config, isAudited, files, result, durationMs: timings.elapsed(), onRuleError },
      output,
    );
  }
  if (args.timings) for (const line of timings.lines()) output.note(line);

  if (problems.length > 0 || failed.size > 0 || unwritten > 0) return 2;
  const failing = result.findings.filter(({ severity }) => isAtLeast(severity, args.failing)).length;
  return failing > args.maxWarnings && !args.exitZero ? 1 : 0;
}

/** Undefined where the program runs from its sources: what it reads may change from one run to the next. */
function openCache(folder: string, location: string | undefined, { currentFolder }: Output): FactsCache | undefined {
  const engine = engineId();
  const place =
    location === undefined ? join(folder, 'node_modules/.cache/perf-hints') : resolve(currentFolder, location);
  return engine === undefined ? undefined : FactsCache.open(cacheFileOf(place, folder), engine);
}

/** Only what is shown, except that every rule must run to show which directives are of use. */
function rulesToRun(shown: ReadonlySet<string>): readonly Rule[] {
  const chosen = rules.filter(({ id }) => shown.has(id));
  return chosen.length === 0 && shown.has(unusedIgnore.id) ? rules : chosen;
}

function writeAll(folder: string, { texts, applied }: Fixed, output: Output): number {
  let unwritten = 0;
  for (const [file, text] of texts) {
    try {
      writeText(folder, file, text);
    } catch (error) {
      output.note(`${file}: not fixed, it can't be written: ${reasonOf(error)}`);
      unwritten++;
    }
  }
  if (texts.size > unwritten)
    output.note(`${counted(applied, 'fix', 'fixes')} applied in ${counted(texts.size - unwritten, 'file')}`);
  return unwritten;
}

function isAtLeast(severity: Severity, threshold: Severity): boolean {
  return severities.indexOf(severity) <= severities.indexOf(threshold);
}
