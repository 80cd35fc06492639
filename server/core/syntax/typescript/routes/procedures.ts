import ts from 'typescript';
import type { Value } from '../facts';
import { memberName, propertyName, rangeOf, unwrap } from '../nodes';
import type { ProcedureFact, ProcedureRouterFact } from '../routeFacts';
import type { Tables } from '../tables';
import { lean } from '../valueShapes';
import type { Values } from '../values';
import { mayBeFunction } from './handlers';

const METHODS: ReadonlySet<string> = new Set(['query', 'mutation', 'subscription']);
const ROUTER = /^(?:\w*[rR]outer|mergeRouters)$/;

/** Reads what may be tRPC procedures and the routers that name them. */
export function readProcedures(tables: Tables, values: Values): (ProcedureFact | ProcedureRouterFact)[] {
  return tables.ofKind(ts.SyntaxKind.CallExpression).flatMap((call) => {
    const callee = unwrap(call.expression);
    const name = memberName(callee) ?? (ts.isIdentifier(callee) ? callee.text : '');
    if (ROUTER.test(name)) return readRouter(call, tables, values) ?? [];
    return isMethod(name) && ts.isPropertyAccessExpression(callee)
      ? (readProcedure(call, callee, name, values) ?? [])
      : [];
  });
}

function isMethod(name: string): name is ProcedureFact['method'] {
  return METHODS.has(name);
}

function readProcedure(
  call: ts.CallExpression,
  callee: ts.PropertyAccessExpression,
  method: ProcedureFact['method'],
  values: Values,
): ProcedureFact | undefined {
  const [handler] = call.arguments;
  if (!handler || !mayBeFunction(handler)) return undefined;
  return {
    kind: 'procedure',
    method,
    handler: lean(values.of(handler)),
    chain: rangeOf(call),
    range: rangeOf(callee.name),
  };
}

function readRouter(call: ts.CallExpression, tables: Tables, values: Values): ProcedureRouterFact | undefined {
  const entries = call.arguments.flatMap((argument) => readEntries(argument, '', tables, values));
  if (entries.length === 0) return undefined;
  return { kind: 'procedure-router', callee: lean(values.of(call.expression)), entries, range: rangeOf(call) };
}

type Entries = ProcedureRouterFact['entries'];

/** Objects within the object count as routers; any other value is one procedure, or a router that is made elsewhere. */
function readEntries(node: ts.Expression, key: string, tables: Tables, values: Values): Entries {
  const expression = literalOf(unwrap(node), tables);
  const lazy = lazyRouter(expression, values);
  if (lazy) return [{ key, value: lazy }];
  if (!ts.isObjectLiteralExpression(expression)) {
    return ts.isIdentifier(expression) || ts.isCallExpression(expression) || ts.isPropertyAccessExpression(expression)
      ? [{ key, value: entryOf(values.of(expression)) }]
      : [];
  }
  return expression.properties.flatMap((property): Entries => {
    if (ts.isSpreadAssignment(property)) return readEntries(property.expression, key, tables, values);
    const own = property.name && propertyName(property.name);
    if (own === undefined) return [];
    const inner = key === '' ? own : `${key}.${own}`;
    if (ts.isPropertyAssignment(property)) return readEntries(property.initializer, inner, tables, values);
    return ts.isShorthandPropertyAssignment(property) ? [{ key: inner, value: entryOf(values.of(property.name)) }] : [];
  });
}

/** The object that a constant of the file holds: an application's routers are more than a value keeps of an object. */
function literalOf(node: ts.Expression, { scopes }: Tables): ts.Expression {
  if (!ts.isIdentifier(node)) return node;
  const binding = scopes.lookup(node.text, node);
  const declaration = binding?.declaration;
  if (!declaration || !ts.isVariableDeclaration(declaration) || !declaration.initializer) return node;
  const made = unwrap(declaration.initializer);
  const isConstant = binding.writes.length === 0 && binding.memberWrites.length === 0;
  return isConstant && ts.isObjectLiteralExpression(made) ? made : node;
}

/** Of an object that is written elsewhere, its own entries count. */
function entryOf(value: Value): Value {
  if (value.kind !== 'object') return lean(value);
  return { ...value, properties: value.properties.map((entry) => ({ ...entry, value: lean(entry.value) })) };
}

/** `lazy(() => import('./orders').then((m) => m.ordersRouter))` → that export; without `then`, the default one. */
function lazyRouter(node: ts.Expression, values: Values): Value | undefined {
  if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression) || node.expression.text !== 'lazy')
    return undefined;
  const [load] = node.arguments;
  const body = load && ts.isArrowFunction(load) && !ts.isBlock(load.body) ? unwrap(load.body) : undefined;
  if (!body || !ts.isCallExpression(body)) return undefined;
  const range = rangeOf(node);
  if (!ts.isPropertyAccessExpression(body.expression)) {
    return { kind: 'member', object: values.of(body), name: 'default', range };
  }
  const [chosen] = body.arguments;
  const name =
    chosen && ts.isArrowFunction(chosen) && !ts.isBlock(chosen.body) ? memberName(unwrap(chosen.body)) : undefined;
  return name === undefined
    ? undefined
    : { kind: 'member', object: values.of(body.expression.expression), name, range };
}
