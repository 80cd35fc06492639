import ts from 'typescript';
import { calledFunction } from './calledFunction';
import type { StartedCallFact } from './facts';
import { importedModule } from './importedModule';
import { memberName, unwrap } from './nodes';
import { RAW, READS } from './prismaOperations';
import { isPure, isPureCallback } from './purity';
import { callsOfReadOnlyFunction } from './readOnlyFunctions';
import type { CallNode, Tables } from './tables';
import type { Values } from './values';

const BODY_READERS: ReadonlySet<string> = new Set(['json', 'text', 'blob', 'arrayBuffer', 'formData']);
const WRITES_SQL =
  /\b(?:insert|update|delete|truncate|create|drop|alter|merge|call|nextval|setval|set_config|pg_\w+|lock)\b/i;

/**
 * The calls whose promises an awaited expression waits for: one, or those of a literal list.
 * Undefined where one of them certainly writes, or is nothing that could be known to read.
 */
export function startedCalls(awaited: ts.Expression, tables: Tables, values: Values): StartedCallFact[] | undefined {
  const list = promiseAllMembers(awaited, tables) ?? transactionMembers(awaited);
  const starts: StartedCallFact[] = [];
  for (const member of (list ?? [awaited]).flatMap((one) => promisesOf(one, tables))) {
    const start = startedCall(member, tables, values);
    if (!start) return undefined;
    starts.push(start);
  }
  return starts;
}

/** Of a conditional expression the branches that may be promises, else the expression itself. */
function promisesOf(node: ts.Expression, tables: Tables): ts.Expression[] {
  const inner = unwrapParentheses(node);
  if (!ts.isConditionalExpression(inner)) return [node];
  return [inner.whenTrue, inner.whenFalse].flatMap((branch) => {
    const value = unwrapParentheses(branch);
    if (ts.isAwaitExpression(value)) return [value.expression];
    return isPure(value, tables.scopes) ? [] : [value];
  });
}

/** The elements of a literal `Promise.all([…])`; undefined for anything else, also where one is spread. */
export function promiseAllMembers(node: ts.Expression, tables: Tables): readonly ts.Expression[] | undefined {
  const call = unwrapParentheses(node);
  if (!ts.isCallExpression(call) || memberName(call.expression) !== 'all') return undefined;
  const owner = ts.isPropertyAccessExpression(call.expression) ? call.expression.expression : undefined;
  if (!owner || !ts.isIdentifier(owner) || owner.text !== 'Promise') return undefined;
  return tables.scopes.lookup('Promise', owner) ? undefined : literalList(call);
}

function transactionMembers(node: ts.Expression): readonly ts.Expression[] | undefined {
  const call = unwrapParentheses(node);
  const isTransaction = ts.isCallExpression(call) && memberName(call.expression) === '$transaction';
  return isTransaction ? literalList(call) : undefined;
}

function literalList(call: ts.CallExpression): readonly ts.Expression[] | undefined {
  const [list] = call.arguments;
  if (!list || !ts.isArrayLiteralExpression(list)) return undefined;
  const odd = list.elements.some((element) => ts.isSpreadElement(element) || ts.isOmittedExpression(element));
  return odd ? undefined : list.elements;
}

function startedCall(node: ts.Expression, tables: Tables, values: Values): StartedCallFact | undefined {
  const call = withoutHandlers(unwrapParentheses(node), tables);
  const tracked = trackedCall(call, tables);
  if (tracked !== undefined) {
    const name = calledName(tables.calls[tracked]);
    if (RAW.has(name)) return selectsOnly(tables.calls[tracked]) ? { call: tracked, selects: true } : undefined;
    return READS.has(name) ? { call: tracked } : undefined;
  }
  if (!ts.isCallExpression(call)) return undefined;
  const name = memberName(call.expression);
  const readsBody = name !== undefined && BODY_READERS.has(name) && call.arguments.length === 0;
  const fn = calledFunction(call, tables, values);
  const reaches = fn && callsOfReadOnlyFunction(fn, tables, values);
  if (!readsBody && !reaches && !mayBeRequest(call, tables)) return undefined;
  const value = values.of(call);
  return { value, ...(readsBody && { readsBody }), ...(reaches && reaches.length > 0 && { reaches }) };
}

function calledName(node: CallNode | undefined): string {
  if (!node) return '';
  return memberName(unwrap(ts.isCallExpression(node) ? node.expression : node.tag)) ?? '';
}

/** `fetch(…)`, or a call of something that comes from a package. */
function mayBeRequest(call: ts.CallExpression, tables: Tables): boolean {
  let root: ts.Expression = call;
  while (ts.isCallExpression(root) || ts.isPropertyAccessExpression(root)) root = root.expression;
  if (!ts.isIdentifier(root)) return false;
  const declaration = tables.scopes.lookup(root.text, root)?.declaration;
  if (!declaration) return root.text === 'fetch';
  const made = ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
  // An instance: `const api = axios.create(…)`.
  if (made) return ts.isCallExpression(made) && mayBeRequest(made, tables);
  const from = importedModule(declaration);
  return from !== undefined && !/^[.~#]|^@\//.test(from);
}

/** The call without `.then(…)`, `.catch(…)` and `.finally(…)` that only compute. */
function withoutHandlers(node: ts.Expression, tables: Tables): ts.Expression {
  let current = node;
  while (ts.isCallExpression(current) && ts.isPropertyAccessExpression(current.expression)) {
    const { name, expression } = current.expression;
    if (!['then', 'catch', 'finally'].includes(name.text)) break;
    if (!current.arguments.every((argument) => isPureHandler(argument, tables))) break;
    current = unwrapParentheses(expression);
  }
  return current;
}

/** Also `(response) => response.json()`, which has no effect but to read on. */
function isPureHandler(node: ts.Expression, tables: Tables): boolean {
  if (isPureCallback(node, tables.scopes)) return true;
  if (!ts.isArrowFunction(node) || !ts.isCallExpression(node.body)) return false;
  const name = memberName(node.body.expression);
  return name !== undefined && BODY_READERS.has(name) && node.body.arguments.length === 0;
}

/** The tracked call itself, or the one whose fluent relation is read: `findUnique(…).posts()`. */
function trackedCall(node: ts.Expression, tables: Tables): number | undefined {
  const own = tables.callIndex.get(node);
  if (own !== undefined) return own;
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return undefined;
  const { name, expression } = node.expression;
  if (['then', 'catch', 'finally'].includes(name.text)) return undefined;
  return ts.isCallExpression(expression) ? tables.callIndex.get(expression) : undefined;
}

function selectsOnly(node: ts.Node | undefined): boolean {
  if (!node) return false;
  const template = ts.isTaggedTemplateExpression(node)
    ? node.template
    : ts.isCallExpression(node)
      ? node.arguments[0]
      : undefined;
  if (!template) return false;
  const sql = ts.isStringLiteralLike(template)
    ? template.text
    : ts.isTemplateExpression(template)
      ? [template.head.text, ...template.templateSpans.map((span) => span.literal.text)].join(' ? ')
      : '';
  return /^\s*select\b/i.test(sql) && !WRITES_SQL.test(sql);
}

function unwrapParentheses(node: ts.Expression): ts.Expression {
  return ts.isAwaitExpression(node) ? node : unwrap(node);
}
