import ts from 'typescript';
import { readCacheGuards } from './cacheGuards';
import type { FunctionFact, Value } from './facts';
import { runsInPlace } from './loopUses';
import { enclosingFunction, type FunctionNode, isFunctionNode, outerParent, propertyName, unwrap } from './nodes';
import type { Tables } from './tables';
import { lean, offered } from './valueShapes';
import type { Values } from './values';

/** More `return`s than this say nothing about what a function returns. */
const MAX_RETURNS = 4;

/** Reads the facts of the functions, in the tables' order. */
export function readFunctions(tables: Tables, values: Values): FunctionFact[] {
  const returns = returnsByFunction(tables);
  const guarded = readCacheGuards(tables);
  return tables.functions.map((node) => {
    if (ts.isSourceFile(node)) return { returns: [] };
    const name = functionName(node);
    const argument = argumentOf(node, tables, values);
    const asks = readQuestion(node, name, returns.get(node) ?? [], values);
    return {
      ...(name === undefined ? {} : { name }),
      parent: tables.functionIndex.get(enclosingFunction(node)) ?? 0,
      returns: readReturns(node, returns.get(node) ?? [], values),
      ...(asks ? { asks } : {}),
      ...(tables.loopIndex.has(node) || (runsInPlace(node) && isWaitedFor(node)) ? { runsInPlace: true } : {}),
      ...(guarded.has(node) ? { asksCacheFirst: true } : {}),
      ...(argument ? { argumentOf: argument } : {}),
    };
  });
}

function functionName(node: FunctionNode): string | undefined {
  if (ts.isConstructorDeclaration(node)) return 'constructor';
  if (node.name) return propertyName(node.name);
  const parent = outerParent(node);
  if (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent)) {
    return propertyName(parent.name);
  }
  return undefined;
}

/** True if the function around an inline callback waits for, or returns, what the call of it gives. */
function isWaitedFor(node: FunctionNode): boolean {
  let child: ts.Node = node;
  for (let current = node.parent; ts.isExpression(current); child = current, current = current.parent) {
    if (ts.isAwaitExpression(current) || ts.isYieldExpression(current)) return true;
    if (isFunctionNode(current)) return child === current.body;
  }
  return ts.isReturnStatement(child.parent);
}

function returnsByFunction(tables: Tables): Map<ts.Node, ts.Expression[]> {
  const found = new Map<ts.Node, ts.Expression[]>();
  for (const node of tables.ofKind(ts.SyntaxKind.ReturnStatement)) {
    if (!node.expression) continue;
    const owner = enclosingFunction(node);
    found.set(owner, [...(found.get(owner) ?? []), node.expression]);
  }
  return found;
}

function readReturns(node: FunctionNode, returned: readonly ts.Expression[], values: Values): Value[] {
  const expressions = node.body && !ts.isBlock(node.body) ? [node.body] : returned;
  if (expressions.length > MAX_RETURNS) return [];
  // What `rows.map((row) => …)` gives each time is data; a callback that makes something is a factory.
  const isInline = ts.isCallExpression(node.parent);
  return expressions
    .filter((expression) => !isInline || MAKING.has(unwrap(expression).kind))
    .map((expression) => offered(values.of(expression)))
    .filter((value) => !SAYS_NOTHING.has(value.kind));
}

const BUILDS_QUESTION = /where|filter|condition|criteria|scope|query|args/i;
const QUESTION_TYPE = /\bPrisma\.\w+(?:WhereInput|Args|OrderByInput)/;

/** The object literals that a function makes, by its name or type, to be asked with: few do, so that all of them can be kept. */
function readQuestion(
  node: FunctionNode,
  name: string | undefined,
  returned: readonly ts.Expression[],
  values: Values,
): Value[] | undefined {
  const expressions = node.body && !ts.isBlock(node.body) ? [node.body] : returned;
  if (expressions.length === 0 || expressions.length > MAX_RETURNS) return undefined;
  const isNamedSo = name !== undefined && BUILDS_QUESTION.test(name);
  if (!isNamedSo && !(node.type && QUESTION_TYPE.test(node.type.getText()))) return undefined;
  const made = expressions.map((expression) => values.of(expression));
  return made.every(({ kind }) => kind === 'object') ? made : undefined;
}

/** What is returned is asked for what it is: a client, a function, a class. Data is not. */
const SAYS_NOTHING: ReadonlySet<Value['kind']> = new Set(['unknown', 'literal', 'undefined', 'array']);

const MAKING: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.NewExpression,
  ts.SyntaxKind.CallExpression,
  ts.SyntaxKind.Identifier,
]);

function argumentOf(node: FunctionNode, tables: Tables, values: Values): FunctionFact['argumentOf'] {
  if (!ts.isArrowFunction(node) && !ts.isFunctionExpression(node)) return undefined;
  const parent = outerParent(node);
  if (!ts.isCallExpression(parent) || tables.loopIndex.has(node)) return undefined;
  const index = parent.arguments.findIndex((argument) => unwrap(argument) === node);
  return index < 0 ? undefined : { callee: lean(values.of(parent.expression)), index };
}
