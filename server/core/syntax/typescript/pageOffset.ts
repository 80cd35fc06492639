import ts from 'typescript';
import { enclosingFunction, isFunctionNode, memberName, propertyName, unwrap, walk } from './nodes';
import type { CallNode, Tables } from './tables';

const PAGE = /^(?:page|page_?(?:number|num|no|index)|current_?page)$/i;
/** How many names may stand between `skip` and the product that it is. */
const MAX_NAMES = 4;
const CAPS = /\.(?:max|lte|lt)\(|@Max\(|\bmaximum\b/;

/**
 * True if the `skip` of a query is a page's number times its size, and nothing in the file keeps the number
 * low: no `Math.min`, no `clamp`, no comparison with a highest page, no `.max(…)` where the input is described.
 */
export function skipsWholePages(call: CallNode, tables: Tables): boolean {
  if (!ts.isCallExpression(call) || memberName(unwrap(call.expression)) !== 'findMany') return false;
  const [argument] = call.arguments;
  const args = argument && follow(unwrap(argument), tables, 0);
  if (!args || !ts.isObjectLiteralExpression(args)) return false;
  const skip = args.properties.find((property) => property.name && propertyName(property.name) === 'skip');
  const offset = skip && givenTo(skip);
  const page = offset && pageIn(offset, tables, 0);
  return page !== undefined && !isCapped(page, call, tables);
}

function givenTo(property: ts.ObjectLiteralElementLike): ts.Expression | undefined {
  if (ts.isPropertyAssignment(property)) return property.initializer;
  return ts.isShorthandPropertyAssignment(property) ? property.name : undefined;
}

/** The page's number in `(page - 1) * size`, through names, `?:`, `??`, `Math.max`; undefined where it is capped, or none. */
function pageIn(node: ts.Expression, tables: Tables, depth: number): ts.Expression | undefined {
  const offset = follow(unwrap(node), tables, depth);
  if (ts.isConditionalExpression(offset)) {
    return pageIn(offset.whenTrue, tables, depth + 1) ?? pageIn(offset.whenFalse, tables, depth + 1);
  }
  if (ts.isCallExpression(offset) && isMath(offset, 'max')) {
    return offset.arguments.map((one) => pageIn(one, tables, depth + 1)).find((page) => page !== undefined);
  }
  if (!ts.isBinaryExpression(offset)) return undefined;
  switch (offset.operatorToken.kind) {
    case ts.SyntaxKind.AsteriskToken:
      return numberIn(offset.left, tables, depth) ?? numberIn(offset.right, tables, depth);
    case ts.SyntaxKind.QuestionQuestionToken:
    case ts.SyntaxKind.BarBarToken:
      return pageIn(offset.left, tables, depth + 1);
    default:
      return undefined;
  }
}

/** The page's number in `page`, `page - 1`, `Number(query.page)`, `Math.max(page - 1, 0)`, `(page ?? 1) - 1`. */
function numberIn(node: ts.Expression, tables: Tables, depth: number): ts.Expression | undefined {
  const factor = unwrap(node);
  if (depth > MAX_NAMES) return undefined;
  if (ts.isIdentifier(factor) || ts.isPropertyAccessExpression(factor)) {
    const name = ts.isIdentifier(factor) ? factor.text : factor.name.text;
    const meant = follow(factor, tables, depth);
    if (meant !== factor)
      return isPlain(meant) ? (numberIn(meant, tables, depth + 1) ?? named(name, factor)) : undefined;
    return named(name, factor);
  }
  if (ts.isBinaryExpression(factor)) return numberIn(factor.left, tables, depth + 1);
  if (!ts.isCallExpression(factor) || isMath(factor, 'min')) return undefined;
  const converts = isMath(factor, 'max') || /^(?:Number|parseInt|Number\.parseInt)$/.test(factor.expression.getText());
  if (!converts) return undefined;
  return factor.arguments.map((one) => numberIn(one, tables, depth + 1)).find((page) => page !== undefined);
}

function named(name: string, node: ts.Expression): ts.Expression | undefined {
  return PAGE.test(name) ? node : undefined;
}

/** Nothing in it may keep a number low. */
function isPlain(node: ts.Node): boolean {
  return !/\bMath\.min\b|clamp/i.test(node.getText());
}

/** The expression that a name holds which is declared once and never assigned again; the node itself where it is none. */
function follow(node: ts.Expression, { scopes }: Tables, depth: number): ts.Expression {
  if (!ts.isIdentifier(node) || depth > MAX_NAMES) return node;
  const binding = scopes.lookup(node.text, node);
  const declaration = binding?.declaration;
  if (!declaration || binding.writes.length > 0 || !ts.isVariableDeclaration(declaration)) return node;
  return ts.isIdentifier(declaration.name) && declaration.initializer ? unwrap(declaration.initializer) : node;
}

function isMath(call: ts.CallExpression, method: string): boolean {
  return call.expression.getText() === `Math.${method}`;
}

/** True if the page's number is compared with a highest one, or described with one. */
function isCapped(page: ts.Expression, call: CallNode, tables: Tables): boolean {
  const name = ts.isIdentifier(page) ? page.text : (memberName(page) ?? '');
  const described = tables.named(name).some(({ parent }) => {
    const describes = ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent);
    return describes && CAPS.test(parent.getText());
  });
  return described || isCompared(name, call);
}

function isCompared(name: string, call: CallNode): boolean {
  let around: ts.Node = call;
  for (let fn = enclosingFunction(call); isFunctionNode(fn); fn = enclosingFunction(fn)) around = fn;
  let compared = false;
  walk(around, (node) => {
    if (ts.isBinaryExpression(node)) {
      const { left, right, operatorToken } = node;
      const [higher, lower] = /^>=?$/.test(operatorToken.getText())
        ? [left, right]
        : /^<=?$/.test(operatorToken.getText())
          ? [right, left]
          : [];
      compared ||=
        higher !== undefined && lower !== undefined && isNamed(higher, name) && !/^-?[01]$/.test(lower.getText());
    }
    return !compared;
  });
  return compared;
}

function isNamed(node: ts.Expression, name: string): boolean {
  const inner = unwrap(node);
  return ts.isIdentifier(inner) ? inner.text === name : memberName(inner) === name;
}
