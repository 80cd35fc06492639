import picomatch from 'picomatch';

/**
 * Returns a test for files (relative, with `/`) that match at least one glob. A glob without a slash
 * matches at any depth, and one that names a folder covers what lies in it. A glob that can't be
 * understood matches nothing.
 */
export function globMatcher(globs: readonly string[]): (file: string) => boolean {
  const expressions = globs.flatMap((glob) => expressionOf(glob) ?? []);
  if (expressions.length === 0) return () => false;
  if (globs.includes('**')) return () => true;
  const known = new Map<string, boolean>();
  return (file) => {
    let matches = known.get(file);
    if (matches === undefined) {
      matches = expressions.some((expression) => expression.test(file));
      known.set(file, matches);
    }
    return matches;
  };
}

/** True if the text can be used as a glob. */
export function isGlob(glob: string): boolean {
  return expressionOf(glob) !== undefined;
}

function expressionOf(glob: string): RegExp | undefined {
  const path = glob.trim().replace(/^(?:\.?\/)+|\/$/g, '');
  if (path === '') return undefined;
  const anyDepth = path.includes('/') || path === '**' || glob.startsWith('/') ? path : `**/${path}`;
  try {
    return picomatch.makeRe(`${anyDepth}{,/**}`, { dot: true, strictBrackets: true });
  } catch {
    return undefined; // picomatch throws on brackets that don't close
  }
}
