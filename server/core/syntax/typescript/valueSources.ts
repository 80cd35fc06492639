import ts from 'typescript';
import type { Range } from '../../text/range';
import type { Value } from './facts';
import { isFunctionNode, memberName, propertyName, rangeOf, unwrap } from './nodes';
import type { Binding } from './scopes';

/** What an import clause binds under `name`. */
export function imported(clause: ts.ImportClause, name: string, range: Range): Value {
  const specifier = clause.parent.moduleSpecifier;
  if (!ts.isStringLiteral(specifier)) return { kind: 'unknown', range };
  return { kind: 'import', module: specifier.text, name, range };
}

/** What `import x = require('x')` binds; unknown for the short name of a namespace's member. */
export function importedWhole({ moduleReference }: ts.ImportEqualsDeclaration, range: Range): Value {
  const module = ts.isExternalModuleReference(moduleReference) ? moduleReference.expression : undefined;
  if (!module || !ts.isStringLiteralLike(module)) return { kind: 'unknown', range };
  return { kind: 'import', module: module.text, name: '*', range };
}

const ASSIGNS_WHOLE: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.EqualsToken,
  ts.SyntaxKind.QuestionQuestionEqualsToken,
  ts.SyntaxKind.BarBarEqualsToken,
]);

/** What a name is given where it is written: `x = value`, `x ??= value`; undefined for `x += 1` or `[x] = values`. */
export function assignedTo(write: ts.Identifier): ts.Expression | undefined {
  const { parent } = write;
  if (!ts.isBinaryExpression(parent) || parent.left !== write) return undefined;
  return ASSIGNS_WHOLE.has(parent.operatorToken.kind) ? parent.right : undefined;
}

/** What a member declared by a function gives who reads it: of a getter, what the getter returns. */
export function accessed(fn: Value, declaration: ts.Node): Value {
  if (!ts.isGetAccessorDeclaration(declaration)) return fn;
  return { kind: 'call', callee: fn, arguments: [], range: fn.range };
}

/** The module of `require('x')` or `import('x')`. */
export function requiredModule(call: ts.CallExpression | ts.NewExpression): string | undefined {
  if (!ts.isCallExpression(call)) return undefined;
  const isRequire = ts.isIdentifier(call.expression) && call.expression.text === 'require';
  if (!isRequire && call.expression.kind !== ts.SyntaxKind.ImportKeyword) return undefined;
  const argument = call.arguments[0];
  return argument && ts.isStringLiteralLike(argument) ? argument.text : undefined;
}

/** An enum as the object it is when the code runs: its names are known, its values are not. */
export function enumObject(node: ts.EnumDeclaration): Value {
  const properties = node.members.flatMap((entry) => {
    const key = propertyName(entry.name);
    const range = rangeOf(entry);
    if (key === undefined) return [];
    return [{ key, keyRange: rangeOf(entry.name), value: { kind: 'unknown', range } as const, optional: false }];
  });
  return { kind: 'object', properties, open: false, range: rangeOf(node) };
}

/** The class whose `this` an expression means: arrow functions keep it, functions make their own. */
export function enclosingClass(node: ts.Node): ts.ClassLikeDeclaration | undefined {
  for (let current = node.parent; current; current = current.parent) {
    if (ts.isClassLike(current)) return current;
    if (isFunctionNode(current) && !ts.isArrowFunction(current) && !ts.isClassLike(current.parent)) return undefined;
  }
  return undefined;
}

/** True for a statement whose declared name is one element after another. */
export function isIteration(node: ts.Node): boolean {
  return ts.isForOfStatement(node) || ts.isForInStatement(node);
}

/** True for `Promise.all(…)` and `$transaction(…)`: given an array, they give an array of the same places. */
export function isPromiseAll(node: ts.CallExpression): boolean {
  const callee = node.expression;
  if (!ts.isPropertyAccessExpression(callee)) return false;
  if (callee.name.text === '$transaction') return true;
  return callee.name.text === 'all' && ts.isIdentifier(callee.expression) && callee.expression.text === 'Promise';
}

/** `where.status.in` for the name `where` → `['status', 'in']`; undefined for a computed path. */
export function pathOf(target: ts.Expression, name: string): string[] | undefined {
  const expression = unwrap(target);
  if (ts.isIdentifier(expression)) return expression.text === name ? [] : undefined;
  if (!ts.isPropertyAccessExpression(expression) && !ts.isElementAccessExpression(expression)) return undefined;
  const last = memberName(expression);
  const before = pathOf(expression.expression, name);
  return last === undefined || !before ? undefined : [...before, last];
}

/** True if a node may be skipped when the block that declares the name runs. */
export function isConditional(node: ts.Node, scope: ts.Node): boolean {
  for (let current = node.parent; current && current !== scope; current = current.parent) {
    if (!ts.isExpressionStatement(current) && !ts.isBlock(current)) return true;
    if (ts.isBlock(current) && !ts.isBlock(current.parent) && current.parent !== scope) return true;
  }
  return false;
}

/**
 * How many elements the changes of an array can add: those of `push` where it runs at most once for each
 * time that the name is declared. Undefined where they may add any number, or do something else.
 */
export function elementsPushed({ mutations, scope }: Binding): number | undefined {
  let pushed = 0;
  for (const call of mutations) {
    const isPush = memberName(call.expression) === 'push' && !call.arguments.some(ts.isSpreadElement);
    if (!isPush || mayRunAgain(call, scope)) return undefined;
    pushed += call.arguments.length;
  }
  return pushed;
}

function mayRunAgain(node: ts.Node, scope: ts.Node): boolean {
  for (let current = node.parent; current && current !== scope; current = current.parent) {
    if (isFunctionNode(current) || ts.isIterationStatement(current, false)) return true;
  }
  return false;
}
