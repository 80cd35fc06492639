import type { CallPlace, InvocationFact, LoopFact } from '../../syntax/typescript/facts';
import { multipliedCall } from '../loops/multipliedCalls';
import { multiplyingLoops } from '../loops/multipliedQueries';
import type { Project } from '../project';
import type { FunctionPlace } from './callees';
import type { Body } from './callGraph';
import { costliestWay, type Expense } from './costliestWay';
import { type CostTerm, sumOfTerms } from './costTerms';

/** The queries that one call of a function can send: on the costliest way through it, no cache asked before. */
export interface Cost {
  /** Constant first, then by how many loops multiply it. Empty where there is no query. */
  readonly terms: readonly CostTerm[];
  /** It comes to itself again: the terms count one round of that. */
  readonly recursive: boolean;
  /** It awaits what can't be followed, on this way or another: there may be more. */
  readonly unknown: boolean;
  /** It awaits a function that it is given: who writes that in the call has counted it, others can't know. */
  readonly runsGiven?: boolean;
}

const NO_COST: Cost = { terms: [], recursive: false, unknown: false };
const ONE_QUERY: readonly CostTerm[] = [{ count: 1, loops: [] }];
/** Deeper nests of loops are as bad as this. */
const MAX_LOOPS = 3;

const known = new WeakMap<Project, Map<string, Cost>>();

/** Returns what a function costs, found once for each project. A function that sends no query costs nothing. */
export function costOf(project: Project, place: FunctionPlace): Cost {
  const costs = known.get(project) ?? new Map<string, Cost>();
  known.set(project, costs);
  if (!costs.has(keyOf(place))) new Circles(project, costs).visit(place);
  return costs.get(keyOf(place)) ?? NO_COST;
}

/** A reader takes in no more: of a longer sum the first term and the last two are written, what grows fastest among them. */
const TERMS_SHOWN = 4;

/** Writes a cost as people do: `3 + 2·N(orders)`; `0` where there is no query; a long one with `…` in its middle. */
export function costText({ terms, recursive, unknown, runsGiven }: Cost): string {
  const written = terms.map(({ count, loops }) => {
    const rounds = loops.map((loop) => (loop === '' ? 'N' : `N(${loop})`)).join('·');
    return rounds === '' ? String(count) : count === 1 ? rounds : `${count}·${rounds}`;
  });
  const shown = written.length > TERMS_SHOWN ? [...written.slice(0, 1), '…', ...written.slice(-2)] : written;
  const sum = shown.length > 0 ? shown.join(' + ') : '0';
  return `${sum}${recursive ? ', for each level' : ''}${unknown || runsGiven ? ' + ?' : ''}`;
}

interface Visited {
  readonly place: FunctionPlace;
  readonly index: number;
  lowest: number;
}

/**
 * Tarjan's algorithm: functions that come to each other (a circle) get one cost together, whichever of
 * them was asked first.
 */
class Circles {
  readonly #visited = new Map<string, Visited>();
  readonly #open: Visited[] = [];

  constructor(
    readonly project: Project,
    readonly costs: Map<string, Cost>,
  ) {}

  visit(place: FunctionPlace): Visited {
    const own: Visited = { place, index: this.#visited.size, lowest: this.#visited.size };
    this.#visited.set(keyOf(place), own);
    this.#open.push(own);
    for (const { callee } of this.project.calls.bodyOf(place).calls) {
      if (callee.kind !== 'function' || this.costs.has(keyOf(callee.place))) continue;
      const seen = this.#visited.get(keyOf(callee.place));
      own.lowest = Math.min(own.lowest, seen ? seen.index : this.visit(callee.place).lowest);
    }
    if (own.lowest === own.index) this.#close(own);
    return own;
  }

  #close(first: Visited): void {
    const circle = this.#open.splice(this.#open.indexOf(first));
    const members = new Set(circle.map((entry) => keyOf(entry.place)));
    const bodies = circle.map(({ place }) => this.#spend(place, this.project.calls.bodyOf(place), members));
    const terms = sumOfTerms(bodies.flatMap(({ expenses }) => costliestWay(expenses)));
    const cost: Cost = {
      terms,
      // A circle without any query is none to speak of.
      recursive: bodies.some(({ recursive }) => recursive) && terms.length > 0,
      unknown: bodies.some(({ unknown }) => unknown),
      ...(bodies.some(({ runsGiven }) => runsGiven) ? { runsGiven: true } : {}),
    };
    for (const key of members) this.costs.set(key, cost);
  }

  #spend({ file }: FunctionPlace, { queries, calls }: Body, members: ReadonlySet<string>): Spending {
    const spending = new Spending();
    for (const query of queries) {
      if (query.call.inCatch) continue;
      spending.add(query.call, labels(multiplyingLoops(query, this.project)), ONE_QUERY);
    }
    const facts = this.project.documents.get(file);
    for (const call of calls) {
      const { callee, invocation } = call;
      if (invocation.inCatch || facts?.kind !== 'typescript') continue;
      if (callee.kind !== 'function') spending.addUnknown(invocation);
      else if (members.has(keyOf(callee.place))) spending.recursive = true;
      else {
        const loops = multipliedCall(file, facts, call, this.project)?.loops ?? [];
        spending.addCall(invocation, labels(loops), this.costs.get(keyOf(callee.place)) ?? NO_COST);
      }
    }
    return spending;
  }
}

/** What the calls of one function add, and what is not known of them. */
class Spending {
  readonly expenses: Expense[] = [];
  recursive = false;
  unknown = false;
  runsGiven = false;

  add({ branches = [] }: CallPlace, loops: readonly string[], terms: readonly CostTerm[]): void {
    const within = terms.map((term) => ({ count: term.count, loops: [...loops, ...term.loops].slice(0, MAX_LOOPS) }));
    this.expenses.push({ branches, terms: within });
  }

  addCall(by: InvocationFact, loops: readonly string[], { terms, recursive, unknown, runsGiven }: Cost): void {
    this.add(by, loops, terms);
    this.recursive ||= recursive;
    this.unknown ||= unknown || (runsGiven === true && !by.givesInline);
  }

  addUnknown({ awaited, target }: InvocationFact): void {
    if (!awaited) return;
    if (target.kind === 'parameter') this.runsGiven = true;
    else this.unknown = true;
  }
}

function labels(loops: readonly LoopFact[]): string[] {
  return loops.map(({ collectionText }) => collectionText ?? '');
}

function keyOf({ file, function: fn }: FunctionPlace): string {
  return `${fn}\n${file}`;
}
