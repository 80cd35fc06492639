import ts from 'typescript';
import { enclosingFunction, isFunctionNode, isWithin } from '../syntax/typescript/nodes';
import { freeNameWithin } from './nodeAt';
import type { ParallelSite } from './parallelSite';

/** Where the results of a `Promise.all` go, and the statement that does nothing else. */
export interface CollectedResults {
  readonly statement: ts.Statement;
  /** The array that takes them; absent where nobody wants them. */
  readonly name?: string;
  /** `const results: Row[] = []`. */
  readonly declaration?: string;
  /** The function ends with them. */
  readonly returns?: true;
}

/**
 * Tells how the results of a `Promise.all` can be collected chunk by chunk; undefined where they are used in the
 * midst of something, or an array that begins empty would not have their type.
 */
export function resultsOf(all: ts.Node, site: ParallelSite): CollectedResults | undefined {
  const { parent } = all;
  if (ts.isReturnStatement(parent)) return isInTry(parent) ? undefined : returned(parent, site);
  if (!ts.isAwaitExpression(parent)) return undefined;
  if (ts.isReturnStatement(parent.parent)) return returned(parent.parent, site);
  if (ts.isExpressionStatement(parent.parent)) {
    return isInList(parent.parent) ? { statement: parent.parent } : undefined;
  }
  return ts.isVariableDeclaration(parent.parent) ? declared(parent.parent, site) : undefined;
}

/** `const rows = await Promise.all(…);` */
function declared(
  { name, type, parent }: ts.VariableDeclaration,
  { tables }: ParallelSite,
): CollectedResults | undefined {
  const statement = parent.parent;
  if (!ts.isIdentifier(name) || !ts.isVariableStatement(statement) || statement.modifiers || !isInList(statement)) {
    return undefined;
  }
  if (!ts.isVariableDeclarationList(parent) || parent.declarations.length > 1 || !(parent.flags & ts.NodeFlags.Const))
    return undefined;
  if (type && !isArrayType(type)) return undefined;
  // The compiler tells the type of what `[]` becomes only where no function within uses it.
  const owner = enclosingFunction(name);
  const binding = tables.scopes.lookup(name.text, name);
  const isCaptured = tables
    .named(name.text)
    .some((use) => tables.scopes.lookup(use.text, use) === binding && enclosingFunction(use) !== owner);
  if (!type && isCaptured && isTyped(name)) return undefined;
  const ofType = type ? `: ${type.getText()}` : '';
  return { statement, name: name.text, declaration: `const ${name.text}${ofType} = []` };
}

/** `return Promise.all(…);` */
function returned(statement: ts.ReturnStatement, { tables }: ParallelSite): CollectedResults | undefined {
  const owner = enclosingFunction(statement);
  if (ts.isSourceFile(owner) || !isInList(statement) || owner.asteriskToken) return undefined;
  if (!owner.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword)) return undefined;
  const type = owner.type && elementsType(owner.type);
  if (owner.type ? !type : isTyped(owner) && mayBeExpected(owner)) return undefined;
  const name = freeNameWithin(['results'], owner, tables);
  return { statement, name, declaration: `const ${name}${type ? `: ${type.getText()}` : ''} = []`, returns: true };
}

/** `Promise<Row[]>` → `Row[]`; undefined for what nothing can be added to. */
function elementsType(type: ts.TypeNode): ts.TypeNode | undefined {
  if (!ts.isTypeReferenceNode(type) || type.typeName.getText() !== 'Promise') return undefined;
  const [inner] = type.typeArguments ?? [];
  return inner && isArrayType(inner) ? inner : undefined;
}

function isArrayType(type: ts.TypeNode): boolean {
  return ts.isArrayTypeNode(type) || (ts.isTypeReferenceNode(type) && type.typeName.getText() === 'Array');
}

/** True for a function of which the code around it may expect a type, by which its results have theirs. */
function mayBeExpected(owner: ts.Node): boolean {
  if (ts.isFunctionDeclaration(owner)) return false;
  if (ts.isMethodDeclaration(owner)) return !ts.isClassDeclaration(owner.parent);
  return !ts.isVariableDeclaration(owner.parent) || owner.parent.type !== undefined;
}

function isTyped(node: ts.Node): boolean {
  return /\.[cm]?tsx?$/.test(node.getSourceFile().fileName);
}

function isInList({ parent }: ts.Statement): boolean {
  return ts.isBlock(parent) || ts.isSourceFile(parent) || ts.isCaseOrDefaultClause(parent);
}

/** A promise that is returned from a `try` is not awaited there. */
function isInTry(statement: ts.Statement): boolean {
  for (let node: ts.Node = statement; !isFunctionNode(node) && !ts.isSourceFile(node); node = node.parent) {
    if (ts.isTryStatement(node.parent) && isWithin(statement, node.parent)) return true;
  }
  return false;
}
