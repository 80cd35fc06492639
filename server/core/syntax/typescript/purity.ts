import ts from 'typescript';
import { importedModule } from './importedModule';
import { memberName } from './nodes';
import { rootIdentifier, type Scopes } from './scopes';

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** Modules whose functions compute and do nothing else. */
const PURE_MODULES = words('date-fns dayjs moment luxon lodash lodash-es ramda remeda nanoid uuid decimal.js');
const PURE_FUNCTIONS = words(
  'Number String Boolean BigInt parseInt parseFloat isNaN isFinite encodeURIComponent decodeURIComponent structuredClone Symbol',
);
const PURE_OWNERS = words('Math Object Array Number String Date');
const IMPURE_STATICS = words('assign defineProperty defineProperties setPrototypeOf freeze');
const PURE_CLASSES = words('Date Map Set Array URLSearchParams WeakMap WeakSet Intl');
/** Methods of strings, dates, numbers and arrays that need no function. */
const PURE_METHODS = words(
  `toString toISOString toJSON toLowerCase toUpperCase trim trimStart trimEnd split replace replaceAll startsWith
  endsWith padStart padEnd substring substr charAt charCodeAt slice concat join includes indexOf lastIndexOf at flat
  getTime valueOf getFullYear getMonth getDate getDay getHours getMinutes getUTCFullYear getUTCMonth getUTCDate
  getUTCDay getTimezoneOffset toFixed toLocaleString toLocaleDateString toLocaleLowerCase localeCompare match test
  normalize repeat toSorted toReversed`,
);
/** Array methods that run a function for each element. */
const CALLBACK_METHODS = words('map filter find findIndex findLast some every reduce reduceRight flatMap sort');
/** `x.get('page')` of these is a look-up; of a client it would be a request. */
const LOOKUP_OWNER = /(?:params|headers|map|query|formdata|cache)$/i;

/** True for an expression that only computes: running it earlier or later changes nothing else. */
export function isPure(node: ts.Expression, scopes: Scopes): boolean {
  const pure = (part: ts.Expression): boolean => isPure(part, scopes);
  if (
    ts.isIdentifier(node) ||
    ts.isLiteralExpression(node) ||
    ts.isArrowFunction(node) ||
    ts.isFunctionExpression(node) ||
    ts.isOmittedExpression(node)
  ) {
    return true;
  }
  if (ts.isPropertyAccessExpression(node)) return pure(node.expression);
  if (ts.isElementAccessExpression(node)) return pure(node.expression) && pure(node.argumentExpression);
  if (
    ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isTypeAssertionExpression(node) ||
    ts.isTypeOfExpression(node) ||
    ts.isSpreadElement(node)
  ) {
    return pure(node.expression);
  }
  if (ts.isTemplateExpression(node)) return node.templateSpans.every((span) => pure(span.expression));
  if (ts.isPrefixUnaryExpression(node)) {
    return node.operator !== ts.SyntaxKind.PlusPlusToken && node.operator !== ts.SyntaxKind.MinusMinusToken
      ? pure(node.operand)
      : false;
  }
  if (ts.isBinaryExpression(node)) return !isAssignment(node) && pure(node.left) && pure(node.right);
  if (ts.isConditionalExpression(node)) return pure(node.condition) && pure(node.whenTrue) && pure(node.whenFalse);
  if (ts.isArrayLiteralExpression(node)) return node.elements.every(pure);
  if (ts.isObjectLiteralExpression(node)) return node.properties.every((property) => isPureProperty(property, scopes));
  if (ts.isNewExpression(node)) {
    return isGlobalName(node.expression, PURE_CLASSES, scopes) && (node.arguments ?? []).every(pure);
  }
  if (ts.isCallExpression(node)) return isPureCall(node, scopes) && node.arguments.every(pure);
  return isConstantKeyword(node.kind);
}

/** True for a function without effects of its own whose body is plain: what `map` and `then` may be given. */
export function isPureCallback(node: ts.Expression, scopes: Scopes): boolean {
  if (!ts.isArrowFunction(node) && !ts.isFunctionExpression(node)) return false;
  if (!ts.isBlock(node.body)) return isPure(node.body, scopes);
  return node.body.statements.every((statement) => isPureStatement(statement, scopes));
}

function isPureStatement(node: ts.Statement, scopes: Scopes): boolean {
  if (ts.isReturnStatement(node)) return !node.expression || isPure(node.expression, scopes);
  if (ts.isVariableStatement(node)) {
    return node.declarationList.declarations.every(({ initializer }) => !initializer || isPure(initializer, scopes));
  }
  if (ts.isBlock(node)) return node.statements.every((statement) => isPureStatement(statement, scopes));
  if (!ts.isIfStatement(node)) return false;
  const otherwise = !node.elseStatement || isPureStatement(node.elseStatement, scopes);
  return otherwise && isPure(node.expression, scopes) && isPureStatement(node.thenStatement, scopes);
}

function isPureProperty(node: ts.ObjectLiteralElementLike, scopes: Scopes): boolean {
  if (node.name && ts.isComputedPropertyName(node.name) && !isPure(node.name.expression, scopes)) return false;
  if (ts.isPropertyAssignment(node)) return isPure(node.initializer, scopes);
  return ts.isSpreadAssignment(node) ? isPure(node.expression, scopes) : true;
}

/** True for a call that only computes, its arguments aside. */
export function isPureCall(node: ts.CallExpression, scopes: Scopes): boolean {
  const callee = node.expression;
  if (isOfPureModule(callee, scopes)) return true;
  if (ts.isIdentifier(callee)) return isGlobalName(callee, PURE_FUNCTIONS, scopes);
  const name = memberName(callee);
  if (name === undefined || !ts.isPropertyAccessExpression(callee)) return false;
  const owner = callee.expression;
  if (isGlobalName(owner, PURE_OWNERS, scopes)) return !IMPURE_STATICS.has(name);
  if (ts.isIdentifier(owner) && owner.text === 'JSON') return name === 'stringify';
  if (!isPure(owner, scopes)) return false;
  if (PURE_METHODS.has(name)) return true;
  if (name === 'get' || name === 'has') return LOOKUP_OWNER.test(nameOf(owner));
  if (!CALLBACK_METHODS.has(name)) return false;
  const inPlace = name === 'sort' && !ts.isCallExpression(owner) && !ts.isArrayLiteralExpression(owner);
  const [callback] = node.arguments;
  return !inPlace && callback !== undefined && (isPureCallback(callback, scopes) || ts.isIdentifier(callback));
}

function isOfPureModule(callee: ts.Expression, scopes: Scopes): boolean {
  let root = callee;
  while (ts.isPropertyAccessExpression(root) || ts.isCallExpression(root)) root = root.expression;
  if (!ts.isIdentifier(root)) return false;
  const declaration = scopes.lookup(root.text, root)?.declaration;
  const from = declaration && importedModule(declaration);
  return from !== undefined && PURE_MODULES.has(from);
}

function isGlobalName(node: ts.Expression, names: ReadonlySet<string>, scopes: Scopes): boolean {
  return ts.isIdentifier(node) && names.has(node.text) && !scopes.lookup(node.text, node);
}

function nameOf(node: ts.Expression): string {
  return memberName(node) ?? rootIdentifier(node)?.text ?? '';
}

/** True for `=` and its kin. */
export function isAssignment(node: ts.BinaryExpression): boolean {
  const { kind } = node.operatorToken;
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

function isConstantKeyword(kind: ts.SyntaxKind): boolean {
  return (
    kind === ts.SyntaxKind.TrueKeyword ||
    kind === ts.SyntaxKind.FalseKeyword ||
    kind === ts.SyntaxKind.NullKeyword ||
    kind === ts.SyntaxKind.ThisKeyword
  );
}
