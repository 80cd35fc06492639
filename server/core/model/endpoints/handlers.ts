import type { Value } from '../../syntax/typescript/facts';
import type { FunctionPlace } from '../calls/callees';
import type { Definition } from '../modules/definitions';
import type { Endpoint } from './endpoint';
import { partsOfCall, type Workspace } from './workspace';

/** The functions that run when an endpoint is asked. */
export type Handling = Pick<Endpoint, 'handler' | 'before'>;

const NOTHING: Handling = { before: [] };
/** Where an object that is given to a wrapper holds the function that answers. */
const HANDLER_PROPERTIES = ['handler', 'action', 'resolver', 'execute', 'run', 'fn'];
const MAX_DEPTH = 6;

/**
 * Returns what runs for a value that a framework takes for a handler. There, a call that is given functions is a
 * wrapper: `withAuth(fn)`, `validate(schema, fn)`, `client.schema(…).action(fn)`, `api({ handler: fn })`.
 */
export function handlingOf(definition: Definition, workspace: Workspace, depth = 0): Handling {
  const target = workspace.definitions.resolve(definition);
  const { value } = target;
  if (depth > MAX_DEPTH) return NOTHING;
  const at = (inner: Value): Handling => handlingOf({ ...target, value: inner }, workspace, depth + 1);
  switch (value.kind) {
    case 'function':
      return { handler: { file: target.file, function: value.function }, before: [] };
    case 'call':
      return ofCall(target, value, workspace, depth);
    // `const { action, loader } = createRoute(options, async () => …)`
    case 'member':
      return value.object.kind === 'call' ? at(value.object) : NOTHING;
    case 'either':
      return lastWithHandler(value.options.map(at));
    default:
      return NOTHING;
  }
}

function ofCall(
  definition: Definition,
  value: Value & { kind: 'call' },
  workspace: Workspace,
  depth: number,
): Handling {
  const at = (inner: Value): Handling => handlingOf({ ...definition, value: inner }, workspace, depth + 1);
  const { callee, arguments: given } = partsOfCall(value, definition.facts);
  if (callee.kind === 'member' && callee.name === 'bind') return at(callee.object);
  const inner = lastWithHandler(given.map((argument) => at(wrapped(argument))));
  const made = returnedBy({ ...definition, value: callee }, workspace, depth);
  if (!inner.handler) return made.handler ? made : NOTHING;
  const options = given.flatMap((argument) => functionsIn(argument, definition.file));
  const before = [...(made.handler ? [made.handler] : []), ...options, ...inner.before];
  return { handler: inner.handler, before: before.filter((place) => !isSamePlace(place, inner.handler)) };
}

/** What a wrapper runs besides the handler: `createRoute({ findResource: async () => … }, handler)`. */
function functionsIn(argument: Value, file: string): FunctionPlace[] {
  if (argument.kind !== 'object') return [];
  return argument.properties.flatMap(({ value }) =>
    value.kind === 'function' ? [{ file, function: value.function }] : [],
  );
}

/** True if both are the same function. */
export function isSamePlace(a: FunctionPlace | undefined, b: FunctionPlace | undefined): boolean {
  return a !== undefined && a.file === b?.file && a.function === b.function;
}

function wrapped(argument: Value): Value {
  if (argument.kind !== 'object') return argument;
  const property = HANDLER_PROPERTIES.map((name) => argument.properties.find(({ key }) => key === name)).find(Boolean);
  return property?.value ?? argument;
}

/** The function that a function of the workspace gives back. */
function returnedBy(callee: Definition, workspace: Workspace, depth: number): Handling {
  const { file, facts, value } = workspace.definitions.resolve(callee);
  if (value.kind !== 'function') return NOTHING;
  const returns = facts.functions[value.function]?.returns ?? [];
  return lastWithHandler(returns.map((returned) => handlingOf({ file, facts, value: returned }, workspace, depth + 1)));
}

function lastWithHandler(options: readonly Handling[]): Handling {
  return options.findLast(({ handler }) => handler !== undefined) ?? NOTHING;
}

/** Returns what runs for a list of handlers: the last one answers, the others come before. */
export function handlingOfAll(handlers: readonly Definition[], workspace: Workspace): Handling {
  const all = handlers.map((handler) => handlingOf(handler, workspace));
  const functions = all.flatMap(({ handler, before }): FunctionPlace[] => [...before, ...(handler ? [handler] : [])]);
  const last = all.at(-1)?.handler;
  return last ? { handler: last, before: functions.filter((place) => place !== last) } : { before: functions };
}
