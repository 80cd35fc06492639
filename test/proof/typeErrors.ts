import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const PACKAGES = fileURLToPath(new URL('../../node_modules', import.meta.url));

/** TypeScript 7: the generated client's types are the larger part of the work, and it is several times as fast. */
const COMPILER = join(PACKAGES, 'typescript-7/bin/tsc');

const OPTIONS = {
  target: 'es2023',
  lib: ['es2023', 'dom'],
  module: 'preserve',
  moduleResolution: 'bundler',
  jsx: 'preserve',
  strict: true,
  experimentalDecorators: true,
  allowJs: true,
  skipLibCheck: true,
  noEmit: true,
  types: ['node'],
  typeRoots: [join(PACKAGES, '@types')],
};

/** A mistake that the compiler found. */
export interface TypeMistake {
  /** The absolute path of the file; empty where it is none of a file. */
  readonly file: string;
  /** The compiler's message, with the line's number, 1-based, before it. */
  readonly message: string;
}

/** Type-checks files (absolute) as one strict program: what `tsc` says of them. */
export function typeErrors(files: readonly string[]): TypeMistake[] {
  const folder = mkdtempSync(join(tmpdir(), 'perf-hints-types-'));
  try {
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: OPTIONS, files }));
    const { stdout, stderr, status } = spawnSync(process.execPath, [COMPILER, '-p', folder, '--pretty', 'false'], {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 100_000_000,
    });
    const mistakes = mistakesIn(stdout, folder);
    if (status !== 0 && mistakes.length === 0) throw new Error(`the compiler failed: ${stdout}${stderr}`);
    return mistakes;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function mistakesIn(output: string, folder: string): TypeMistake[] {
  const mistakes: TypeMistake[] = [];
  for (const line of output.split('\n')) {
    const [, file, row, text = ''] = /^(?:(.+)\((\d+),\d+\): )?error TS\d+: (.*)$/.exec(line) ?? [];
    const last = mistakes.at(-1);
    if (text !== '') mistakes.push({ file: file ? resolve(folder, file) : '', message: `${row ?? 0}: ${text}` });
    else if (last && line.startsWith(' '))
      mistakes[mistakes.length - 1] = { ...last, message: `${last.message}\n${line}` };
  }
  return mistakes;
}
