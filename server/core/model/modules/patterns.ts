/** Orders patterns so that the first that matches counts: those without `*` first, then by what stands before it. */
export function bySpecificity(a: string, b: string): number {
  const [starA, starB] = [a.indexOf('*'), b.indexOf('*')];
  if (starA < 0 || starB < 0) return Number(starA >= 0) - Number(starB >= 0);
  return starB - starA || b.length - a.length;
}

/** What the `*` of a pattern stands for in a specifier, `''` where it has none; undefined if they don't match. */
export function starOf(pattern: string, specifier: string): string | undefined {
  const star = pattern.indexOf('*');
  if (star < 0) return specifier === pattern ? '' : undefined;
  const suffix = pattern.slice(star + 1);
  const matches =
    specifier.length >= star + suffix.length &&
    specifier.startsWith(pattern.slice(0, star)) &&
    specifier.endsWith(suffix);
  return matches ? specifier.slice(star, specifier.length - suffix.length) : undefined;
}

/** A target with its `*` replaced. */
export function filled(target: string, star: string): string {
  return target.replaceAll('*', () => star);
}
