import type { CallPlace, InvocationFact, TypeScriptFacts } from '../../syntax/typescript/facts';
import type { Query } from '../queries/query';
import type { Callee } from './callees';
import type { Body, Call, OutsideCall } from './callGraph';

type Resolve = (invocation: InvocationFact) => Callee;
type Judge = (invocation: InvocationFact) => Omit<OutsideCall, 'invocation'> | undefined;

/** What a function does itself, before anyone asks what its calls run. */
interface Written {
  readonly queries: Query[];
  readonly invocations: InvocationFact[];
}

const NOTHING: Body = { queries: [], calls: [], outside: [] };

/**
 * The calls of one file. What a call runs is resolved when its function is asked about, and kept: most
 * functions of a workspace are on nobody's way to a query.
 */
export class FileCalls {
  readonly #written = new Map<number, Written>();
  readonly #bodies = new Map<number, Body>();
  readonly #inLoops: readonly InvocationFact[];
  readonly #callees = new Map<InvocationFact, Callee>();

  constructor(facts: TypeScriptFacts, queries: readonly Query[]) {
    for (const query of queries) this.#of(query.call.function, facts).queries.push(query);
    const invocations = invocationsOf(facts, queries);
    for (const invocation of invocations) this.#of(invocation.function, facts).invocations.push(invocation);
    this.#inLoops = invocations.filter(({ loops }) => loops.length > 0);
  }

  /** What a function does, callbacks that it runs in place included; calls of libraries are left out. */
  bodyOf(fn: number, resolve: Resolve, judge: Judge): Body {
    const known = this.#bodies.get(fn);
    if (known) return known;
    const written = this.#written.get(fn);
    const body = written ? this.#body(written, resolve, judge) : NOTHING;
    this.#bodies.set(fn, body);
    return body;
  }

  #body({ queries, invocations }: Written, resolve: Resolve, judge: Judge): Body {
    const calls = this.#resolved(invocations, resolve);
    const outside = invocations.flatMap((invocation): OutsideCall[] => {
      const isElsewhere = invocation.waitedFor && this.#callees.get(invocation)?.kind !== 'function';
      const work = isElsewhere ? judge(invocation) : undefined;
      return work ? [{ invocation, ...work }] : [];
    });
    return { queries, calls, outside };
  }

  /** The calls that loops run, in the order of the text. */
  inLoops(resolve: Resolve): readonly Call[] {
    return this.#resolved(this.#inLoops, resolve);
  }

  #resolved(invocations: readonly InvocationFact[], resolve: Resolve): Call[] {
    return invocations
      .map((invocation) => {
        const callee = this.#callees.get(invocation) ?? resolve(invocation);
        this.#callees.set(invocation, callee);
        return { invocation, callee };
      })
      .filter(({ callee }) => callee.kind !== 'external');
  }

  #of(fn: number, facts: TypeScriptFacts): Written {
    const owner = runningFunction(fn, facts);
    const written = this.#written.get(owner) ?? { queries: [], invocations: [] };
    this.#written.set(owner, written);
    return written;
  }
}

/** All calls that are no queries: a service's own `create` was kept among what may be one, until it turned out not to be. */
function invocationsOf({ calls, invocations }: TypeScriptFacts, queries: readonly Query[]): readonly InvocationFact[] {
  const sent = new Set<CallPlace>(queries.map(({ call }) => call));
  const others: InvocationFact[] = calls.filter((call) => !sent.has(call) && call.name !== '$transaction');
  if (others.length === 0) return invocations;
  return [...invocations, ...others].sort((a, b) => a.callee.start - b.callee.start);
}

/** The function that does what is written in a function: itself, or the one that runs it in place. */
export function runningFunction(fn: number, { functions }: TypeScriptFacts): number {
  let current = fn;
  for (let row = functions[current]; row?.runsInPlace && row.parent !== undefined; row = functions[current]) {
    current = row.parent;
  }
  return current;
}
