import { bySpecificity, filled, starOf } from './patterns';

/** Conditions under which a server's code is not loaded: what they name comes last. */
const ELSEWHERE: ReadonlySet<string> = new Set([
  'require',
  'browser',
  'react-native',
  'react-server',
  'worker',
  'workerd',
  'edge-light',
  'deno',
  'electron',
]);

/**
 * The targets that the `exports` of a package give for a subpath (`.`, `./sub`), or its `imports` for
 * a `#name`, most likely first. Empty where it is not listed; undefined where it is barred by `null`.
 */
export function exportTargets(map: unknown, subpath: string): readonly string[] | undefined {
  if (typeof map === 'string' || Array.isArray(map)) return subpath === '.' ? targetsOf(map, '') : [];
  if (!isRecord(map)) return [];
  const isTable = Object.keys(map).some((key) => key.startsWith('.') || key.startsWith('#'));
  if (!isTable) return subpath === '.' ? targetsOf(map, '') : [];
  for (const [pattern, target] of Object.entries(map).sort(([a], [b]) => bySpecificity(a, b))) {
    const star = starOf(pattern, subpath);
    if (star === undefined) continue;
    return target === null ? undefined : targetsOf(target, star);
  }
  return [];
}

function targetsOf(target: unknown, star: string): readonly string[] {
  const [here, elsewhere]: [string[], string[]] = [[], []];
  const collect = (part: unknown, into: string[]): void => {
    if (typeof part === 'string') into.push(filled(part, star));
    else if (Array.isArray(part)) for (const entry of part) collect(entry, into);
    else if (isRecord(part)) {
      for (const [condition, entry] of Object.entries(part))
        collect(entry, ELSEWHERE.has(condition) ? elsewhere : into);
    }
  };
  collect(target, here);
  return [...here, ...elsewhere];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
