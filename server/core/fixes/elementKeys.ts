import ts from 'typescript';
import { unwrap } from '../syntax/typescript/nodes';
import { shapeOf } from './expressionShapes';
import { isKnownArray } from './knownArray';
import type { LoopKey } from './loopKey';
import type { LoopSite } from './loopSite';
import { isOutside } from './nodeAt';
import { type ListForm, present, type ShapeContext } from './typeShapes';
import { singular } from './words';

/**
 * Returns the expression of all elements' keys, before the loop: `users.map((user) => user.id)`. Undefined
 * where the collection can't be gone through twice, or the loop changes it.
 */
export function elementKeys(site: LoopSite, { path, presence }: LoopKey, context: ShapeContext): string | undefined {
  const { collection, element, loop, tables } = site;
  // Of `users?.map(…)` there may be no users to take keys of: `in: undefined` would read all rows.
  if (!isStable(collection) || ts.isOptionalChain(loop) || !isOutside(collection, loop, tables)) return undefined;
  const form = formOf(site, context);
  if (!form || form === 'once') return undefined;
  const text = collection.getText();
  const name = ts.isIdentifier(element) ? element.text : (singular(lastName(collection)) ?? 'element');
  const isList = form === 'array' || form === 'readonly';
  const member = [name, ...path].join('.');
  if (presence === 'guarded') {
    return `${isList ? text : `[...${text}]`}.flatMap((${name}) => ${member} ?? [])`;
  }
  if (path.length === 0) return form === 'array' ? text : `[...${text}]`;
  return `${isList ? text : `[...${text}]`}.map((${name}) => ${member})`;
}

/** What kind of list the loop goes through; `set` where it may be any but can be gone through again. */
function formOf({ collection, loop, tables }: LoopSite, context: ShapeContext): ListForm | undefined {
  const shape = present(shapeOf(collection, context));
  if (shape.kind === 'list') return shape.form;
  if (shape.kind !== 'unknown') return undefined;
  if (ts.isCallExpression(loop)) {
    const callee = unwrap(loop.expression);
    // A set and a map have a `forEach` too.
    return ts.isPropertyAccessExpression(callee) && callee.name.text !== 'forEach' ? 'readonly' : undefined;
  }
  if (isKnownArray(collection, tables)) return 'readonly';
  if (!ts.isIdentifier(collection)) return 'set';
  const declaration = tables.scopes.lookup(collection.text, collection)?.declaration;
  const given = declaration && ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
  // A generator's or an iterator's elements are gone once they have been looked at.
  return given && ts.isCallExpression(given) ? undefined : 'set';
}

function lastName(node: ts.Expression): string {
  return ts.isPropertyAccessExpression(node) ? node.name.text : node.getText();
}

/** `users`, `order.items`, `this.rows`: reading it twice gives the same. */
function isStable(node: ts.Expression): boolean {
  if (ts.isPropertyAccessExpression(node)) return !node.questionDotToken && isStable(node.expression);
  return ts.isIdentifier(node) || node.kind === ts.SyntaxKind.ThisKeyword;
}
