import { type ComparisonRow, comparisonRows } from './comparisonRows';
import { counted, quantity } from './figures';
import { isWholeCheck } from './lastAlike';
import type { TypeCheckRun } from './run';

/** Two runs of a project beside each other, among its other runs. */
export interface Comparison {
  /** What the project is called: its configuration's path. */
  readonly project: string;
  /** Absent where there is no other run to compare with. */
  readonly before?: TypeCheckRun;
  readonly after: TypeCheckRun;
  readonly rows: readonly ComparisonRow[];
  /** Why the two are not to be compared without a second thought; whole sentences. */
  readonly warnings: readonly string[];
  /** All runs, oldest first. */
  readonly runs: readonly TypeCheckRun[];
}

/** `startedAt` of the runs to compare; by default the first cold one and the last one. */
export interface ComparedRuns {
  readonly before?: string;
  readonly after?: string;
}

/** A program that grew or shrank by more is not the same program any more. */
const SAME_SIZE = 0.1;

/** Returns two of a project's runs (oldest first) beside each other; undefined where there is no run. */
export function compareRuns(
  project: string,
  runs: readonly TypeCheckRun[],
  chosen: ComparedRuns = {},
): Comparison | undefined {
  const after = runAt(runs, chosen.after) ?? runs.findLast(isTelling) ?? runs.at(-1);
  if (!after) return undefined;
  const before = runAt(runs, chosen.before) ?? firstBefore(runs, after);
  const warnings = before ? [...programWarnings(before, after), ...outcomeWarnings(before, after)] : [];
  const rows = comparisonRows(before, after);
  return { project, ...(before && { before }), after, rows, warnings, runs };
}

function runAt(runs: readonly TypeCheckRun[], startedAt: string | undefined): TypeCheckRun | undefined {
  return startedAt === undefined ? undefined : runs.find((run) => run.startedAt === startedAt);
}

/** The first run without a build cache, or the first at all, that the run at hand is not itself. */
function firstBefore(runs: readonly TypeCheckRun[], after: TypeCheckRun): TypeCheckRun | undefined {
  const earlier = runs.slice(0, runs.indexOf(after)).filter(isTelling);
  return earlier.find(({ start }) => start === 'cold') ?? earlier[0];
}

/** A stopped run says nothing of the project, and one that could not begin neither; a traced one takes longer. */
function isTelling({ outcome, isTraced }: TypeCheckRun): boolean {
  return outcome !== 'stopped' && outcome !== 'failed' && !isTraced;
}

function programWarnings(before: TypeCheckRun, after: TypeCheckRun): string[] {
  const warnings: string[] = [];
  if (before.compilerVersion !== after.compilerVersion) {
    warnings.push(`TypeScript differs: ${before.compilerVersion} before, ${after.compilerVersion} after.`);
  }
  if (before.settings.configHash !== after.settings.configHash) {
    warnings.push('The configuration changed between the two runs.');
  }
  const [was, is] = [before.program.files, after.program.files];
  if (was !== undefined && is !== undefined && Math.abs(is - was) > was * SAME_SIZE) {
    warnings.push(`The program ${is > was ? 'grew' : 'shrank'} from ${quantity(was)} to ${counted(is, 'file')}.`);
  }
  return warnings;
}

function outcomeWarnings(before: TypeCheckRun, after: TypeCheckRun): string[] {
  const cut = [
    ...(isWholeCheck(before) ? [] : [`Before ${whyNotWhole(before)}`]),
    ...(isWholeCheck(after) ? [] : [`After ${whyNotWhole(after)}`]),
  ];
  if (cut.length > 0 || before.errors === after.errors) return cut;
  return [
    `Before reported ${counted(before.errors, 'error')}, after ${quantity(after.errors)}: the two did not check the same code.`,
  ];
}

function whyNotWhole({ outcome, problem }: TypeCheckRun): string {
  const why = problem === undefined ? '' : ` (${problem})`;
  if (outcome === 'out-of-memory') return `ran out of memory: a whole check takes longer and needs more than it shows.`;
  if (outcome === 'stopped') return 'was stopped: its figures are those until then.';
  if (outcome === 'failed') return `failed${why}: its figures are not those of a check.`;
  return 'was traced: that takes longer.';
}
