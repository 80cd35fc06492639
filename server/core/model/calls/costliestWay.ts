import type { Branch } from '../../syntax/typescript/facts';
import { byTerms, type CostTerm, sumOfTerms } from './costTerms';

/** What one call adds, and the ways to it where a run takes one of several. */
export interface Expense {
  readonly branches: readonly Branch[];
  readonly terms: readonly CostTerm[];
}

/** What is spent on every run, and the choices on its way, by where they stand. */
interface Way {
  readonly terms: CostTerm[];
  readonly choices: Map<number, Map<number, Way>>;
}

/** Adds up what one run can come to: of the arms of each choice the costliest, the first of those that are alike. */
export function costliestWay(expenses: readonly Expense[]): readonly CostTerm[] {
  const start = newWay();
  for (const { branches, terms } of expenses) {
    const way = branches.reduce(wayInto, start);
    way.terms.push(...terms);
  }
  return termsOf(start);
}

function wayInto({ choices }: Way, { at, arm }: Branch): Way {
  const arms = choices.get(at) ?? new Map<number, Way>();
  choices.set(at, arms);
  const way = arms.get(arm) ?? newWay();
  arms.set(arm, way);
  return way;
}

function newWay(): Way {
  return { terms: [], choices: new Map() };
}

function termsOf({ terms, choices }: Way): readonly CostTerm[] {
  return sumOfTerms([...terms, ...[...choices].sort(byKey).flatMap(([, arms]) => costliest(arms))]);
}

function costliest(arms: ReadonlyMap<number, Way>): readonly CostTerm[] {
  const [first = []] = [...arms]
    .sort(byKey)
    .map(([, way]) => termsOf(way))
    .sort(byTerms);
  return first;
}

function byKey([a]: readonly [number, unknown], [b]: readonly [number, unknown]): number {
  return a - b;
}
