import { closeSync, existsSync, openSync, readFileSync, readSync, realpathSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { isJsonObject, type JsonObject, readJsonObject } from '../core/syntax/json/jsonObject';

/** A compiler of the workspace. */
export interface Compiler {
  /** `6.0.3`. */
  readonly version: string;
  /** Absolute: a script for Node, or a program of its own. */
  readonly file: string;
  readonly isScript: boolean;
}

export interface CompilerProblem {
  /** Why there is no compiler to run, in one sentence. */
  readonly problem: string;
}

export interface CompilerChoice {
  /** A `tsc`, or a `typescript` package; absolute. */
  readonly tscPath?: string;
  /** What the project is called in a problem; by default its path. */
  readonly projectName?: string;
}

/** What `--build --noEmit`, `--extendedDiagnostics` and the build cache are known to be like. */
const OLDEST_MAJOR = 5;
/** From here on, the compiler is no script. */
const NATIVE_MAJOR = 7;

/** Finds the compiler of a project (its configuration's path, absolute): the named one, or the nearest one above it. */
export function findCompiler(
  tsconfig: string,
  { tscPath, projectName = tsconfig }: CompilerChoice = {},
): Compiler | CompilerProblem {
  if (tscPath !== undefined) return named(tscPath);
  for (let folder = dirname(tsconfig); ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules/typescript');
    if (existsSync(join(candidate, 'package.json'))) return inPackage(candidate);
    if (dirname(folder) === folder) break;
  }
  return { problem: `No TypeScript is installed for ${projectName}: npm install -D typescript` };
}

/** The number before the first dot of a version. */
export function majorOf({ version }: { readonly version: string }): number {
  return Number.parseInt(version, 10);
}

/** True for compilers that check with several checkers at once, and need no Node. */
export function isNative(compiler: { readonly version: string }): boolean {
  return majorOf(compiler) >= NATIVE_MAJOR;
}

function named(path: string): Compiler | CompilerProblem {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory();
  if (isFolder === undefined) return { problem: `There is no compiler at ${path}.` };
  if (isFolder) return inPackage(path);
  const file = realpathSync(path);
  // On Windows, and with some package managers, what lies in .bin is a shell script beside no package.
  if (basename(dirname(file)) === '.bin') return inPackage(resolve(dirname(file), '../typescript'));
  for (let folder = dirname(file); dirname(folder) !== folder; folder = dirname(folder)) {
    const { version } = manifestIn(folder);
    if (typeof version === 'string') return known(version, file, folder, isScript(file));
  }
  return { problem: `${path} belongs to no TypeScript package.` };
}

function inPackage(folder: string): Compiler | CompilerProblem {
  const { version, bin } = manifestIn(folder);
  const script = isJsonObject(bin) ? (bin.tsc ?? bin.tsgo) : bin;
  if (typeof version !== 'string' || typeof script !== 'string' || !existsSync(join(folder, script))) {
    return { problem: `The TypeScript in ${folder} is incomplete: install it again.` };
  }
  return known(version, join(folder, script), folder, true);
}

function known(version: string, file: string, folder: string, script: boolean): Compiler | CompilerProblem {
  if (majorOf({ version }) < OLDEST_MAJOR) {
    return { problem: `TypeScript ${version} in ${folder} is too old to be measured: 5.0 or later is needed.` };
  }
  const program = script && isNative({ version }) ? programOf(folder) : undefined;
  return { version, file: program ?? file, isScript: script && program === undefined };
}

/**
 * The program that the script of a native compiler starts, found as the script finds it: without the script there is
 * one process less to measure, and its own exit code and signal reach us. Undefined where it is not there: the script
 * tells.
 */
function programOf(folder: string): string | undefined {
  const platform = `${basename(manifestName(folder))}-${process.platform}-${process.arch}`;
  try {
    const manifest = createRequire(join(realpathSync(folder), 'package.json')).resolve(
      `@typescript/${platform}/package.json`,
    );
    const program = join(dirname(manifest), 'lib', process.platform === 'win32' ? 'tsc.exe' : 'tsc');
    return existsSync(program) ? program : undefined;
  } catch {
    return undefined;
  }
}

function manifestName(folder: string): string {
  const { name } = manifestIn(folder);
  return typeof name === 'string' ? name : 'typescript';
}

function manifestIn(folder: string): JsonObject {
  try {
    return readJsonObject(readFileSync(join(folder, 'package.json'), 'utf8'));
  } catch {
    return {};
  }
}

function isScript(file: string): boolean {
  if (/\.[cm]?js$/.test(file)) return true;
  const start = Buffer.alloc(2);
  const descriptor = openSync(file, 'r');
  readSync(descriptor, start);
  closeSync(descriptor);
  return start.toString('latin1') === '#!';
}
