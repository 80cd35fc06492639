/** The folder of a file, both relative to the workspace folder with `/`; `''` for the workspace folder. */
export function folderOf(file: string): string {
  return file.slice(0, Math.max(0, file.lastIndexOf('/')));
}

/** True if the file lies in the folder or below it. */
export function isWithin(folder: string, file: string): boolean {
  return folder === '' || file.startsWith(`${folder}/`);
}

/** A segment that is no name. */
const DOTS_OR_NOTHING = /(?:^|\/)\.{0,2}(?:\/|$)/;

/** The path that `path` means when read in `folder`: `.` and `..` resolved; it may lead out with `..`. */
export function resolvePath(folder: string, path: string): string {
  const rest = path.startsWith('./') ? path.slice(2) : path;
  // By far the most have nothing to resolve but that first `./`.
  if (!DOTS_OR_NOTHING.test(rest)) return folder === '' ? rest : `${folder}/${rest}`;
  const parts = path.startsWith('/') || folder === '' ? [] : folder.split('/');
  for (const part of path.split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}

/** The folder and those above it, the workspace folder (`''`) last. */
export function* foldersUp(folder: string): Generator<string> {
  let current = folder;
  while (current !== '') {
    yield current;
    current = folderOf(current);
  }
  yield '';
}
