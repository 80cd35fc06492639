import ts from 'typescript';
import type { RecursionFact } from './facts';
import { readLoopUses } from './loopUses';
import { enclosingFunction, type FunctionNode, outerParent, propertyName, rangeOf } from './nodes';
import type { Tables } from './tables';

/** Finds the calls by which a function calls itself from a loop: once for each child. */
export function readRecursions(tables: Tables): RecursionFact[] {
  const names = new Set(tables.functions.map((node) => (ts.isSourceFile(node) ? undefined : nameOf(node))));
  return tables.ofKind(ts.SyntaxKind.CallExpression).flatMap((call) => {
    const name = calledName(call);
    if (name === undefined || !names.has(name)) return [];
    const self = functionsAround(call).find((node) => isSelf(call, name, node, tables));
    const fn = self && tables.functionIndex.get(self);
    const loops = fn === undefined ? [] : readLoopUses(call, tables);
    return fn === undefined || loops.length === 0
      ? []
      : [{ name, callee: rangeOf(call.expression), function: fn, loops }];
  });
}

/** `walk(…)` → `walk`, `this.walk(…)` → `walk`. */
function calledName({ expression }: ts.CallExpression): string | undefined {
  if (ts.isIdentifier(expression)) return expression.text;
  const isOwn = ts.isPropertyAccessExpression(expression) && expression.expression.kind === ts.SyntaxKind.ThisKeyword;
  return isOwn ? expression.name.text : undefined;
}

function functionsAround(node: ts.Node): FunctionNode[] {
  const owner = enclosingFunction(node);
  return ts.isSourceFile(owner) ? [] : [owner, ...functionsAround(owner)];
}

/** True if the call is of this very function: by the name that declares it, or as a method of its class. */
function isSelf(call: ts.CallExpression, name: string, node: FunctionNode, { scopes }: Tables): boolean {
  if (nameOf(node) !== name) return false;
  const isMethod = ts.isMethodDeclaration(node) || ts.isPropertyDeclaration(node.parent);
  if (!ts.isIdentifier(call.expression)) return isMethod;
  const declaration = scopes.lookup(name, call)?.declaration;
  return declaration === node || (declaration !== undefined && declaration === outerParent(node));
}

function nameOf(node: FunctionNode): string | undefined {
  if (node.name) return propertyName(node.name);
  const parent = outerParent(node);
  const isNamed = ts.isVariableDeclaration(parent) || ts.isPropertyDeclaration(parent);
  return isNamed ? propertyName(parent.name) : undefined;
}
