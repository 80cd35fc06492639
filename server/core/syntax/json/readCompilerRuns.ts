import type { CompilerRun } from './compilerRun';
import { readSimpleCommands, type ShellWord, type SimpleCommand } from './shellWords';

/** Runners that start the program named next, with the words that may stand between. */
const RUNNERS = [
  /npx(?: (?:-y|--yes|--no|--no-install|--))*/,
  /(?:bunx|bun x)(?: --bun)?/,
  /(?:npm|pnpm|yarn) exec(?: --)?/,
  /pnpm|yarn|yarn run|bun run/,
  /time/,
  /(?:dotenvx?(?: run)?|env-cmd|doppler run|infisical run)(?: (?!-- )\S+)* --/,
  /node(?: --[\w-]+(?:=\S+)?)*/,
];
const ALL_RUNNERS = new RegExp(`^(?:(?:${RUNNERS.map(({ source }) => source).join('|')}) )*$`);
/** A script of the package wins over a program of its name. */
const RUNS_SCRIPTS = /(?:^| )(?:pnpm|yarn|yarn run|bun run) $/;

/** Runners that read the environment from files, which hold secrets and are none of our business. */
const ENVIRONMENT_FILES = /^(?:dotenvx?|env-cmd|doppler|infisical)$/;

const ASSIGNMENT = /^[A-Za-z_]\w*=/;
const HEAP = /--max[-_]old[-_]space[-_]size/;

/**
 * Finds the runs of `tsc` and `vue-tsc` in a command line; offsets are of that line. Not those behind something that
 * may start them elsewhere, for several packages or with other arguments: what is unknown is no run.
 * `scripts`: the names of the package's own scripts, which `yarn tsc` would rather mean.
 */
export function readCompilerRuns(line: string, scripts: ReadonlySet<string> = new Set()): readonly CompilerRun[] {
  if (!line.includes('tsc')) return [];
  const runs: CompilerRun[] = [];
  for (const command of readSimpleCommands(line)) {
    // From here on the folder is another.
    if (command[0]?.text === 'cd' || command[0]?.text === 'pushd') break;
    const run = readRun(command, scripts);
    if (run) runs.push(run);
  }
  return runs;
}

function readRun(command: SimpleCommand, scripts: ReadonlySet<string>): CompilerRun | undefined {
  const index = command.findIndex(({ text }) => compilerOf(text) !== undefined);
  const name = command[index];
  const compiler = name && compilerOf(name.text);
  const args = command.slice(index + 1);
  if (!name || !compiler || [name, ...args].some(({ expands }) => expands)) return undefined;
  const prefix = readPrefix(command.slice(0, index));
  if (!runsNext(prefix.runner, name.text, scripts)) return undefined;
  const end = (args.at(-1) ?? name).range.end;
  return {
    compiler,
    range: { start: name.range.start, end },
    args: args.map(({ text }) => text),
    argumentsEnd: { offset: end, as: 'words' },
    environmentAt: (prefix.runner[0] ?? name).range.start,
    ...(prefix.crossEnv ? { crossEnv: true } : {}),
    ...nodeOptionsIn(prefix),
  };
}

/** `tsc` itself, or the file that it is in `node_modules`. */
function compilerOf(word: string): CompilerRun['compiler'] | undefined {
  const name = /^(?:\S*node_modules\/(?:\.bin|typescript\/bin|vue-tsc\/bin)\/)?((?:vue-)?tsc)(?:\.js)?$/.exec(
    word,
  )?.[1];
  return name === 'tsc' || name === 'vue-tsc' ? name : undefined;
}

interface Prefix {
  readonly assignments: readonly string[];
  readonly crossEnv: boolean;
  /** The words between those that set the environment and the compiler. */
  readonly runner: readonly ShellWord[];
}

function readPrefix(words: readonly ShellWord[]): Prefix {
  const assignments: string[] = [];
  let crossEnv = false;
  let at = 0;
  for (; at < words.length; at++) {
    const { text = '' } = words[at] ?? {};
    if (ASSIGNMENT.test(text)) assignments.push(text);
    else if (/^cross-env(?:-shell)?$/.test(text)) crossEnv = true;
    else if (text !== 'env') break;
  }
  return { assignments, crossEnv, runner: words.slice(at) };
}

function runsNext(runner: readonly ShellWord[], name: string, scripts: ReadonlySet<string>): boolean {
  const words = runner.map(({ text }) => `${text} `).join('');
  return ALL_RUNNERS.test(words) && !(RUNS_SCRIPTS.test(words) && scripts.has(name));
}

function nodeOptionsIn({ assignments, runner }: Prefix): Pick<CompilerRun, 'nodeOptions'> {
  const options = assignments.filter((assignment) => assignment.startsWith('NODE_OPTIONS='));
  const all = [...options, ...runner.map(({ text }) => text)];
  if (all.some((text) => HEAP.test(text))) return { nodeOptions: 'heap' };
  if (ENVIRONMENT_FILES.test(runner[0]?.text ?? '')) return { nodeOptions: 'unknown' };
  return options.length > 0 ? { nodeOptions: 'others' } : {};
}
