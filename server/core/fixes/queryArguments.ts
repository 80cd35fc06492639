import ts from 'typescript';
import type { Query } from '../model/queries/query';
import { enclosingFunction, outerParent, unwrap, walk } from '../syntax/typescript/nodes';
import type { TextEdit } from '../text/textEdit';
import { nodeAt } from './nodeAt';
import { addProperties, writeObject } from './objectLiteral';
import type { Sources } from './sources';

/** The call of a query, and where its arguments are written. */
export interface QueryArguments {
  readonly call: ts.CallExpression;
  /** The object literal; absent where the call has no arguments yet. */
  readonly object?: ts.ObjectLiteralExpression;
  /** True where a string literal in it would become a `string`: in a variable that says no type. */
  readonly widens: boolean;
  /** Returns the edits that add options (`take: 100`) to this query and to nothing else. */
  add(options: readonly string[]): TextEdit[];
}

/**
 * Finds the object literal that a query's arguments are written in: in the call, or in a variable that
 * is there for this query alone. Undefined where there is none, or where others use it too.
 */
export function findQueryArguments(sources: Sources, { file, call: fact, args }: Query): QueryArguments | undefined {
  const tree = sources.tree(file);
  const call = tree && nodeAt(tree, fact.range, ts.isCallExpression);
  if (!tree || !call) return undefined;
  if (call.arguments.length === 0) {
    const at = call.end - 1;
    return { call, widens: false, add: (options) => [insert(at, writeObject(tree.text, at, options))] };
  }
  const object = args?.kind === 'object' ? nodeAt(tree, args.range, ts.isObjectLiteralExpression) : undefined;
  const [argument] = call.arguments;
  if (!object || !argument) return undefined;
  if (unwrap(argument) !== object && !isOnlyFor(object, argument)) return undefined;
  const widens = unwrap(argument) !== object && !saysType(object);
  return { call, object, widens, add: (options) => addProperties(object, options) };
}

/** True if the object is the value of a variable that nothing but this argument takes as a whole. */
function isOnlyFor(object: ts.ObjectLiteralExpression, argument: ts.Expression): boolean {
  const declaration = outerParent(object);
  const taken = unwrap(argument);
  if (!ts.isVariableDeclaration(declaration) || !ts.isIdentifier(declaration.name) || !ts.isIdentifier(taken))
    return false;
  const { name, type } = declaration;
  if (type && !/FindManyArgs\b/.test(type.getText())) return false;
  let others = 0;
  walk(enclosingFunction(declaration), (node) => {
    if (ts.isIdentifier(node) && node.text === name.text && node !== name && node !== taken && !isPartOfMember(node)) {
      others++;
    }
    return true;
  });
  return others === 0;
}

/** `const args: Args = {…}`, `{…} satisfies Args`, `{…} as const`; in JavaScript nobody asks. */
function saysType(object: ts.ObjectLiteralExpression): boolean {
  const { parent } = object;
  if (/\.[cm]?jsx?$/.test(object.getSourceFile().fileName)) return true;
  return ts.isVariableDeclaration(parent) ? parent.type !== undefined : true;
}

/** `args.where`, or a property that only has the same name. */
function isPartOfMember(node: ts.Identifier): boolean {
  const { parent } = node;
  return ts.isPropertyAccessExpression(parent) || (ts.isPropertyAssignment(parent) && parent.name === node);
}

function insert(at: number, newText: string): TextEdit {
  return { range: { start: at, end: at }, newText };
}
