import { isTasksFile } from '../core/syntax/json/readTasksFacts';
import { isTsconfigFile } from '../core/syntax/json/readTsconfigFacts';
import { isTypeScriptFile } from '../core/syntax/typescript/parse';

/** What a file is to the analysis; undefined for a file that says nothing to it. */
export type TrackedKind = 'source' | 'schema' | 'package' | 'tsconfig' | 'tasks' | 'migration';

/** Folders that never hold an application's own code. */
const foreignFolders: ReadonlySet<string> = new Set([
  'node_modules',
  'bower_components',
  '.git',
  '.hg',
  '.svn',
  '.next',
  '.nuxt',
  '.output',
  '.svelte-kit',
  '.turbo',
  '.vercel',
  '.cache',
  '.yarn',
  '.pnpm-store',
  '.vscode-test',
]);

/** Folders of build products, where a package's own folder holds them. */
const buildFolders: ReadonlySet<string> = new Set(['dist', 'build', 'out', 'coverage']);

/** Returns what a file is, by its path (relative, with `/`). */
export function trackedKind(file: string): TrackedKind | undefined {
  const name = file.slice(file.lastIndexOf('/') + 1);
  if (isTypeScriptFile(name)) return /\.min\.[cm]?js$/.test(name) ? undefined : 'source';
  if (name.endsWith('.prisma')) return 'schema';
  if (name === 'package.json') return 'package';
  if (isTsconfigFile(file)) return 'tsconfig';
  if (isTasksFile(file)) return 'tasks';
  if (name === 'migration.sql' && /(?:^|\/)migrations\//.test(file)) return 'migration';
  return undefined;
}

/** True for a folder that is never entered; `besidePackage`: a `package.json` lies next to it. */
export function isForeignFolder(name: string, besidePackage: boolean): boolean {
  return foreignFolders.has(name) || (besidePackage && buildFolders.has(name));
}
