import ts from 'typescript';
import type { FunctionNode } from './nodes';
import type { Tables } from './tables';
import type { Values } from './values';

/** The function of this file that a call runs: a named one, or a method of the same object. */
export function calledFunction(call: ts.CallExpression, tables: Tables, values: Values): FunctionNode | undefined {
  const callee = values.of(call.expression);
  if (callee.kind === 'function') return functionAt(callee.function, tables);
  if (callee.kind !== 'member' || callee.object.kind !== 'this') return undefined;
  const { name } = callee;
  const owner = tables.classes[callee.object.class];
  const method = owner?.members.find((entry) => ts.isMethodDeclaration(entry) && entry.body && namedAs(entry, name));
  return method && ts.isMethodDeclaration(method) ? method : undefined;
}

function functionAt(index: number, tables: Tables): FunctionNode | undefined {
  const node = tables.functions[index];
  return node && !ts.isSourceFile(node) ? node : undefined;
}

function namedAs(node: ts.ClassElement, name: string): boolean {
  return node.name !== undefined && ts.isIdentifier(node.name) && node.name.text === name;
}
