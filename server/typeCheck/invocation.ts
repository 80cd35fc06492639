import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join, relative } from 'node:path';
import type { Compiler } from './compiler';
import { isNative, majorOf } from './compiler';
import { asksForBuildCache, type Configuration } from './configuration';
import type { TypeCheckMode } from './run';

/** What is run, and with what. */
export interface Invocation {
  readonly command: string;
  readonly args: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
}

export interface Asked {
  readonly compiler: Compiler;
  readonly configuration: Configuration;
  /** Those that it refers to, and they in turn. */
  readonly referred: readonly Configuration[];
  readonly mode: TypeCheckMode;
  /** Where the compiler runs (absolute): it names files as seen from here. */
  readonly currentFolder: string;
  /** A build cache of ours (absolute), where the project has none of its own and ours can be written. */
  readonly buildInfo?: string;
  /** The folder (absolute) for a trace, where one is wanted. */
  readonly trace?: string;
  readonly heapMb?: number;
  readonly checkers?: number;
  /** Whether errors are shown with colours and the code around them. */
  readonly pretty: boolean;
}

/** Returns how the compiler is called to check a project, or a solution with all its projects. */
export function invocationOf(asked: Asked): Invocation {
  const { compiler, configuration, currentFolder, trace, checkers } = asked;
  const project = relative(currentFolder, configuration.file) || '.';
  const args = [
    ...(isSolution(configuration)
      ? ['--build', project, ...buildArguments(asked)]
      : ['-p', project, ...checkArguments(asked)]),
    '--extendedDiagnostics',
    ...['--pretty', String(asked.pretty)],
    ...(trace === undefined ? [] : ['--generateTrace', trace, '--listFiles']),
    ...(checkers === undefined || !isNative(compiler) ? [] : ['--checkers', String(checkers)]),
  ];
  const environment = environmentFor(asked);
  if (!compiler.isScript) return { command: compiler.file, args, environment };
  return { command: nodeOnPath() ?? process.execPath, args: [compiler.file, ...args], environment };
}

/** True where a configuration only names other projects: they are built. */
export function isSolution({ hasSources, references }: Configuration): boolean {
  return !hasSources && references.length > 0;
}

/** True where checking a solution writes its projects' outputs, because each is checked with those of another. */
export function writesOutputs({ compiler, referred }: Pick<Asked, 'compiler' | 'referred'>): boolean {
  return (
    !buildsWithoutEmit(compiler) || referred.some(({ hasSources, references }) => hasSources && references.length > 0)
  );
}

/** The heap that a compiler on Node is given (MiB): what was asked for, or what the environment says. */
export function heapOf({ compiler, heapMb }: Pick<Asked, 'compiler' | 'heapMb'>): number | undefined {
  if (isNative(compiler)) return undefined;
  const said = process.env.NODE_OPTIONS?.match(/--max[-_]old[-_]space[-_]size[= ](\d+)/g)?.at(-1);
  return heapMb ?? (said === undefined ? undefined : Number(/\d+$/.exec(said)?.[0]));
}

/**
 * A build keeps its caches where its projects have them, whatever it is asked for (TS5094); what it can do is not to read
 * them. With `--noEmit`, no compiler up to 7.0 builds projects that refer to each other (TS6310).
 */
function buildArguments(asked: Asked): string[] {
  return [...(writesOutputs(asked) ? [] : ['--noEmit']), ...(asked.mode === 'cold' ? ['--force'] : [])];
}

function checkArguments({ mode, configuration, buildInfo }: Asked): string[] {
  if (mode === 'incremental' && buildInfo !== undefined) {
    return ['--noEmit', '--incremental', '--tsBuildInfoFile', buildInfo];
  }
  const usesOwn = mode === 'incremental' && asksForBuildCache(configuration);
  // A composite project may not be without a cache (TS6379), so it must not be composite, for once.
  return usesOwn
    ? ['--noEmit']
    : ['--noEmit', '--incremental', 'false', '--composite', 'false', '--tsBuildInfoFile', 'null'];
}

/** `--build --noEmit` came with 5.6. */
function buildsWithoutEmit(compiler: Compiler): boolean {
  const [major, minor = 0] = compiler.version.split('.').map((part) => Number.parseInt(part, 10));
  return majorOf(compiler) > 5 || (major === 5 && minor >= 6);
}

function environmentFor({ compiler, heapMb }: Asked): NodeJS.ProcessEnv {
  if (!compiler.isScript) return process.env;
  const given = process.env.NODE_OPTIONS ?? '';
  const options = heapMb === undefined ? given : `${given} --max-old-space-size=${heapMb}`.trim();
  // For an editor's own program, should there be no other Node.
  return { ...process.env, ...(options === '' ? {} : { NODE_OPTIONS: options }), ELECTRON_RUN_AS_NODE: '1' };
}

/** An editor's own Node can't have a heap of more than 4 GB, so another one is preferred. */
function nodeOnPath(): string | undefined {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  return (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, name))
    .find(isProgram);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
