import { existsSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { readText } from './readSource';

/** What the `.gitignore` files from one folder upwards say about the paths below it; immutable. */
export class GitIgnore {
  private constructor(
    private readonly folder = '',
    private readonly rules: Ignore | undefined = undefined,
    private readonly outer: GitIgnore | undefined = undefined,
  ) {}

  /**
   * The rules that reach a folder from the `.gitignore` files above it, up to its repository's top.
   * None if they ignore the folder itself: someone who audits it wants to see it.
   */
  static above(folder: string): GitIgnore {
    let rules = new GitIgnore();
    for (const above of foldersOfRepositoryAbove(folder)) rules = rules.within(above);
    return rules.ignores(folder, true) ? new GitIgnore() : rules;
  }

  /** The rules that hold within a folder (absolute), those of its own `.gitignore` included. */
  within(folder: string): GitIgnore {
    const text = readText(folder, '.gitignore'); // one that can't be read ignores nothing
    return text === undefined ? this : new GitIgnore(folder, ignore().add(text), this);
  }

  /** True for an ignored path (absolute, below the folder of these rules): the innermost rule that speaks of it decides. */
  ignores(path: string, isFolder: boolean): boolean {
    for (let level: GitIgnore | undefined = this; level?.rules; level = level.outer) {
      const below = path.slice(level.folder.length + (level.folder.endsWith(sep) ? 0 : 1));
      const relative = sep === '/' ? below : below.split(sep).join('/');
      const { ignored, unignored } = level.rules.test(isFolder ? `${relative}/` : relative);
      if (ignored || unignored) return ignored;
    }
    return false;
  }
}

/** The folders above, outermost first, from the one that holds `.git`; none outside a repository. */
function foldersOfRepositoryAbove(folder: string): string[] {
  const folders: string[] = [];
  for (let current = folder; ; ) {
    if (existsSync(join(current, '.git'))) return folders;
    const parent = dirname(current);
    if (parent === current) return [];
    folders.unshift(parent);
    current = parent;
  }
}
