import ts from 'typescript';
import { propertyName } from '../syntax/typescript/nodes';
import type { Tables } from '../syntax/typescript/tables';

/** Methods that give an array, and that only what holds elements in order has. */
const ARRAY_METHODS = /^(filter|map|flatMap|flat|slice|concat|sort|toSorted|reverse|split)$/;

/** What arrays have, and sets, maps and iterators don't. */
const ONLY_OF_ARRAYS = /^(?:map|filter|some|every|find|findIndex|push|reduce|flatMap|join|sort|length)$/;

/** Conditions of a query that take a list. */
const TAKES_LIST = /^(?:in|notIn|hasSome|hasEvery)$/;

/** `users.filter(…)`, `Object.entries(settings)` */
export function givesArray(collection: ts.Expression): boolean {
  const callee = ts.isCallExpression(collection) ? collection.expression : undefined;
  if (!callee || !ts.isPropertyAccessExpression(callee) || ts.isOptionalChain(callee)) return false;
  const owner = callee.expression.getText();
  if (owner === 'Object' || owner === 'Array') return true;
  return ARRAY_METHODS.test(callee.name.text);
}

/** True if a name that is gone through holds an array: by its declared type, what it is set to, or what is made of it. */
export function isKnownArray(collection: ts.Expression, { scopes, named }: Tables): boolean {
  if (!ts.isIdentifier(collection)) return false;
  const binding = scopes.lookup(collection.text, collection);
  if (!binding) return false;
  const { declaration } = binding;
  if (ts.isParameter(declaration) || ts.isVariableDeclaration(declaration)) {
    if (declaration.type) return /^(readonly .*\[\]|(Readonly)?Array<.*>)$/s.test(declaration.type.getText());
    if (declaration.initializer && givesArray(declaration.initializer)) return true;
  } else if (!ts.isBindingElement(declaration)) return false;
  const uses = named(collection.text).filter((use) => scopes.lookup(use.text, use) === binding);
  return uses.some(isUseOfArray);
}

function isUseOfArray(use: ts.Identifier): boolean {
  const { parent } = use;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === use && ONLY_OF_ARRAYS.test(parent.name.text);
  const isValue = ts.isPropertyAssignment(parent) && parent.initializer === use;
  return isValue && TAKES_LIST.test(propertyName(parent.name) ?? '');
}
