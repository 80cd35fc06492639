import { symlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { CheckOptions } from '../../server/typeCheck/checkProject';
import { temporaryFolder, writeIn } from './temporaryFolder';

/** The compilers that are tried, by the packages that hold them. */
export const compilers = [
  { version: '5.9.3', folder: resolve('node_modules/typescript-5.9') },
  { version: '6.0.3', folder: resolve('node_modules/typescript') },
  { version: '7.0.2', folder: resolve('node_modules/typescript-7') },
] as const;

const options = {
  strict: true,
  target: 'ES2022',
  // What a larger library takes to read would be most of each run.
  lib: ['ES5'],
  types: [],
  module: 'ESNext',
  moduleResolution: 'bundler',
  skipLibCheck: true,
};

/** A `tsconfig.json` of a project whose sources lie in `src`. */
export const plainConfig = JSON.stringify({ compilerOptions: options, include: ['src'] }, undefined, 2);

/** Makes a project with modules that use each other, and this compiler in its `node_modules`; returns its folder. */
export function compiledProject(
  compiler: { readonly folder: string },
  { modules = 2, files = {} }: { modules?: number; files?: Readonly<Record<string, string>> } = {},
): string {
  const folder = temporaryFolder({ 'package.json': '{}', 'tsconfig.json': plainConfig });
  for (let index = 0; index < modules; index++) writeIn(folder, `src/part${index}.ts`, moduleText(index));
  for (const [name, text] of Object.entries(files)) writeIn(folder, name, text);
  useCompiler(folder, compiler);
  return folder;
}

/** Puts a compiler into a folder's `node_modules`. */
export function useCompiler(folder: string, compiler: { readonly folder: string }): void {
  const place = join(folder, 'node_modules/typescript');
  writeIn(dirname(place), '.keep', '');
  symlinkSync(compiler.folder, place, 'junction');
}

function moduleText(index: number): string {
  const before = index - 1;
  const link = index === 0 ? '' : `import { type Part${before}, make${before} } from './part${before}';\n`;
  return `${link}export interface Part${index} {
  id: number;
  name: string;
  tags: readonly string[];${index === 0 ? '' : `\n  before: Part${before};`}
}
export function make${index}(id: number): Part${index} {
  return { id, name: 'name', tags: []${index === 0 ? '' : `, before: make${before}(id)`} };
}
export function nameOf${index}(part: Part${index}): string {
  return part.name;
}
`;
}

export interface Said {
  /** What the compiler printed for people. */
  output: string;
  complaints: string;
  readonly notes: string[];
}

/** How a test checks the project in a folder, and what is said meanwhile. */
export function checkOptions(folder: string, changes: Partial<CheckOptions> = {}): CheckOptions & { said: Said } {
  const said: Said = { output: '', complaints: '', notes: [] };
  return {
    tsconfig: join(folder, 'tsconfig.json'),
    currentFolder: folder,
    storage: join(folder, 'kept'),
    mode: 'incremental',
    pretty: false,
    onOutput: (text) => {
      said.output += text;
    },
    onComplaint: (text) => {
      said.complaints += text;
    },
    onNote: (line) => said.notes.push(line),
    ...changes,
    said,
  };
}
