import ts from 'typescript';
import { isReference, isWithin, memberName, outerParent, unwrap } from './nodes';
import type { Binding } from './scopes';
import type { Tables } from './tables';

/** Where the rows that a query gives are read. */
export interface ListPlaces {
  /** The name they are given: of a variable, of an element of `const [a, b] = await Promise.all([…])`, of `then`'s parameter. */
  readonly name?: ts.Identifier;
  /** The expressions that stand for them: the uses of the name, or the awaited call itself. */
  readonly uses: readonly ts.Expression[];
  /** `.then((rows) => …)`, where that is what names them. */
  readonly then?: ts.CallExpression;
  /** `const { length } = …`: nothing but their number is taken. */
  readonly length?: { readonly pattern: ts.ObjectBindingPattern; readonly name: ts.Identifier };
}

/** Returns where the rows of a call are read; undefined where they are kept otherwise: by a pattern, a field, a `let`. */
export function readListPlaces(call: ts.Node, tables: Tables): ListPlaces | undefined {
  const then = thenCall(call);
  if (then) return inCallback(then, tables);
  const awaited = awaitedOf(call);
  const parent = outerParent(call);
  if (ts.isVariableDeclaration(parent)) return awaited && declared(parent.name, parent, tables);
  if (ts.isArrayLiteralExpression(parent)) return inList(call, parent, tables);
  return awaited && { uses: [awaited] };
}

/** The uses of a name that nothing assigns again and no module exports; undefined for another one. */
export function usesOfName(name: ts.Identifier, tables: Tables): readonly ts.Identifier[] | undefined {
  const binding = tables.scopes.lookup(name.text, name);
  if (!binding || binding.writes.length > 0 || isExported(binding)) return undefined;
  return tables
    .named(name.text)
    .filter((node) => node !== name && isReference(node) && tables.scopes.lookup(node.text, node) === binding);
}

/** `(await call)` with the parentheses and `!` around it; undefined where it is not awaited, or cast. */
function awaitedOf(call: ts.Node): ts.Expression | undefined {
  let node: ts.Node = call.parent;
  while (ts.isParenthesizedExpression(node)) node = node.parent;
  if (!ts.isAwaitExpression(node)) return undefined;
  let outer: ts.Expression = node;
  while (ts.isParenthesizedExpression(outer.parent) || ts.isNonNullExpression(outer.parent)) outer = outer.parent;
  return ts.isAsExpression(outer.parent) || ts.isSatisfiesExpression(outer.parent) ? undefined : outer;
}

function declared(
  name: ts.BindingName,
  declaration: ts.VariableDeclaration | ts.BindingElement,
  tables: Tables,
): ListPlaces | undefined {
  const list = ts.isVariableDeclaration(declaration) ? declaration.parent : undefined;
  if (list && (!ts.isVariableDeclarationList(list) || (list.flags & ts.NodeFlags.Const) === 0)) return undefined;
  if (ts.isObjectBindingPattern(name)) {
    const length = lengthPattern(name);
    return length && { uses: [], length };
  }
  if (!ts.isIdentifier(name)) return undefined;
  const uses = usesOfName(name, tables);
  return uses && { name, uses };
}

/** `{ length }`, `{ length: total }` */
function lengthPattern(pattern: ts.ObjectBindingPattern): ListPlaces['length'] {
  const [element, ...others] = pattern.elements;
  if (!element || others.length > 0 || element.initializer || element.dotDotDotToken) return undefined;
  const { name, propertyName } = element;
  if (!ts.isIdentifier(name) || (propertyName ?? name).getText() !== 'length') return undefined;
  return { pattern, name };
}

/** `const [rows, …] = await Promise.all([call, …])` */
function inList(call: ts.Node, list: ts.ArrayLiteralExpression, tables: Tables): ListPlaces | undefined {
  const together = list.parent;
  if (!ts.isCallExpression(together) || together.arguments[0] !== list) return undefined;
  if (!/^(all|\$transaction)$/.test(memberName(unwrap(together.expression)) ?? '')) return undefined;
  const declaration = awaitedOf(together) && outerParent(together);
  if (!declaration || !ts.isVariableDeclaration(declaration) || !ts.isArrayBindingPattern(declaration.name))
    return undefined;
  if (list.elements.some(ts.isSpreadElement)) return undefined;
  const element = declaration.name.elements[list.elements.findIndex((one) => unwrap(one) === call)];
  if (!element || !ts.isBindingElement(element) || element.initializer || element.dotDotDotToken) return undefined;
  const constant = (declaration.parent.flags & ts.NodeFlags.Const) !== 0;
  return constant ? declared(element.name, element, tables) : undefined;
}

function thenCall(call: ts.Node): ts.CallExpression | undefined {
  const member = call.parent;
  if (!ts.isPropertyAccessExpression(member) || member.expression !== call || member.name.text !== 'then')
    return undefined;
  return ts.isCallExpression(member.parent) && member.parent.expression === member ? member.parent : undefined;
}

/** `.then((rows) => rows.length)`: what the callback makes of them is all that is made of them. */
function inCallback(then: ts.CallExpression, tables: Tables): ListPlaces | undefined {
  const [callback, ...more] = then.arguments;
  if (!callback || more.length > 0 || !ts.isArrowFunction(callback)) return undefined;
  const [parameter, ...others] = callback.parameters;
  if (!parameter || others.length > 0 || !ts.isIdentifier(parameter.name)) return undefined;
  const uses = usesOfName(parameter.name, tables);
  return uses?.every((use) => isWithin(use, callback)) ? { name: parameter.name, uses, then } : undefined;
}

function isExported({ declaration }: Binding): boolean {
  const statement = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : undefined;
  return (
    statement !== undefined &&
    ts.isVariableStatement(statement) &&
    (statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false)
  );
}
