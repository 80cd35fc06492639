import ts from 'typescript';
import type { Range } from '../../text/range';

/** The range of a node without the comments and blanks before it; quicker where its file is at hand. */
export function rangeOf(node: ts.Node, file?: ts.SourceFile): Range {
  return { start: node.getStart(file), end: node.end };
}

/** The expression inside parentheses, casts, `satisfies`, `!` and `await`. */
export function unwrap(node: ts.Expression): ts.Expression {
  let current = node;
  while (isWrapper(current)) current = current.expression;
  return current;
}

type Wrapper =
  | ts.ParenthesizedExpression
  | ts.AsExpression
  | ts.SatisfiesExpression
  | ts.NonNullExpression
  | ts.TypeAssertion
  | ts.AwaitExpression;

// Sets, not `switch`: each mention of `ts.SyntaxKind` is a call of a getter, and these run for every node.
const WRAPPERS: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.ParenthesizedExpression,
  ts.SyntaxKind.AsExpression,
  ts.SyntaxKind.SatisfiesExpression,
  ts.SyntaxKind.NonNullExpression,
  ts.SyntaxKind.TypeAssertionExpression,
  ts.SyntaxKind.AwaitExpression,
]);

function isWrapper(node: ts.Node): node is Wrapper {
  return WRAPPERS.has(node.kind);
}

/** The nearest node above that is more than parentheses, a cast, `!` or `await` around this one. */
export function outerParent(node: ts.Node): ts.Node {
  let current = node.parent;
  while (isWrapper(current)) current = current.parent;
  return current;
}

/** A function with a body. */
export type FunctionNode =
  | ts.FunctionDeclaration
  | ts.FunctionExpression
  | ts.ArrowFunction
  | ts.MethodDeclaration
  | ts.ConstructorDeclaration
  | ts.GetAccessorDeclaration
  | ts.SetAccessorDeclaration;

/** The kinds of node that are functions, with or without a body. */
export const FUNCTION_KINDS: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.ArrowFunction,
  ts.SyntaxKind.FunctionExpression,
  ts.SyntaxKind.FunctionDeclaration,
  ts.SyntaxKind.MethodDeclaration,
  ts.SyntaxKind.Constructor,
  ts.SyntaxKind.GetAccessor,
  ts.SyntaxKind.SetAccessor,
]);

/** True for a function that has a body. */
export function isFunctionNode(node: ts.Node): node is FunctionNode {
  return FUNCTION_KINDS.has(node.kind) && (node as ts.FunctionLikeDeclaration).body !== undefined;
}

/** The function around a node; the source file if there is none. */
export function enclosingFunction(node: ts.Node): FunctionNode | ts.SourceFile {
  let current = node.parent;
  while (!ts.isSourceFile(current) && !isFunctionNode(current)) current = current.parent;
  return current;
}

/** The name of `a.name`, `a['name']` or `a?.name`; undefined for a computed one. */
export function memberName(node: ts.Expression): string | undefined {
  if (ts.isPropertyAccessExpression(node)) return node.name.text;
  if (ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression)) {
    return node.argumentExpression.text;
  }
  return undefined;
}

/** The text of a property's name; undefined for a computed one. */
export function propertyName(name: ts.PropertyName | ts.BindingName): string | undefined {
  if (ts.isIdentifier(name) || ts.isPrivateIdentifier(name)) return name.text;
  if (ts.isStringLiteralLike(name) || ts.isNumericLiteral(name)) return name.text;
  return undefined;
}

/** The names that a declared name or pattern binds. */
export function boundIdentifiers(name: ts.BindingName): ts.Identifier[] {
  if (ts.isIdentifier(name)) return [name];
  return name.elements.flatMap((element) => (ts.isBindingElement(element) ? boundIdentifiers(element.name) : []));
}

/** The member of a loop's or a callback's element that an expression reads: `total` of `row.total`, or of `({ total })`. */
export function memberOfElement(node: ts.Expression, element: ts.BindingName): string | undefined {
  if (ts.isIdentifier(element)) {
    if (!ts.isPropertyAccessExpression(node) || !ts.isIdentifier(node.expression)) return undefined;
    return node.expression.text === element.text ? node.name.text : undefined;
  }
  if (!ts.isIdentifier(node) || !ts.isObjectBindingPattern(element)) return undefined;
  const bound = element.elements.find(({ name }) => ts.isIdentifier(name) && name.text === node.text);
  return bound && !bound.initializer && !bound.dotDotDotToken
    ? propertyName(bound.propertyName ?? bound.name)
    : undefined;
}

/** Calls `visit` for a node and everything below it, parents first; `false` skips what is below. */
export function walk(root: ts.Node, visit: (node: ts.Node) => boolean | undefined): void {
  const step = (node: ts.Node): void => {
    if (visit(node) !== false) ts.forEachChild(node, step);
  };
  step(root);
}

/** True if `node` is `ancestor` or stands in it, both of one file. */
export function isWithin(node: ts.Node, ancestor: ts.Node): boolean {
  return node.pos >= ancestor.pos && node.end <= ancestor.end;
}

/** True for an identifier that stands for a value, not for a property's name. */
export function isReference(node: ts.Identifier): boolean {
  const parent = node.parent;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  return !ts.isBindingElement(parent) || parent.propertyName !== node;
}

/** True for code with a syntax error in it: half-written, or cut off. */
export function isBroken(node: ts.Node): boolean {
  return (node.flags & ts.NodeFlags.ThisNodeHasError) !== 0 || (ts.forEachChild(node, isBroken) ?? false);
}
