import ts from 'typescript';
import { boundIdentifiers, memberName, outerParent, unwrap } from '../syntax/typescript/nodes';
import type { Tables } from '../syntax/typescript/tables';

/** Methods whose callback sees each row, and which give none of the rows back. */
const VISITING = /^(map|forEach|flatMap|some|every)$/;

/**
 * True if all that is made of a list of rows is to read members of them, so that a further member of each
 * row goes nowhere. `name` is where the list is declared.
 */
export function areReadByMember(name: ts.Identifier, tables: Tables): boolean {
  return usesOf(name, tables).every((use) => {
    const { parent } = use;
    if (ts.isForOfStatement(parent) && parent.expression === use)
      return isElementReadByMember(parent.initializer, tables);
    if (!ts.isPropertyAccessExpression(parent) || parent.expression !== use) return false;
    if (parent.name.text === 'length') return true;
    const call = parent.parent;
    const callback = ts.isCallExpression(call) && call.expression === parent && call.arguments[0];
    if (!callback || !VISITING.test(parent.name.text)) return false;
    const inner = unwrap(callback);
    if (!ts.isArrowFunction(inner) && !ts.isFunctionExpression(inner)) return false;
    const [element, , list] = inner.parameters;
    return list === undefined && (element === undefined || isPatternReadByMember(element.name, tables));
  });
}

/**
 * True if of what a query gives (`rows`, its `await`) only members are read, so that one more goes nowhere:
 * of a row if it gives `one`, else of each.
 */
export function areRowsReadByMember(rows: ts.Expression, one: boolean, tables: Tables): boolean {
  const parent = outerParent(rows);
  if (ts.isVariableDeclaration(parent)) {
    if (!one) return ts.isIdentifier(parent.name) && areReadByMember(parent.name, tables);
    return isPatternReadByMember(parent.name, tables);
  }
  if (ts.isForOfStatement(parent)) return !one && isElementReadByMember(parent.initializer, tables);
  const isMember = ts.isPropertyAccessExpression(parent);
  return isMember && (one || parent.name.text === 'length');
}

function isElementReadByMember(initializer: ts.ForInitializer, tables: Tables): boolean {
  if (!ts.isVariableDeclarationList(initializer)) return false;
  return initializer.declarations.every(({ name }) => isPatternReadByMember(name, tables));
}

function isPatternReadByMember(name: ts.BindingName, tables: Tables): boolean {
  if (ts.isIdentifier(name)) return usesOf(name, tables).every((use) => isMemberRead(use) || isAsked(use));
  if (ts.isArrayBindingPattern(name)) return false;
  return name.elements.every((element) => !element.dotDotDotToken);
}

/** `user.name`, `const { name } = user`; not `user[key]`, not `user` as a whole. */
function isMemberRead(use: ts.Identifier): boolean {
  const parent = outerParent(use);
  if (ts.isVariableDeclaration(parent)) {
    return ts.isObjectBindingPattern(parent.name) && parent.name.elements.every((one) => !one.dotDotDotToken);
  }
  if (ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent)) {
    return unwrap(parent.expression) === use && memberName(parent) !== undefined;
  }
  return false;
}

/** `if (!user)`, `user === null`, `user ? … : …`, `user && …`: whether there is one. */
function isAsked(use: ts.Identifier): boolean {
  const parent = outerParent(use);
  if (ts.isPrefixUnaryExpression(parent) || ts.isIfStatement(parent)) return true;
  if (ts.isConditionalExpression(parent)) return unwrap(parent.condition) === use;
  if (!ts.isBinaryExpression(parent) || unwrap(parent.left) !== use) return false;
  const { kind } = parent.operatorToken;
  if (kind === ts.SyntaxKind.AmpersandAmpersandToken) return true;
  return kind >= ts.SyntaxKind.EqualsEqualsToken && kind <= ts.SyntaxKind.ExclamationEqualsEqualsToken;
}

/** The identifiers that mean a declared name, its declaration left out. */
function usesOf(name: ts.Identifier, tables: Tables): ts.Identifier[] {
  const binding = tables.scopes.lookup(name.text, name);
  return tables.named(name.text).filter((use) => {
    if (use === name || isPropertyName(use)) return false;
    return tables.scopes.lookup(use.text, use) === binding && !isDeclared(use);
  });
}

function isDeclared(use: ts.Identifier): boolean {
  const { parent } = use;
  if (ts.isVariableDeclaration(parent) || ts.isParameter(parent)) return boundIdentifiers(parent.name).includes(use);
  return ts.isBindingElement(parent) && parent.name === use;
}

function isPropertyName(use: ts.Identifier): boolean {
  const { parent } = use;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === use;
  if (ts.isBindingElement(parent)) return parent.propertyName === use;
  return ts.isPropertyAssignment(parent) && parent.name === use;
}
