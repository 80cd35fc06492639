import type { CallFact, TypeScriptFacts, Value } from '../../syntax/typescript/facts';
import { ARGUMENT_KEYS, PRISMA_ONLY, RAW, READS } from '../../syntax/typescript/prismaOperations';
import type { Definition, Definitions } from '../modules/definitions';
import type { Model, Schema } from '../schemas/schema';
import type { Client, Clients } from './clients';
import type { ClientKind, Query } from './query';

/** What finding the queries of a file needs to know of the rest. */
interface QueryContext {
  readonly clients: Clients;
  readonly definitions: Definitions;
  readonly schemaFor: (file: string) => Schema | undefined;
}

/** How many names and properties may hold a model of the client in turn. */
const MAX_DEPTH = 4;
/** `db.query.users.findMany` is Drizzle's. */
const OTHER_QUERY_BUILDERS: ReadonlySet<string> = new Set(['query', '_query']);

/** Returns the Prisma calls of a file, in the order of its `calls`. */
export function readQueries(file: string, facts: TypeScriptFacts, context: QueryContext): Query[] {
  return facts.calls.flatMap((call) => readQuery(file, facts, call, context) ?? []);
}

function readQuery(
  file: string,
  facts: TypeScriptFacts,
  call: CallFact,
  { clients, definitions, schemaFor }: QueryContext,
): Query | undefined {
  if (call.target.kind !== 'member') return undefined;
  const raw = RAW.get(call.name);
  const owner: Definition = { file, facts, value: call.target.object };
  if (raw) {
    const client = clients.classify(owner);
    const schema = client.schema ?? schemaFor(file);
    if (!schema || !isClient(client)) return undefined;
    return {
      file,
      facts,
      call,
      client: client.kind,
      schema,
      operation: call.name,
      effect: call.writesRaw ? 'write' : raw,
    };
  }
  const delegate = delegateOf(owner, definitions);
  if (!delegate) return undefined;
  const client = clients.classify(delegate.client);
  if (!isClient(client)) return undefined;
  const schema = client.schema ?? schemaFor(file);
  const model = schema && modelByAccessor(schema, delegate.accessor);
  if (!schema || !model) return undefined;
  const args = call.arguments[0];
  if (client.kind === 'unknown' && !looksLikePrisma(call.name, args)) return undefined;
  return {
    file,
    facts,
    call,
    client: client.kind,
    schema,
    model,
    operation: call.name,
    effect: READS.has(call.name) ? 'read' : 'write',
    ...(args ? { args } : {}),
  };
}

function isClient(client: Client): client is Client & { kind: ClientKind } {
  return ['client', 'transaction', 'maybe-transaction', 'unknown'].includes(client.kind);
}

/** `prisma.user`, or a name or property that holds it. */
function delegateOf(
  owner: Definition,
  definitions: Definitions,
  depth = 0,
): { client: Definition; accessor: string } | undefined {
  if (depth > MAX_DEPTH) return undefined;
  const value = owner.value.kind === 'member' ? owner.value : undefined;
  if (value?.object.kind === 'this') {
    const held = definitions.resolve(owner);
    if (held.value.kind === 'member' && held.value !== value) return delegateOf(held, definitions, depth + 1);
  }
  if (value) {
    if (value.object.kind === 'member' && OTHER_QUERY_BUILDERS.has(value.object.name)) return undefined;
    return { client: { ...owner, value: value.object }, accessor: value.name };
  }
  const target = definitions.resolve(owner);
  return target.value === owner.value ? undefined : delegateOf(target, definitions, depth + 1);
}

function modelByAccessor({ models }: Schema, accessor: string): Model | undefined {
  const capitalised = models.get(accessor.charAt(0).toUpperCase() + accessor.slice(1));
  return capitalised ?? models.get(accessor);
}

/** Without a client that can be traced, the call itself must say that it is Prisma's. */
function looksLikePrisma(operation: string, args: Value | undefined): boolean {
  const keys = args?.kind === 'object' ? args.properties.map(({ key }) => key) : [];
  if (PRISMA_ONLY.has(operation)) {
    // `caller.user.upsert({ name })` asks a procedure.
    return args?.kind !== 'function' && (keys.length === 0 || keys.some((key) => ARGUMENT_KEYS.has(key)));
  }
  return keys.length > 0 && keys.every((key) => ARGUMENT_KEYS.has(key));
}
