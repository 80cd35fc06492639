/** So many queries, once for each round of these loops. */
export interface CostTerm {
  readonly count: number;
  /** What the loops go through, outermost first, as written (`orders`), `''` where that is long; empty for a constant. */
  readonly loops: readonly string[];
}

/** Adds terms up, one for each nest of loops: constant first, then by how many loops multiply it. */
export function sumOfTerms(terms: Iterable<CostTerm>): readonly CostTerm[] {
  const sum = new Map<string, CostTerm>();
  for (const { count, loops } of terms) {
    const key = loops.join('\n');
    sum.set(key, { count: count + (sum.get(key)?.count ?? 0), loops });
  }
  return [...sum.values()].sort((a, b) => a.loops.length - b.loops.length);
}

/** Compares sums of terms, the greater first: by the number of loops within each other, then by how often at that depth. */
export function byTerms(a: readonly CostTerm[], b: readonly CostTerm[]): number {
  const depth = Math.max(degreeOf(a), degreeOf(b));
  for (let loops = depth; loops >= 0; loops -= 1) {
    const difference = countAt(b, loops) - countAt(a, loops);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Returns how many loops multiply the costliest queries: 0 for a number that does not grow. */
export function degreeOf(terms: readonly CostTerm[]): number {
  return Math.max(0, ...terms.map(({ loops }) => loops.length));
}

function countAt(terms: readonly CostTerm[], depth: number): number {
  return terms.reduce((sum, { loops, count }) => (loops.length === depth ? sum + count : sum), 0);
}
