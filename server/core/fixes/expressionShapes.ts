import ts from 'typescript';
import { memberName, propertyName, unwrap } from '../syntax/typescript/nodes';
import { findProperty, propertyValue } from './objectLiteral';
import {
  either,
  memberOf,
  optional,
  present,
  SCALAR,
  type Shape,
  type ShapeContext,
  shapeOfType,
  UNKNOWN,
} from './typeShapes';

const MAX_DEPTH = 12;
/** Methods that give a list of the same elements. */
const SAME_ELEMENTS = /^(filter|slice|sort|reverse|toSorted|toReversed|splice)$/;
const TEXT_METHODS =
  /^(toString|trim|toLowerCase|toUpperCase|replace|replaceAll|slice|substring|padStart|toISOString|join)$/;

/** Reads of an expression what annotations, literals, reads of rows and the methods of lists tell of its type. */
export function shapeOf(node: ts.Expression, context: ShapeContext, depth = 0): Shape {
  if (depth > MAX_DEPTH) return UNKNOWN;
  const inner = (expression: ts.Expression): Shape => shapeOf(expression, context, depth + 1);
  if (ts.isAsExpression(node) || ts.isTypeAssertionExpression(node)) {
    return node.type.getText() === 'const' ? inner(node.expression) : shapeOfType(node.type, context);
  }
  const expression = unwrapOnce(node);
  if (expression !== node) return inner(expression);
  if (ts.isStringLiteralLike(node) || ts.isNumericLiteral(node) || ts.isTemplateExpression(node)) return SCALAR;
  if (ts.isIdentifier(node)) return shapeOfName(node, context, depth);
  if (ts.isPropertyAccessExpression(node)) {
    const given = ownMember(node, context);
    if (given) return inner(given);
    // Without a `?.` there is something, or the compiler would not have it.
    const owner = node.questionDotToken ? inner(node.expression) : present(inner(node.expression));
    return memberOf(owner, node.name.text, context);
  }
  if (ts.isConditionalExpression(node)) return either(inner(node.whenTrue), inner(node.whenFalse));
  if (ts.isArrayLiteralExpression(node)) return listOf(node, inner);
  if (ts.isBinaryExpression(node)) {
    const { kind } = node.operatorToken;
    if (kind === ts.SyntaxKind.QuestionQuestionToken || kind === ts.SyntaxKind.BarBarToken) {
      return either(present(inner(node.left)), inner(node.right));
    }
    return kind === ts.SyntaxKind.PlusToken ? SCALAR : UNKNOWN;
  }
  if (ts.isNewExpression(node)) {
    const [given] = node.arguments ?? [];
    if (node.expression.getText() !== 'Set') return UNKNOWN;
    const [type] = node.typeArguments ?? [];
    return {
      kind: 'list',
      element: type ? shapeOfType(type, context) : elementOf(given ? inner(given) : UNKNOWN),
      form: 'set',
    };
  }
  return ts.isCallExpression(node) ? shapeOfCall(node, context, inner) : UNKNOWN;
}

/** What `source.rows` was given where `source` was made: `const source = { rows }`, of which nothing is set later. */
function ownMember({ expression, name }: ts.PropertyAccessExpression, { tables }: ShapeContext) {
  const binding = ts.isIdentifier(expression) ? tables.scopes.lookup(expression.text, expression) : undefined;
  if (!binding || binding.writes.length > 0 || binding.memberWrites.length > 0) return undefined;
  const { declaration } = binding;
  if (!ts.isVariableDeclaration(declaration) || declaration.type || !declaration.initializer) return undefined;
  const object = unwrap(declaration.initializer);
  if (!ts.isObjectLiteralExpression(object)) return undefined;
  const property = findProperty(object, name.text);
  return property && propertyValue(property);
}

/** The shape of what a list holds. */
export function elementOf(shape: Shape): Shape {
  return shape.kind === 'list' ? shape.element : UNKNOWN;
}

function unwrapOnce(node: ts.Expression): ts.Expression {
  const isWrapper = ts.isParenthesizedExpression(node) || ts.isAwaitExpression(node) || ts.isSatisfiesExpression(node);
  return isWrapper || ts.isNonNullExpression(node) ? node.expression : node;
}

function listOf({ elements }: ts.ArrayLiteralExpression, inner: (node: ts.Expression) => Shape): Shape {
  const shapes = elements.map((element) =>
    ts.isSpreadElement(element) ? elementOf(inner(element.expression)) : inner(element),
  );
  return { kind: 'list', element: shapes.length === 0 ? UNKNOWN : shapes.reduce(either), form: 'array' };
}

function shapeOfCall(call: ts.CallExpression, context: ShapeContext, inner: (node: ts.Expression) => Shape): Shape {
  const callee = unwrap(call.expression);
  const [given] = call.arguments;
  if (ts.isIdentifier(callee)) return /^(String|Number|BigInt|parseInt)$/.test(callee.text) ? SCALAR : UNKNOWN;
  if (!ts.isPropertyAccessExpression(callee)) return UNKNOWN;
  const name = callee.name.text;
  const owner = callee.expression;
  const rows = rowsOf(name, owner, context);
  if (rows) return rows;
  if (ts.isIdentifier(owner) && (owner.text === 'Object' || owner.text === 'Array') && given) {
    if (name === 'keys') return { kind: 'list', element: SCALAR, form: 'array' };
    if (name !== 'from' || call.arguments.length > 1) return UNKNOWN;
    return { kind: 'list', element: elementOf(inner(given)), form: 'array' };
  }
  if (name === 'split') return { kind: 'list', element: SCALAR, form: 'array' };
  const list = present(inner(owner));
  if (list.kind === 'list') {
    if (SAME_ELEMENTS.test(name)) return { ...list, form: 'array' };
    if (name === 'flat' && !given && list.element.kind === 'list') return { ...list.element, form: 'array' };
    const body = name === 'map' && given ? returnedBy(unwrap(given)) : undefined;
    return body ? { kind: 'list', element: inner(body), form: 'array' } : UNKNOWN;
  }
  return TEXT_METHODS.test(name) && list.kind !== 'unknown' ? SCALAR : UNKNOWN;
}

/** What a read of rows gives; undefined for any other call. */
function rowsOf(operation: string, delegate: ts.Expression, { models }: ShapeContext): Shape | undefined {
  if (!/^find(Many|Unique|First)(OrThrow)?$/.test(operation)) return undefined;
  const accessor = memberName(unwrap(delegate));
  const model = [...models.values()].find((one) => one.accessor === accessor);
  const row: Shape = model ? { kind: 'row', model } : UNKNOWN;
  if (operation === 'findMany') return { kind: 'list', element: row, form: 'array' };
  return operation.endsWith('OrThrow') ? row : optional(row, { nulls: true, undefineds: false });
}

/** What an inline function without branches returns, if it is no promise. */
function returnedBy(callback: ts.Expression): ts.Expression | undefined {
  if (!ts.isArrowFunction(callback) || callback.modifiers) return undefined;
  if (!ts.isBlock(callback.body)) return callback.body;
  const [only] = callback.body.statements;
  return only && ts.isReturnStatement(only) ? only.expression : undefined;
}

function shapeOfName(node: ts.Identifier, context: ShapeContext, depth: number): Shape {
  const binding = context.tables.scopes.lookup(node.text, node);
  if (!binding) return UNKNOWN;
  const { declaration, writes } = binding;
  if (ts.isBindingElement(declaration)) return shapeOfElement(declaration, context, depth + 1);
  if (!ts.isParameter(declaration) && !ts.isVariableDeclaration(declaration)) return UNKNOWN;
  return writes.length > 0 && !declaration.type ? UNKNOWN : shapeOfDeclared(declaration, context, depth + 1);
}

/** What the whole of a declared name or pattern holds. */
function shapeOfDeclared(
  declaration: ts.ParameterDeclaration | ts.VariableDeclaration,
  context: ShapeContext,
  depth: number,
): Shape {
  const { type, initializer, parent } = declaration;
  if (type) {
    const shape = shapeOfType(type, context);
    const isLeftOut = ts.isParameter(declaration) && declaration.questionToken !== undefined;
    return isLeftOut ? optional(shape, { nulls: false, undefineds: true }) : shape;
  }
  if (initializer) return shapeOf(initializer, context, depth);
  if (ts.isVariableDeclaration(declaration)) {
    const loop = declaration.parent.parent;
    return ts.isForOfStatement(loop) ? elementOf(shapeOf(loop.expression, context, depth)) : UNKNOWN;
  }
  const isFirst = ts.isArrowFunction(parent) && parent.parameters[0] === declaration;
  const call = isFirst ? parent.parent : undefined;
  if (!call || !ts.isCallExpression(call) || call.arguments[0] !== parent) return UNKNOWN;
  const callee = unwrap(call.expression);
  if (!ts.isPropertyAccessExpression(callee) || /^(reduce|reduceRight|from|then)$/.test(callee.name.text))
    return UNKNOWN;
  return elementOf(shapeOf(callee.expression, context, depth));
}

/** `{ id }` of what is taken apart; `[users, teams]` of a `Promise.all`. */
function shapeOfElement(element: ts.BindingElement, context: ShapeContext, depth: number): Shape {
  const { parent, initializer, dotDotDotToken, name, propertyName: renamed } = element;
  const holder = parent.parent;
  if (initializer || dotDotDotToken || depth > MAX_DEPTH) return UNKNOWN;
  if (ts.isArrayBindingPattern(parent)) {
    const given = ts.isVariableDeclaration(holder) && holder.initializer ? unwrap(holder.initializer) : undefined;
    const list =
      given && ts.isCallExpression(given) && /\.(all|\$transaction)$/.test(given.expression.getText())
        ? given.arguments[0]
        : undefined;
    const member =
      list && ts.isArrayLiteralExpression(list) ? list.elements[parent.elements.indexOf(element)] : undefined;
    return member ? shapeOf(member, context, depth) : UNKNOWN;
  }
  const key = propertyName(renamed ?? name);
  const owner = ts.isBindingElement(holder)
    ? shapeOfElement(holder, context, depth + 1)
    : shapeOfDeclared(holder, context, depth + 1);
  return key === undefined ? UNKNOWN : memberOf(owner, key, context);
}
