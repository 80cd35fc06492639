import { counted, duration, memory, quantity, share } from './figures';
import type { TracedFile } from './trace';

/** What there is to know of a program that was checked with a trace. */
export interface TracedProgram {
  /** By the time that checking them took, longest first. */
  readonly traced: readonly TracedFile[];
  /** Every file of the program. */
  readonly files: readonly ProgramFile[];
  /** The packages that files of the program lie in, one for each folder that one is installed in. */
  readonly packages: readonly InstalledPackage[];
  readonly skipLibCheck: boolean;
}

export interface ProgramFile {
  /** Absolute. */
  readonly path: string;
  readonly bytes: number;
}

export interface InstalledPackage {
  readonly name: string;
  readonly version: string;
  /** Its `package.json`, absolute. */
  readonly manifest: string;
  /** How many files of the program lie in it. */
  readonly files: number;
}

export interface Advice {
  /** One short line. */
  readonly title: string;
  /** What it costs, measured. */
  readonly detail: string;
  /** The place to open: absolute, and a UTF-16 offset in it. */
  readonly file?: string;
  readonly offset?: number;
}

const MOST_FILES = 5;
const MOST_OTHERS = 3;
/** The first few are named in any case; the others if they are a reason for a slow check. */
const FIRST_FILES = 3;
const SHARE_THAT_TELLS = 0.03;
const LEAST_MS = 50;
const LARGE_FILE_BYTES = 200_000;
/** Below it, declarations are what any program has. */
const DECLARATIONS_THAT_TELL = 0.5;

/** Returns what made a check slow, worst first; `shown` names a file as a person knows it. */
export function adviceOn(program: TracedProgram, shown: (path: string) => string): readonly Advice[] {
  return [
    ...slowFiles(program, shown),
    ...checkedDeclarations(program),
    ...duplicates(program),
    ...largestFiles(program, shown),
    ...shareOfDeclarations(program),
  ];
}

function slowFiles({ traced }: TracedProgram, shown: (path: string) => string): Advice[] {
  const total = sum(traced.map(({ checkMs }) => checkMs));
  return traced
    .filter(({ file, checkMs }) => checkMs >= LEAST_MS && !isLibrary(file))
    .filter(({ checkMs }, index) => index < FIRST_FILES || checkMs >= total * SHARE_THAT_TELLS)
    .slice(0, MOST_FILES)
    .map(({ file, checkMs, slowest }) => ({
      title: `${shown(file)} takes ${duration(checkMs)} to check`,
      detail: `${share(checkMs, total)} of the ${duration(total)} that all files take${atOnePlace(checkMs, slowest)}`,
      file,
      ...(slowest ? { offset: slowest.start } : {}),
    }));
}

function atOnePlace(checkMs: number, slowest: TracedFile['slowest']): string {
  return slowest && slowest.ms > checkMs / 2 ? `; ${duration(slowest.ms)} of it at one place` : '';
}

/** What `skipLibCheck` would leave out. */
function checkedDeclarations({ traced, skipLibCheck }: TracedProgram): Advice[] {
  const total = sum(traced.map(({ checkMs }) => checkMs));
  const declared = sum(traced.filter(({ file }) => isDeclaration(file)).map(({ checkMs }) => checkMs));
  if (skipLibCheck || declared < Math.max(LEAST_MS, total * SHARE_THAT_TELLS)) return [];
  const title = `Checking .d.ts files takes ${duration(declared)}: skipLibCheck leaves it out`;
  return [{ title, detail: `${share(declared, total)} of the ${duration(total)} that all files take` }];
}

function duplicates({ packages }: TracedProgram): Advice[] {
  const byName = new Map<string, InstalledPackage[]>();
  for (const one of packages) byName.set(one.name, [...(byName.get(one.name) ?? []), one]);
  return [...byName.values()]
    .filter((copies) => copies.length > 1)
    .sort((a, b) => filesOf(b) - filesOf(a))
    .slice(0, MOST_OTHERS)
    .map((copies) => {
      const [first] = copies;
      const versions = copies.map(({ version, files }) => `${version} (${counted(files, 'file')})`);
      return {
        title: `${first?.name} is in the program ${copies.length} times`,
        detail: versions.join(', '),
        ...(first ? { file: first.manifest } : {}),
      };
    });
}

function largestFiles({ files }: TracedProgram, shown: (path: string) => string): Advice[] {
  const total = sum(files.map(({ bytes }) => bytes));
  return [...files]
    .filter(({ path, bytes }) => bytes >= LARGE_FILE_BYTES && !isLibrary(path))
    .sort((a, b) => b.bytes - a.bytes)
    .slice(0, MOST_OTHERS)
    .map(({ path, bytes }) => ({
      title: `${shown(path)} is ${memory(bytes)} of source`,
      detail: `${share(bytes, total)} of the text of the program`,
      file: path,
    }));
}

function shareOfDeclarations({ files }: TracedProgram): Advice[] {
  const declarations = files.filter(({ path }) => isDeclaration(path));
  const [part, whole] = [declarations, files].map((some) => sum(some.map(({ bytes }) => bytes)));
  if (part === undefined || whole === undefined || part < whole * DECLARATIONS_THAT_TELL) return [];
  const title = `${share(part, whole)} of the program is .d.ts files`;
  return [
    { title, detail: `${counted(declarations.length, 'file')} of ${quantity(files.length)}, ${memory(part)} to read` },
  ];
}

function filesOf(packages: readonly InstalledPackage[]): number {
  return sum(packages.map(({ files }) => files));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function isDeclaration(path: string): boolean {
  return /\.d\.(?:[cm]?ts|[^/]+\.ts)$/.test(path);
}

/** TypeScript's own: nobody can make them smaller. */
function isLibrary(path: string): boolean {
  return /\/node_modules\/(?:typescript|@typescript\/[^/]+)\/lib\/lib\.[^/]+\.d\.ts$/.test(path.replaceAll('\\', '/'));
}
