import ts from 'typescript';
import type { FunctionFact, ParameterFact, Value } from './facts';
import { enclosingFunction, type FunctionNode, outerParent, propertyName, rangeOf, unwrap } from './nodes';
import type { Tables } from './tables';
import { lean } from './valueShapes';
import type { Values } from './values';

/** More `return`s than this say nothing about what a function returns. */
const MAX_RETURNS = 4;

/** Reads the facts of the functions, in the tables' order. */
export function readFunctions(tables: Tables, values: Values): FunctionFact[] {
  const returns = returnsByFunction(tables);
  return tables.functions.map((node) => {
    if (ts.isSourceFile(node)) return moduleFunction(node);
    const name = functionName(node);
    const cls = ts.isClassLike(node.parent) ? tables.classIndex.get(node.parent) : undefined;
    const argument = argumentOf(node, tables, values);
    return {
      ...(name === undefined ? {} : { name }),
      range: rangeOf(node),
      parent: tables.functionIndex.get(enclosingFunction(node)) ?? 0,
      ...(cls === undefined ? {} : { class: cls }),
      async: node.modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.AsyncKeyword) ?? false,
      parameters: node.parameters.map((parameter) => readParameter(parameter, values)),
      returns: readReturns(node, returns.get(node) ?? [], values),
      ...(argument ? { argumentOf: argument } : {}),
    };
  });
}

function moduleFunction(file: ts.SourceFile): FunctionFact {
  return { range: { start: 0, end: file.end }, async: true, parameters: [], returns: [] };
}

function functionName(node: FunctionNode): string | undefined {
  if (ts.isConstructorDeclaration(node)) return 'constructor';
  if (node.name) return propertyName(node.name);
  const parent = outerParent(node);
  if (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent)) {
    return propertyName(parent.name as ts.PropertyName);
  }
  return undefined;
}

function readParameter(node: ts.ParameterDeclaration, values: Values): ParameterFact {
  const type = node.type && values.ofType(node.type);
  return {
    ...(ts.isIdentifier(node.name) ? { name: node.name.text } : {}),
    range: rangeOf(node),
    ...(type && type.kind !== 'unknown' ? { type } : {}),
    properties: parameterProperties(node),
  };
}

function parameterProperties({ name, type }: ts.ParameterDeclaration): string[] {
  const bound = ts.isObjectBindingPattern(name)
    ? name.elements.flatMap((element) => (ts.isIdentifier(element.name) ? [element.name.text] : []))
    : [];
  if (bound.length > 0 || !type || !ts.isTypeLiteralNode(type)) return bound;
  return type.members.flatMap((member) => (member.name ? [propertyName(member.name) ?? ''] : [])).filter(Boolean);
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
    .map((expression) => lean(values.of(expression)))
    .filter((value) => !SAYS_NOTHING.has(value.kind));
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
