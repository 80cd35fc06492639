import { closeSync, existsSync, opendirSync, openSync, type Stats, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { configFileName } from '../core/config/defaults';
import { reasonOf } from '../workspace/notes';
import { UsageError } from './usageError';

const workspaceMarkers = ['package.json', '.git', configFileName];

/** What to read, and which part of it to report on. */
export interface AuditedPaths {
  /** The workspace folder, absolute. */
  readonly folder: string;
  /** True for a file (relative to the folder, with `/`) at or below one of the given paths. */
  isAudited(file: string): boolean;
}

/**
 * Finds the workspace folder of the given paths. Throws a {@link UsageError} for a path that is
 * missing, unreadable or outside the workspace folder of the first one.
 */
export function auditedPaths(paths: readonly string[], currentFolder: string): AuditedPaths {
  const given = paths.map((path) => {
    const absolute = resolve(currentFolder, path);
    return { path, absolute, isFolder: checked(path, absolute).isDirectory() };
  });
  const first = given[0] ?? { path: '.', absolute: currentFolder, isFolder: true };
  const start = first.isFolder ? first.absolute : dirname(first.absolute);
  const folder = nearestWorkspace(start) ?? start;
  const prefixes = given.map(({ path, absolute }) => {
    const inside = relative(folder, absolute);
    if (inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)) {
      throw new UsageError(
        `${path} lies outside ${folder}, the workspace folder of ${first.path}: audit it on its own`,
      );
    }
    return inside.split(sep).join('/');
  });
  return {
    folder,
    isAudited: (file) => prefixes.some((path) => path === '' || file === path || file.startsWith(`${path}/`)),
  };
}

function checked(path: string, absolute: string): Stats {
  let stats: Stats | undefined;
  try {
    stats = statSync(absolute, { throwIfNoEntry: false });
    if (stats?.isDirectory()) opendirSync(absolute).closeSync();
    else if (stats?.isFile()) closeSync(openSync(absolute, 'r'));
  } catch (error) {
    throw new UsageError(`can't read ${path}: ${reasonOf(error)}`);
  }
  if (!stats) throw new UsageError(`no such file or folder: ${path}`);
  return stats;
}

function nearestWorkspace(start: string): string | undefined {
  for (let folder = start; ; folder = dirname(folder)) {
    if (workspaceMarkers.some((name) => existsSync(join(folder, name)))) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}
