import type { Value } from '../../syntax/typescript/facts';
import type { Range } from '../../text/range';
import type { Definition } from '../modules/definitions';
import type { Endpoint } from './endpoint';
import { handlingOf } from './handlers';
import { partsOfCall, routesOf, type Source, sourcesOf, type Workspace } from './workspace';

/** The router that holds something, and under which name. */
interface Holder {
  readonly router: string;
  readonly key: string;
}

const MAX_DEPTH = 12;

/** Returns the tRPC procedures that a router holds, named by the keys that lead to them from the outermost router. */
export function readProcedureEndpoints(workspace: Workspace): Endpoint[] {
  const sources = sourcesOf(workspace);
  const holders = readHolders(sources, workspace);
  return sources.flatMap((source) =>
    routesOf(source.facts, 'procedure').flatMap((procedure): Endpoint[] => {
      const names = namesTo(idOf(source.file, procedure.chain), holders);
      if (names.length === 0) return [];
      return [
        {
          framework: 'trpc',
          method: procedure.method,
          path: names.join('.'),
          file: source.file,
          range: procedure.range,
          ...handlingOf({ ...source, value: procedure.handler }, workspace),
        },
      ];
    }),
  );
}

/** For each router and procedure, by id, the router it is an entry of. */
function readHolders(sources: readonly Source[], workspace: Workspace): ReadonlyMap<string, Holder> {
  const holders = new Map<string, Holder>();
  const hold = (entry: Definition, holder: Holder, depth = 0): void => {
    const target = workspace.definitions.resolve(entry);
    const { file, value } = target;
    if (value.kind !== 'object') {
      const id = idOf(file, value.range);
      if (!holders.has(id)) holders.set(id, holder);
      return;
    }
    if (depth > MAX_DEPTH) return;
    for (const { key, value: held } of value.properties) {
      const inner = { ...holder, key: holder.key === '' ? key : `${holder.key}.${key}` };
      hold({ ...target, value: held }, inner, depth + 1);
    }
  };
  for (const source of sources) {
    for (const router of routesOf(source.facts, 'procedure-router')) {
      if (!isTrpc({ ...source, value: router.callee }, workspace)) continue;
      const id = idOf(source.file, router.range);
      for (const { key, value } of router.entries) hold({ ...source, value }, { router: id, key });
    }
  }
  return holders;
}

function namesTo(id: string, holders: ReadonlyMap<string, Holder>): string[] {
  const names: string[] = [];
  const seen = new Set<string>();
  for (let holder = holders.get(id); holder && !seen.has(holder.router); holder = holders.get(holder.router)) {
    seen.add(holder.router);
    if (holder.key !== '') names.unshift(holder.key);
  }
  return names;
}

function idOf(file: string, { start, end }: Range): string {
  return `${file}:${start}-${end}`;
}

/** True for what comes out of `initTRPC`, through any number of members and calls; also of another tRPC package's maker. */
function isTrpc(definition: Definition, workspace: Workspace, depth = 0): boolean {
  if (depth > MAX_DEPTH) return false;
  const target = workspace.definitions.resolve(definition);
  const at = (value: Value): boolean => isTrpc({ ...target, value }, workspace, depth + 1);
  const { value } = target;
  switch (value.kind) {
    case 'import':
      return value.module.startsWith('@trpc/server');
    case 'member':
      return at(value.object);
    case 'call':
    case 'new':
      return at(partsOfCall(value, target.facts).callee);
    case 'function':
      return (target.facts.functions[value.function]?.returns ?? []).some(at);
    case 'parameter':
      return value.type !== undefined && at(value.type);
    default:
      return false;
  }
}
