import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { adviseOn } from '../typeCheck/adviceFile';
import { checkProject } from '../typeCheck/checkProject';
import { type Comparison, compareRuns } from '../typeCheck/comparison';
import { comparisonJson } from '../typeCheck/comparisonJson';
import { comparisonMarkdown } from '../typeCheck/comparisonMarkdown';
import { comparisonText } from '../typeCheck/comparisonText';
import { configurationAt, readConfiguration } from '../typeCheck/configuration';
import { isSolution } from '../typeCheck/invocation';
import { isWholeCheck } from '../typeCheck/lastAlike';
import type { TypeCheckRun } from '../typeCheck/run';
import { type ProjectStorage, storageOf, usualStorage } from '../typeCheck/storage';
import type { ExitCode, Output } from './output';
import type { TypeCheckArguments } from './typeCheckArguments';
import { summaryOf } from './typeCheckSummary';
import { UsageError } from './usageError';

/** How one of the runs is made that the arguments ask for. */
type RunKind = Pick<Parameters<typeof checkProject>[0], 'mode' | 'ourCache'>;

/**
 * Checks the types of the projects that the arguments name, one after the other, and prints what the compiler says and
 * what it took. Throws a {@link UsageError} for what can't be checked as asked; rejects with the signal's reason when it
 * aborts, after the compiler has ended.
 */
export async function typeCheck(args: TypeCheckArguments, output: Output): Promise<ExitCode> {
  const projects = args.projects.length > 0 ? args.projects.map(projectAt) : [nearestProject()];
  let exitCode: ExitCode = 0;
  for (const tsconfig of new Set(projects)) {
    const checked = await checkOne(tsconfig, args, output);
    const codes = checked.runs.map(exitCodeOf);
    exitCode = codes.reduce((worst, code) => (code > worst ? code : worst), checked.isWhole ? exitCode : 2);
    if (checked.report) print(checked.report, args, output);
  }
  return exitCode;

  function projectAt(typed: string): string {
    const file = configurationAt(resolve(output.currentFolder, typed));
    if (!existsSync(file)) throw new UsageError(`no such project: ${typed}`);
    return file;
  }

  function nearestProject(): string {
    for (let folder = output.currentFolder; ; folder = dirname(folder)) {
      const file = join(folder, 'tsconfig.json');
      if (existsSync(file)) return file;
      if (dirname(folder) === folder) throw new UsageError('no tsconfig.json here or above: name one with --project');
    }
  }
}

interface Checked {
  readonly runs: readonly TypeCheckRun[];
  /** False where not all could be run. */
  readonly isWhole: boolean;
  readonly report?: Comparison | undefined;
}

async function checkOne(tsconfig: string, args: TypeCheckArguments, output: Output): Promise<Checked> {
  const { currentFolder, signal } = output;
  const name = relative(currentFolder, tsconfig);
  const storage = args.storage === undefined ? usualStorage(tsconfig) : resolve(currentFolder, args.storage);
  const runs: TypeCheckRun[] = [];
  let previous: TypeCheckRun | undefined;
  for (const kind of kindsOf(tsconfig, args)) {
    // What is said of the code is the same each time.
    const pass = runs.length > 0 ? () => undefined : args.format === 'text' ? output.result : output.complaint;
    const checked = await checkProject(
      {
        ...kind,
        tsconfig,
        currentFolder,
        storage,
        isTraced: args.isTraced,
        ...(args.heapMb === undefined ? {} : { heapMb: args.heapMb }),
        ...(args.checkers === undefined ? {} : { checkers: args.checkers }),
        ...(args.tscPath === undefined ? {} : { tscPath: resolve(currentFolder, args.tscPath) }),
        pretty: output.colour && args.format === 'text',
        onOutput: pass,
        onComplaint: output.complaint,
        onNote: (line) => output.note(`${name}: ${line}`),
      },
      signal,
    );
    if ('problem' in checked) {
      output.note(checked.problem);
      return { runs, isWhole: false };
    }
    previous = checked.earlier.findLast(isWholeCheck);
    runs.push(checked.run);
    output.note(`${name}: ${summaryOf(checked.run, checked.earlier)}`);
    if (checked.run.isTraced) printAdvice(storageOf(storage, tsconfig), checked.run, output);
    signal.throwIfAborted();
  }
  if (args.isComparing) return { runs, isWhole: true, report: compareRuns(name, runs, ends(runs)) };
  const shown = previous ? [previous, ...runs] : runs;
  return { runs, isWhole: true, report: args.format === 'text' ? undefined : compareRuns(name, shown, ends(shown)) };
}

/** A build is forced or not: its caches are its projects', and stay. */
function kindsOf(tsconfig: string, { mode, isComparing }: TypeCheckArguments): readonly RunKind[] {
  if (!isComparing) return [{ mode }];
  if (isSolution(readConfiguration(tsconfig))) return [{ mode: 'cold' }, { mode: 'incremental' }];
  return [{ mode: 'cold' }, { mode: 'incremental', ourCache: 'empty' }, { mode: 'incremental', ourCache: 'kept' }];
}

function ends(runs: readonly TypeCheckRun[]): Parameters<typeof compareRuns>[2] {
  const [first, last] = [runs[0], runs.at(-1)];
  return first && last && first !== last ? { before: first.startedAt, after: last.startedAt } : {};
}

function print(report: Comparison, { format }: TypeCheckArguments, output: Output): void {
  if (format === 'json') output.result(comparisonJson(report));
  else output.result(format === 'markdown' ? comparisonMarkdown(report) : comparisonText(report));
}

/** Says what made a traced run slow, worst first. */
function printAdvice(place: ProjectStorage, run: TypeCheckRun, output: Output): void {
  const { compilerVersion, settings } = run;
  const skipLibCheck = settings.skipLibCheck === true;
  const advice = adviseOn(place, { currentFolder: output.currentFolder, compilerVersion, skipLibCheck });
  if ('problem' in advice) output.note(advice.problem);
  else for (const { title, detail } of advice) output.note(`  ${title} (${detail})`);
}

function exitCodeOf({ outcome }: TypeCheckRun): ExitCode {
  if (outcome === 'clean') return 0;
  return outcome === 'errors' ? 1 : 2;
}
