import type { DocumentFacts } from '../../syntax/documentFacts';
import type { CallPlace, InvocationFact, TypeScriptFacts, Value } from '../../syntax/typescript/facts';
import { type OutsideWork, outsideWork } from '../../syntax/typescript/outsidePackages';
import type { Place } from '../../text/textEdit';
import type { Definition } from '../modules/definitions';
import type { Origin } from '../modules/origins';
import type { Query } from '../queries/query';
import type { Callee, FunctionPlace } from './callees';
import { FileCalls } from './fileCalls';

/** A call within a function, and what it runs. */
export interface Call {
  readonly invocation: InvocationFact;
  readonly callee: Callee;
}

/** A call of a library, or of the language itself, that takes its time, and that the function waits for. */
export interface OutsideCall {
  readonly invocation: InvocationFact;
  readonly work: OutsideWork;
  /** The package that does it; empty for the language itself. */
  readonly module: string;
}

/** What a function does itself, inline callbacks that run at once included. */
export interface Body {
  readonly queries: readonly Query[];
  readonly calls: readonly Call[];
  readonly outside: readonly OutsideCall[];
}

/** One call on the way to a query. */
export interface Step extends Place {
  /** As it is called there: `getUser`. */
  readonly name: string;
}

/** A query that a function comes to, by way of calls. */
export interface ReachedQuery {
  readonly query: Query;
  /** The calls to it, from the function on; empty for a query of its own. */
  readonly path: readonly Step[];
  /** Nothing is awaited on the way: calls of the function in one tick send this query in one tick. */
  readonly sameTick: boolean;
  /** No branch decides about it: each call of the function comes to it, unless a guard ends it before. */
  readonly certain: boolean;
  /** Other work is awaited on the way: what it sends is a part of that. */
  readonly afterOther: boolean;
}

export interface Reach {
  /** Nearest first, by the shortest way each; what a cache answers or only a failure causes is left out. */
  readonly queries: readonly ReachedQuery[];
  /** The files that this was read from. */
  readonly files: ReadonlySet<string>;
}

/** Who calls whom, across files. */
export interface CallGraph {
  bodyOf(place: FunctionPlace): Body;
  /** The calls in the loops of a file that run what may be the workspace's own, in the order of the text. */
  callsInLoops(file: string): readonly Call[];
  /** What a function comes to. Bounded in depth and number: far away, one branch in a thousand sends it. */
  reachOf(place: FunctionPlace): Reach;
}

/** What is still right of an earlier graph. */
export interface KeptCalls {
  readonly files: Map<string, FileCalls>;
  readonly reaches: Map<string, Reach>;
}

const MAX_STEPS = 6;
const MAX_FUNCTIONS = 1000;
const NOTHING: Body = { queries: [], calls: [], outside: [] };

/** Makes the {@link CallGraph} of a project; what is asked is found once. */
export function createCallGraph(
  documents: ReadonlyMap<string, DocumentFacts>,
  queriesOf: (file: string) => readonly Query[],
  resolve: (callee: Definition) => Callee,
  originOf: (callee: Definition) => Origin | undefined,
  { files, reaches }: KeptCalls = { files: new Map(), reaches: new Map() },
): CallGraph & { readonly known: KeptCalls } {
  const callsIn = (file: string, facts: TypeScriptFacts): FileCalls => {
    const known = files.get(file);
    if (known) return known;
    const read = new FileCalls(facts, queriesOf(file));
    files.set(file, read);
    return read;
  };

  const bodyOf = ({ file, function: fn }: FunctionPlace): Body => {
    const facts = documents.get(file);
    if (facts?.kind !== 'typescript') return NOTHING;
    const judge = (value: Value): Pick<OutsideCall, 'work' | 'module'> | undefined => {
      const origin = originOf({ file, facts, value });
      const work = origin && outsideWork(origin.module, origin.path);
      return work && { work, module: origin.module };
    };
    return callsIn(file, facts).bodyOf(
      fn,
      ({ target }) => resolve({ file, facts, value: target }),
      ({ target }) => judge(target),
    );
  };

  const callsInLoops = (file: string): readonly Call[] => {
    const facts = documents.get(file);
    if (facts?.kind !== 'typescript') return [];
    return callsIn(file, facts).inLoops(({ target }) => resolve({ file, facts, value: target }));
  };

  const reachOf = (place: FunctionPlace): Reach => {
    const key = keyOf(place);
    const known = reaches.get(key);
    if (known) return known;
    const { reach, barren } = readReach(place, bodyOf, (callee) => reaches.get(keyOf(callee)));
    for (const visited of barren) reaches.set(visited, reach);
    reaches.set(key, reach);
    return reach;
  };

  return { bodyOf, callsInLoops, reachOf, known: { files, reaches } };
}

/** What was found without looking into some files. */
export function callsWithout(known: KeptCalls, changed: ReadonlySet<string>): KeptCalls {
  const files = new Map(known.files);
  for (const file of changed) files.delete(file);
  const reaches = new Map(known.reaches);
  for (const [key, reach] of known.reaches) {
    for (const file of reach.files) if (changed.has(file)) reaches.delete(key);
  }
  return { files, reaches };
}

/** True for what is not sent each time: only after a failure, or only for what is not remembered. */
export function isRare({ inCatch, fillsMemory }: CallPlace): boolean {
  return inCatch === true || fillsMemory === true;
}

/**
 * Breadth first, so that each query is found by its shortest way, and circles end. `barren`: all that
 * was visited, by key, where none of it comes to a query; what is known to be so is not visited again.
 */
function readReach(
  start: FunctionPlace,
  bodyOf: (place: FunctionPlace) => Body,
  known: (place: FunctionPlace) => Reach | undefined,
): { readonly reach: Reach; readonly barren: Iterable<string> } {
  let isCut = false;
  const files = new Set([start.file]);
  const seen = new Set([keyOf(start)]);
  const queries = new Map<Query['call'], ReachedQuery>();
  let front: (Omit<ReachedQuery, 'query'> & { readonly place: FunctionPlace })[] = [
    { place: start, path: [], sameTick: true, certain: true, afterOther: false },
  ];
  while (front.length > 0) {
    const next: typeof front = [];
    for (const { place, path, ...way } of front) {
      const body = bodyOf(place);
      for (const query of body.queries) {
        if (isRare(query.call) || queries.has(query.call)) continue;
        queries.set(query.call, { query, path, ...after(query.call, way) });
      }
      for (const { invocation, callee } of body.calls) {
        if (callee.kind !== 'function') continue;
        files.add(callee.place.file);
        if (callee.cached || isRare(invocation) || seen.has(keyOf(callee.place))) continue;
        const reached = known(callee.place);
        if (reached?.queries.length === 0) {
          for (const file of reached.files) files.add(file);
          continue;
        }
        if (path.length >= MAX_STEPS || seen.size >= MAX_FUNCTIONS) {
          isCut = true;
          continue;
        }
        seen.add(keyOf(callee.place));
        const step = { file: place.file, range: invocation.callee, name: invocation.name };
        next.push({ place: callee.place, path: [...path, step], ...after(invocation, way) });
      }
    }
    front = next;
  }
  const reach = { queries: [...queries.values()], files };
  return { reach, barren: isCut || queries.size > 0 ? [] : seen };
}

type Way = Pick<ReachedQuery, 'sameTick' | 'certain' | 'afterOther'>;

function after(call: CallPlace, { sameTick, certain, afterOther }: Way): Way {
  return {
    sameTick: sameTick && !call.afterAwait,
    certain: certain && !call.conditional,
    afterOther: afterOther || call.afterOther === true,
  };
}

function keyOf({ file, function: fn }: FunctionPlace): string {
  return `${fn}\n${file}`;
}
