import type { TypeScriptFacts } from '../../syntax/typescript/facts';
import type { Place } from '../../text/textEdit';
import type { FunctionPlace } from '../calls/callees';
import { isRare, type OutsideCall, type Step } from '../calls/callGraph';
import type { Project } from '../project';
import type { InteractiveTransaction } from './interactiveTransactions';

/** Work outside the database that a transaction waits for. */
export interface SlowWork {
  /** The call in the transaction's callback: the work itself, or what leads to it. */
  readonly at: Place;
  /** As it is called there. */
  readonly name: string;
  /** The calls on the way from there to the work; empty where that stands in the callback. */
  readonly path: readonly Step[];
  /** The work, and its place. */
  readonly outside: OutsideCall;
  readonly place: Place;
  /** On the way, no branch decides about it. */
  readonly certain: boolean;
}

/** Work outside the database that a function comes to. */
interface ReachedWork {
  readonly file: string;
  readonly outside: OutsideCall;
  readonly path: readonly Step[];
  readonly certain: boolean;
}

const MAX_STEPS = 4;
const MAX_FUNCTIONS = 200;

const known = new WeakMap<Project, Map<string, ReachedWork | undefined>>();

/** The slow work of a transaction, in the order of the text; a function that it calls more than once is told once. */
export function* slowWorkIn({ file, facts, body }: InteractiveTransaction, project: Project): Iterable<SlowWork> {
  const told = new Set<string>();
  for (const outside of body.outside) {
    const { invocation } = outside;
    if (invocation.inCatch || isForgotten(invocation.loops, facts)) continue;
    const at = { file, range: invocation.callee };
    yield { at, name: invocation.name, path: [], outside, place: at, certain: true };
  }
  for (const { invocation, callee } of body.calls) {
    if (callee.kind !== 'function' || callee.cached || !invocation.waitedFor || isRare(invocation)) continue;
    if (isForgotten(invocation.loops, facts)) continue;
    const reached = nearestWork(callee.place, project);
    if (!reached || told.has(keyOf(callee.place))) continue;
    told.add(keyOf(callee.place));
    yield {
      at: { file, range: invocation.callee },
      name: invocation.name,
      path: reached.path,
      outside: reached.outside,
      place: { file: reached.file, range: reached.outside.invocation.callee },
      certain: reached.certain,
    };
  }
}

/** `forEach(async …)`: the transaction does not wait for it. */
function isForgotten(uses: readonly { readonly loop: number }[], { loops }: TypeScriptFacts): boolean {
  return uses.some(({ loop }) => loops[loop]?.forgotten);
}

/** The nearest work that a function waits for, by its own calls or those it leads to; found once for each project. */
function nearestWork(place: FunctionPlace, project: Project): ReachedWork | undefined {
  const found = known.get(project) ?? new Map<string, ReachedWork | undefined>();
  known.set(project, found);
  const key = keyOf(place);
  if (!found.has(key)) found.set(key, findWork(place, project));
  return found.get(key);
}

interface Visit {
  readonly place: FunctionPlace;
  readonly path: readonly Step[];
  readonly certain: boolean;
}

/** Breadth first, what is certain before what a branch decides about. */
function findWork(start: FunctionPlace, project: Project): ReachedWork | undefined {
  const seen = new Set([keyOf(start)]);
  let front: Visit[] = [{ place: start, path: [], certain: true }];
  for (let steps = 0; front.length > 0 && steps <= MAX_STEPS; steps++) {
    const next: Visit[] = [];
    const works: ReachedWork[] = [];
    for (const { place, path, certain } of front) {
      const { outside, calls } = project.calls.bodyOf(place);
      for (const one of outside) {
        const { inCatch, fillsMemory, conditional } = one.invocation;
        if (inCatch || fillsMemory) continue;
        works.push({ file: place.file, outside: one, path, certain: certain && !conditional });
      }
      for (const { invocation, callee } of calls) {
        if (callee.kind !== 'function' || callee.cached || !invocation.waitedFor || isRare(invocation)) continue;
        if (seen.has(keyOf(callee.place)) || seen.size >= MAX_FUNCTIONS) continue;
        seen.add(keyOf(callee.place));
        const step = { file: place.file, range: invocation.callee, name: invocation.name };
        next.push({ place: callee.place, path: [...path, step], certain: certain && !invocation.conditional });
      }
    }
    const nearest = works.find(({ certain }) => certain) ?? works[0];
    if (nearest) return nearest;
    front = next;
  }
  return undefined;
}

function keyOf({ file, function: fn }: FunctionPlace): string {
  return `${fn}\n${file}`;
}
