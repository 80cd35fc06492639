import ts from 'typescript';
import { propertyName } from '../syntax/typescript/nodes';
import type { Tables } from '../syntax/typescript/tables';
import { isValidatedArray } from './validatedInput';

/** Methods that give an array, and that only what holds elements in order has. */
const ARRAY_METHODS = /^(filter|map|flatMap|flat|slice|concat|sort|toSorted|reverse|split)$/;

/** What arrays have, and sets, maps and iterators don't. */
const ONLY_OF_ARRAYS =
  /^(?:map|filter|some|every|find|findIndex|push|reduce|flatMap|join|sort|includes|indexOf|length)$/;

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
export function isKnownArray(collection: ts.Expression, tables: Tables): boolean {
  const { scopes, named } = tables;
  if (isValidatedArray(collection, tables)) return true;
  if (!ts.isIdentifier(collection)) return false;
  const binding = scopes.lookup(collection.text, collection);
  if (!binding) return false;
  const { declaration } = binding;
  if (ts.isParameter(declaration) || ts.isVariableDeclaration(declaration)) {
    if (declaration.type) return isArrayType(declaration.type);
    const given = declaration.initializer;
    if (given && (givesArray(given) || isDeclaredAsArray(given, tables))) return true;
  } else if (!ts.isBindingElement(declaration)) return false;
  const uses = named(collection.text).filter((use) => scopes.lookup(use.text, use) === binding);
  return uses.some(isUseOfArray);
}

/** True if what is gone through was said to be an `any`, whose methods tell a callback nothing of its parameters. */
export function isSaidToBeAny(collection: ts.Expression, { scopes }: Tables): boolean {
  const declaration = ts.isIdentifier(collection) && scopes.lookup(collection.text, collection)?.declaration;
  const declared = declaration && ts.isVariableDeclaration(declaration) ? declaration : undefined;
  let value: ts.Expression = declared?.initializer ?? collection;
  while (ts.isParenthesizedExpression(value)) value = value.expression;
  const type = declared?.type ?? (ts.isAsExpression(value) ? value.type : undefined);
  return type?.kind === ts.SyntaxKind.AnyKeyword;
}

/** `User[]`, `readonly User[]`, `Array<User>` */
function isArrayType(type: ts.TypeNode): boolean {
  if (ts.isTypeOperatorNode(type)) return isArrayType(type.type);
  return (
    ts.isArrayTypeNode(type) || (ts.isTypeReferenceNode(type) && /^(Readonly)?Array$/.test(type.typeName.getText()))
  );
}

/** `keysOf(field)`, `await this.keysOf(field)`: a function or a method of this file that says that it gives an array. */
function isDeclaredAsArray(given: ts.Expression, { scopes }: Tables): boolean {
  const call = ts.isAwaitExpression(given) ? given.expression : given;
  const callee = ts.isCallExpression(call) ? call.expression : undefined;
  if (!callee) return false;
  const declared = ts.isIdentifier(callee)
    ? scopes.lookup(callee.text, callee)?.declaration
    : ts.isPropertyAccessExpression(callee) && callee.expression.kind === ts.SyntaxKind.ThisKeyword
      ? methodAround(callee)
      : undefined;
  const isFunction = declared && (ts.isFunctionDeclaration(declared) || ts.isMethodDeclaration(declared));
  const type = isFunction ? declared.type : undefined;
  if (!type || !ts.isAwaitExpression(given)) return type !== undefined && isArrayType(type);
  const isPromise = ts.isTypeReferenceNode(type) && type.typeName.getText() === 'Promise';
  const [settled] = isPromise ? (type.typeArguments ?? []) : [];
  return settled !== undefined && isArrayType(settled);
}

/** The one method that `this.name` means. */
function methodAround({ name }: ts.PropertyAccessExpression): ts.ClassElement | undefined {
  const found = ts.findAncestor(name, ts.isClassLike)?.members.filter((member) => member.name?.getText() === name.text);
  return found?.length === 1 ? found[0] : undefined;
}

function isUseOfArray(use: ts.Identifier): boolean {
  const { parent } = use;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === use && ONLY_OF_ARRAYS.test(parent.name.text);
  const isValue = ts.isPropertyAssignment(parent) && parent.initializer === use;
  return isValue && TAKES_LIST.test(propertyName(parent.name) ?? '');
}
