import type { AwaitStepFact, StartedCallFact, TypeScriptFacts, Value } from '../../syntax/typescript/facts';
import type { Project } from '../project';
import type { Query } from '../queries/query';

/** What an awaited call is known to do: nothing but to read, or there is no effect to speak of. */
export type AwaitedEffect =
  | { readonly kind: 'query'; readonly query: Query; readonly throws: boolean; readonly maybeTransaction: boolean }
  /** A network request that by its method changes nothing. */
  | { readonly kind: 'request'; readonly name: string }
  /** A function that does nothing but these queries. */
  | { readonly kind: 'function'; readonly name: string; readonly queries: readonly Query[] }
  /** The rest of a network answer: no round trip of its own. */
  | { readonly kind: 'body' };

/** Functions that end the request where something is wrong, or say who asks: what follows relies on them. */
const GUARD_NAME =
  /^(assert|require|authori[sz]e|authenticate|check|verify|ensure|validate|must|guard|protect|enforce|throw|auth$|session|cookies$|headers$|(get|load|fetch|find|read)?(server|current|my)?(session|auth|viewer|token|user)$|getCurrent)/i;
const REQUEST_MODULES: ReadonlySet<string> = new Set(
  'axios got ky node-fetch cross-fetch undici ofetch isomorphic-fetch'.split(' '),
);
const READING_METHODS: ReadonlySet<string> = new Set(['get', 'head']);
const CALLED_DIRECTLY: ReadonlySet<string> = new Set(['default', '*', 'fetch', 'ofetch', '$fetch', 'got', 'request']);

/**
 * The effects of all that a step starts; undefined if one of them may do anything but read: write,
 * run in a transaction, end the request, or what can't be seen.
 */
export function effectsOf(
  step: AwaitStepFact,
  file: string,
  facts: TypeScriptFacts,
  project: Project,
): readonly AwaitedEffect[] | undefined {
  const effects: AwaitedEffect[] = [];
  for (const start of step.starts) {
    const effect = effectOf(start, file, facts, project);
    // A request whose answer nobody takes is sent for what it sets going.
    if (!effect || (effect.kind === 'request' && !step.binding)) return undefined;
    effects.push(effect);
  }
  return effects;
}

function effectOf(
  start: StartedCallFact,
  file: string,
  facts: TypeScriptFacts,
  project: Project,
): AwaitedEffect | undefined {
  const queryAt = (call: number): Query | undefined => {
    const query = project.queriesOf(file).find((one) => one.call === facts.calls[call]);
    return query?.effect === 'read' && query.client !== 'transaction' ? query : undefined;
  };
  if (start.call !== undefined) {
    const query = queryAt(start.call);
    return query && queryEffect(query);
  }
  if (!start.value) return undefined;
  if (start.reaches) {
    const name = calleeName(start.value, facts);
    const queries = start.reaches.flatMap((call) => queryAt(call) ?? []);
    const known = queries.length === start.reaches.length && !queries.some(mayBeTransaction);
    return name !== undefined && !GUARD_NAME.test(name) && known ? { kind: 'function', name, queries } : undefined;
  }
  const request = requestName(start.value);
  if (request !== undefined) return { kind: 'request', name: request };
  return start.readsBody && isMemberCall(start.value) ? { kind: 'body' } : undefined;
}

function queryEffect(query: Query): AwaitedEffect {
  const throws = query.operation.endsWith('OrThrow');
  return { kind: 'query', query, throws, maybeTransaction: mayBeTransaction(query) };
}

function mayBeTransaction({ client, call }: Query): boolean {
  return client === 'maybe-transaction' || (client === 'unknown' && rootOf(call.target).kind === 'parameter');
}

function rootOf(value: Value): Value {
  return value.kind === 'member' ? rootOf(value.object) : value;
}

function calleeName(value: Value, facts: TypeScriptFacts): string | undefined {
  if (value.kind !== 'call') return undefined;
  const { callee } = value;
  if (callee.kind === 'function') return facts.functions[callee.function]?.name;
  return callee.kind === 'member' ? callee.name : undefined;
}

function isMemberCall(value: Value): boolean {
  return value.kind === 'call' && value.callee.kind === 'member';
}

/** The name of a request that only reads; undefined for any other call, and where its method can't be seen. */
function requestName(value: Value): string | undefined {
  if (value.kind !== 'call') return undefined;
  const { callee } = value;
  if (callee.kind === 'member' && callee.object.kind === 'call') {
    const made = callee.object.callee;
    const isInstance =
      made.kind === 'member' && ['create', 'extend'].includes(made.name) && isRequestModule(made.object);
    if (!isInstance) return requestName(callee.object);
    return READING_METHODS.has(callee.name) ? callee.name : undefined;
  }
  if (callee.kind === 'global') return callee.name === 'fetch' && asksOnly(value.arguments[1]) ? 'fetch' : undefined;
  if (callee.kind === 'member') {
    return isRequestModule(callee.object) && READING_METHODS.has(callee.name) ? callee.name : undefined;
  }
  if (!isRequestModule(callee) || callee.kind !== 'import' || !CALLED_DIRECTLY.has(callee.name)) return undefined;
  return value.arguments[0]?.kind !== 'object' && asksOnly(value.arguments[1]) ? callee.module : undefined;
}

function isRequestModule(value: Value): boolean {
  return value.kind === 'import' && REQUEST_MODULES.has(value.module);
}

/** True for the options of a request that surely has no method, or one that only reads. */
function asksOnly(options: Value | undefined): boolean {
  if (!options || options.kind === 'undefined') return true;
  if (options.kind !== 'object' || options.open) return false;
  if (options.properties.some(({ key }) => key === 'body')) return false;
  const method = options.properties.find(({ key }) => key === 'method')?.value;
  if (!method) return true;
  return method.kind === 'literal' && typeof method.value === 'string' && /^(get|head)$/i.test(method.value);
}
