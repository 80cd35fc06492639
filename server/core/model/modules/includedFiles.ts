import { resolvePath } from './paths';

/** The `files`, `include` and `exclude` of a configuration, relative to the workspace folder. */
export interface Inclusion {
  readonly files?: readonly string[];
  readonly include?: readonly string[];
  readonly exclude: readonly string[];
  /** Of the configuration itself: what it includes where it says nothing. */
  readonly folder: string;
}

const NEVER_INCLUDED = /(^|\/)(node_modules|bower_components|jspm_packages)\//;

/** Returns a test for the files that a configuration takes in, as TypeScript reads its globs, JavaScript always allowed. */
export function includedFiles({ files, include, exclude, folder }: Inclusion): (file: string) => boolean {
  const listed = new Set(files);
  const globs = include ?? (files ? [] : [folder]);
  const included = globs.map(globExpression);
  const excluded = exclude.map(globExpression);
  return (file) => {
    if (listed.has(file)) return true;
    if (NEVER_INCLUDED.test(file) || !included.some((glob) => glob.test(file))) return false;
    return !excluded.some((glob) => glob.test(file));
  };
}

/** A glob of a configuration, which also takes in what lies below a folder that it names. */
function globExpression(glob: string): RegExp {
  const path = resolvePath('', glob);
  if (path === '') return /^/;
  const segments = path
    .split('/')
    .map((segment) => (segment === '**' ? '(?:[^/]+/)*' : `${segmentExpression(segment)}/`));
  // A last `**` stands for files too.
  const whole = segments
    .join('')
    .replace(/\/$/, '')
    .replace(/\(\?:\[\^\/\]\+\/\)\*$/, '.+');
  return new RegExp(`^${whole}(?:/|$)`);
}

function segmentExpression(segment: string): string {
  return segment
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '[^/]*')
    .replaceAll('?', '[^/]');
}
