import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { GitIgnore } from '../workspace/gitIgnore';
import { isForeignFolder, trackedKind } from '../workspace/trackedFiles';

/** True for a file of a folder (absolute) that reading the whole folder would find, were it to exist. */
export function isDiscovered(root: string, file: string): boolean {
  if (!trackedKind(file)) return false;
  const segments = file.split('/');
  let ignored = GitIgnore.above(root);
  let path = root;
  for (const [index, segment] of segments.entries()) {
    ignored = ignored.within(path);
    const isFolder = index < segments.length - 1;
    if (isFolder && isForeignFolder(segment, existsSync(join(path, 'package.json')))) return false;
    path = join(path, segment);
    if (ignored.ignores(path, isFolder)) return false;
  }
  return true;
}
