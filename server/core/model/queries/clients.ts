import type { Value } from '../../syntax/typescript/facts';
import { type Definition, type Definitions, queriedBy } from '../modules/definitions';
import type { ModuleResolver } from '../modules/moduleResolution';
import { folderOf, isWithin, resolvePath } from '../modules/paths';
import type { Schema } from '../schemas/schema';
import type { ClientKind } from './query';

/** What a value is, as far as Prisma goes. `foreign`: something that is certainly no client. */
export interface Client {
  readonly kind: ClientKind | 'class' | 'namespace' | 'transaction-type' | 'foreign';
  /** The schema whose client it is, where the import of the client tells. */
  readonly schema?: Schema;
}

/** Tells Prisma clients from everything else. */
export interface Clients {
  classify(definition: Definition): Client;
}

const UNKNOWN: Client = { kind: 'unknown' };
const FOREIGN: Client = { kind: 'foreign' };
const MAX_DEPTH = 16;

const PRISMA_PACKAGE = /^(@prisma\/client|\.prisma\/client)(\/|$)/;
/** A generated client whose place the schema does not give (its output depends on the environment). */
const GENERATED = /(^|\/)generated\/(prisma|client)|(^|\/)prisma\/(generated|client)(\/|$)|prisma-client(\/|$)/;
/** Methods of a client, and of the extensions of it people use, that give a client back. */
const CLIENT_METHODS = /^\$(extends|replica|primary)$/;
/** Prisma's own, and what people call theirs that nests. */
const TRANSACTION_METHOD = /^\$(transaction|tx|trx)$/;
const CLIENT_NAME = /^_?(prisma|prismaClient|prismaService|prismaDb)$/i;
const TRANSACTION_NAME = /^(tx|trx|txn|transaction|transactionClient|prismaTx|txClient|prismaTransaction)$/i;

/** Makes the {@link Clients} of a project; `schemaFor` gives the schema of a file that imports `@prisma/client`. */
export function createClients(
  definitions: Definitions,
  modules: ModuleResolver,
  schemas: readonly Schema[],
  schemaFor: (file: string) => Schema | undefined,
): Clients {
  const known = new WeakMap<Value, Client>();

  const classify = (definition: Definition, depth = 0): Client => {
    const kept = known.get(definition.value);
    if (kept) return kept;
    if (depth > MAX_DEPTH) return UNKNOWN;
    const client = read(definition, depth + 1);
    known.set(definition.value, client);
    return client;
  };

  const read = (definition: Definition, depth: number): Client => {
    const { file, facts, value } = definition;
    const at = (inner: Value): Client => classify({ file, facts, value: inner }, depth);
    switch (value.kind) {
      case 'import':
        return ofImport(definition, value, depth);
      case 'new':
        return instanceOf(at(value.callee), 'new');
      case 'instance':
        return instanceOf(at(value.type), 'type');
      case 'class':
        return ofClass(definition, value.class, depth);
      case 'this':
        return instanceOf(ofClass(definition, value.class, depth), 'new');
      case 'parameter':
        return ofParameter(definition, value, depth);
      case 'member':
        return ofMember(definition, value, depth);
      case 'call':
        return ofCall(definition, value, depth);
      case 'either':
        return combine(value.options.filter((option) => option.kind !== 'undefined').map(at));
      case 'global':
        return byName(value.name);
      default:
        return value.kind === 'unknown' || value.kind === 'element' || isOpen(value) ? UNKNOWN : FOREIGN;
    }
  };

  const ofImport = (definition: Definition, value: Value & { kind: 'import' }, depth: number): Client => {
    const schema = clientModule(definition.file, value.module);
    if (schema) {
      const found = schema === 'default' ? schemaFor(definition.file) : schema;
      return { ...ofClientExport(value.name), ...(found ? { schema: found } : {}) };
    }
    const target = definitions.resolve(definition);
    if (target.value !== value) return classify(target, depth);
    return byName(value.name);
  };

  /** The schema whose generated client a module is; `default` for `@prisma/client` itself. */
  const clientModule = (file: string, module: string): Schema | 'default' | undefined => {
    if (PRISMA_PACKAGE.test(module)) return 'default';
    const places = modules.candidates(file, module);
    const generated = schemas.find((schema) =>
      schema.outputs.some((output) => places.some((place) => place === output || isWithin(output, place))),
    );
    if (generated) return generated;
    const unresolved = modules.resolve(file, module) === undefined;
    const path = module.startsWith('.') ? resolvePath(folderOf(file), module) : module;
    return unresolved && GENERATED.test(path) ? 'default' : undefined;
  };

  const ofClass = ({ file, facts }: Definition, index: number, depth: number): Client => {
    const base = facts.classes[index]?.extends;
    if (!base) return FOREIGN;
    const client = classify({ file, facts, value: base }, depth);
    return client.kind === 'class' || client.kind === 'unknown' ? client : FOREIGN;
  };

  const ofParameter = (definition: Definition, value: Value & { kind: 'parameter' }, depth: number): Client => {
    const { file, facts } = definition;
    if (value.type) {
      const typed = instanceOf(classify({ file, facts, value: value.type }, depth), 'type');
      if (typed.kind !== 'unknown') return typed;
    }
    const argumentOf = facts.functions[value.function]?.argumentOf;
    if (argumentOf?.callee.kind === 'member' && value.index === 0) {
      const owner = classify({ file, facts, value: argumentOf.callee.object }, depth);
      const schema = owner.schema ? { schema: owner.schema } : {};
      if (TRANSACTION_METHOD.test(argumentOf.callee.name) && owner.kind !== 'foreign')
        return { kind: 'transaction', ...schema };
    }
    return byName(value.name);
  };

  const ofMember = (definition: Definition, value: Value & { kind: 'member' }, depth: number): Client => {
    const { file, facts } = definition;
    const owner = classify({ file, facts, value: value.object }, depth);
    if (owner.kind === 'namespace') {
      if (value.name === 'TransactionClient') return { ...owner, kind: 'transaction-type' };
      return value.name === 'Prisma' ? owner : { ...owner, ...ofClientExport(value.name) };
    }
    const target = definitions.resolve(definition);
    if (target.value !== value) return classify(target, depth);
    const named = byName(value.name);
    return named.kind === 'unknown' && owner.kind === 'foreign' && value.object.kind === 'this' ? UNKNOWN : named;
  };

  const ofCall = (definition: Definition, value: Value & { kind: 'call' }, depth: number): Client => {
    const { file, facts } = definition;
    const at = (inner: Value): Client => classify({ file, facts, value: inner }, depth);
    const { callee } = value;
    if (callee.kind === 'global' && callee.name === 'typeof') {
      const queried = value.arguments[0] ? at(value.arguments[0]) : UNKNOWN;
      return queried.kind === 'client' ? { ...queried, kind: 'class' } : queried;
    }
    const factory =
      callee.kind === 'global' && callee.name === 'ReturnType' ? queriedBy(value.arguments[0]) : undefined;
    if (factory) return at({ kind: 'call', callee: factory, arguments: [], range: value.range });
    if (callee.kind === 'global' && value.arguments.length > 0)
      return derivedType(callee.name, value.arguments.map(at));
    if (callee.kind === 'member') {
      const owner = at(callee.object);
      if (CLIENT_METHODS.test(callee.name) && owner.kind !== 'foreign') return { ...owner, kind: clientKind(owner) };
      // An extension library's wrapper (`withAccelerate`), or a method of the client class itself.
      if (owner.kind === 'class' && callee.name.startsWith('$')) return { ...owner, kind: 'client' };
    }
    const calledClass = at(callee);
    if (calledClass.kind === 'class') return calledClass;
    const target = definitions.resolve({ file, facts, value: callee });
    if (target.value.kind === 'function') {
      const returns = target.facts.functions[target.value.function]?.returns ?? [];
      const made = combine(returns.map((inner) => classify({ ...target, value: inner }, depth)));
      // `txClient()`: that of the transaction which is open, if one is.
      if (made.kind === 'client' && callee.kind === 'member' && TRANSACTION_NAME.test(callee.name))
        return { ...made, kind: 'maybe-transaction' };
      if (made.kind !== 'unknown' && made.kind !== 'foreign') return made;
    }
    return fromArguments(value.arguments, definition, depth);
  };

  /** `remember('db', () => new PrismaClient())`, `enhance(prisma)`: a wrapper gives its client back. */
  const fromArguments = (values: readonly Value[], { file, facts }: Definition, depth: number): Client => {
    for (const value of values) {
      const returns = value.kind === 'function' ? (facts.functions[value.function]?.returns ?? []) : [value];
      const client = combine(returns.map((inner) => classify({ file, facts, value: inner }, depth)));
      if (client.kind === 'client') return client;
    }
    return UNKNOWN;
  };

  return { classify };
}

/** There is more in it than can be seen, a client's methods perhaps. */
function isOpen(value: Value): boolean {
  return value.kind === 'object' && value.open;
}

function ofClientExport(name: string): Client {
  if (name === 'Prisma' || name === '*' || name === 'default') return { kind: 'namespace' };
  return name === 'PrismaClient' ? { kind: 'class' } : FOREIGN;
}

/** What an instance of a type or class is. */
function instanceOf(type: Client, made: 'new' | 'type'): Client {
  switch (type.kind) {
    case 'class':
      return { ...type, kind: 'client' };
    case 'transaction-type':
      return { ...type, kind: 'transaction' };
    case 'namespace':
      return FOREIGN;
    // A type that is a union of both has been combined already.
    case 'client':
    case 'transaction':
    case 'maybe-transaction':
      return type;
    default:
      return type.kind === 'foreign' && made === 'type' ? FOREIGN : type;
  }
}

/** `Omit<PrismaClient, …>` is how people write the type of a transaction's client; `Awaited<…>` and its kin change nothing. */
function derivedType(name: string, argumentsOf: readonly Client[]): Client {
  const client = argumentsOf.find((argument) => argument.kind !== 'foreign' && argument.kind !== 'unknown');
  if (!client) return UNKNOWN;
  return name === 'Omit' || name === 'Pick' ? { ...client, kind: 'maybe-transaction' } : client;
}

function clientKind(owner: Client): ClientKind {
  return owner.kind === 'transaction' || owner.kind === 'maybe-transaction' ? owner.kind : 'client';
}

function combine(options: readonly Client[]): Client {
  const clients = options.map(asInstance).filter((option) => option.kind !== 'foreign' && option.kind !== 'unknown');
  const first = clients[0];
  if (!first) return options.length > 0 && options.every((option) => option.kind === 'foreign') ? FOREIGN : UNKNOWN;
  return clients.every((option) => option.kind === first.kind) ? first : { ...first, kind: 'maybe-transaction' };
}

/** In a union of types, a class and a transaction's type are compared as what their instances are. */
function asInstance(client: Client): Client {
  return client.kind === 'transaction-type' ? { ...client, kind: 'transaction' } : client;
}

function byName(name: string): Client {
  if (CLIENT_NAME.test(name)) return { kind: 'client' };
  return TRANSACTION_NAME.test(name) ? { kind: 'transaction' } : UNKNOWN;
}
