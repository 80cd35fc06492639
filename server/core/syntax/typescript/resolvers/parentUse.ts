import ts from 'typescript';
import { type FunctionNode, walk } from '../nodes';
import type { ResolverFact } from '../resolverFacts';
import type { Binding } from '../scopes';
import type { Tables } from '../tables';
import { bindingsOf, isUseOf } from './bindings';
import { givesPreloaded } from './preloaded';
import { someNode } from './someNode';
import { isForOne } from './viewerOnly';

type Parent = number | 'this';

/** Reads what a resolver does with the object whose field it answers. */
export function readParentUse(
  fn: FunctionNode,
  parent: Parent,
  tables: Tables,
): Pick<ResolverFact, 'byParent' | 'preloaded' | 'forOne'> {
  const parameter = parent === 'this' ? undefined : fn.parameters[parent];
  if (!fn.body || (!parameter && parent !== 'this')) return { byParent: [] };
  const known = new Set(parameter ? bindingsOf(parameter.name, tables) : []);
  const isKnown = isUseOf(known, tables);
  const isOfParent = (node: ts.Node) => (parent === 'this' && isPartOfThis(node)) || isKnown(node);
  // What the parent is destructured into holds its parts; a plain name holds all of it.
  const isWhole = parameter !== undefined && ts.isIdentifier(parameter.name);
  const preloaded = givesPreloaded(fn.body, (node) => {
    if (parent === 'this') return isPartOfThis(node);
    const holder = isWhole && ts.isPropertyAccessExpression(node) ? node.expression : node;
    return (!isWhole || holder !== node) && isOfParent(holder);
  });
  follow(fn.body, known, isOfParent, tables);
  const byParent = callsIn(fn.body)
    .filter((call) => call.arguments.some((argument) => someNode(argument, isOfParent)))
    .map((call) => call.expression.end);
  const forOne = isForOne(fn, isOfParent, tables);
  return { byParent, ...(preloaded ? { preloaded: true } : {}), ...(forOne ? { forOne: true } : {}) };
}

/** `this.id`, but not `this.load()`. */
function isPartOfThis(node: ts.Node): boolean {
  if (!ts.isPropertyAccessExpression(node) || node.expression.kind !== ts.SyntaxKind.ThisKeyword) return false;
  return !ts.isCallExpression(node.parent) || node.parent.expression !== node;
}

/** Adds the names that something of the parent goes into, until there are no more. */
function follow(body: ts.Node, known: Set<Binding>, isOfParent: (node: ts.Node) => boolean, tables: Tables): void {
  for (let before = -1; before < known.size; ) {
    before = known.size;
    walk(body, (node) => {
      if (ts.isVariableDeclaration(node)) {
        const source = ts.isForOfStatement(node.parent.parent) ? node.parent.parent.expression : node.initializer;
        if (source && someNode(source, isOfParent)) for (const found of bindingsOf(node.name, tables)) known.add(found);
      } else if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
        const target = ts.isIdentifier(node.left) ? tables.scopes.lookup(node.left.text, node.left) : undefined;
        if (target && someNode(node.right, isOfParent)) known.add(target);
      } else if (ts.isCallExpression(node) && someNode(node.expression, isOfParent)) {
        // `post.tags.map((tag) => …)`
        for (const argument of node.arguments) {
          if (!ts.isArrowFunction(argument) && !ts.isFunctionExpression(argument)) continue;
          for (const { name } of argument.parameters) for (const found of bindingsOf(name, tables)) known.add(found);
        }
      }
      return true;
    });
  }
}

function callsIn(body: ts.Node): ts.CallExpression[] {
  const found: ts.CallExpression[] = [];
  walk(body, (node) => {
    if (ts.isCallExpression(node)) found.push(node);
    return true;
  });
  return found;
}
