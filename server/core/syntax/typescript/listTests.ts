import ts from 'typescript';
import type { RowTest } from './facts';
import { isReference, isWithin, memberName, unwrap, walk } from './nodes';
import type { Tables } from './tables';

/** What a callback asks of one row, with the values as nodes. */
export type RowTestNode = RowTest<ts.Expression>;

type Comparison = (RowTestNode & { kind: 'compare' })['operator'];
const COMPARISONS: ReadonlyMap<ts.SyntaxKind, Comparison> = new Map([
  [ts.SyntaxKind.EqualsEqualsEqualsToken, '='],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken, '!='],
  [ts.SyntaxKind.EqualsEqualsToken, '='],
  [ts.SyntaxKind.ExclamationEqualsToken, '!='],
  [ts.SyntaxKind.LessThanToken, '<'],
  [ts.SyntaxKind.LessThanEqualsToken, '<='],
  [ts.SyntaxKind.GreaterThanToken, '>'],
  [ts.SyntaxKind.GreaterThanEqualsToken, '>='],
]);
const MIRRORED: Readonly<Record<Comparison, Comparison>> = {
  '=': '=',
  '!=': '!=',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
};
const TEXT_TESTS: ReadonlyMap<string, 'startsWith' | 'endsWith' | 'contains'> = new Map([
  ['startsWith', 'startsWith'],
  ['endsWith', 'endsWith'],
  ['includes', 'contains'],
]);

/** Returns what an inline callback asks of its row; undefined where a part of it is no test of a column. */
export function readRowTest(callback: ts.Expression | undefined, tables: Tables): RowTestNode | undefined {
  if (!callback || !ts.isArrowFunction(callback) || callback.parameters.length !== 1) return undefined;
  if (callback.modifiers?.length || (callback.type && ts.isTypePredicateNode(callback.type))) return undefined;
  const body = returnedBy(callback);
  return body && new TestReader(callback, tables).test(body);
}

/** All that a short arrow function returns. */
export function returnedBy({ body }: ts.ArrowFunction): ts.Expression | undefined {
  if (!ts.isBlock(body)) return body;
  const [only] = body.statements.length === 1 ? body.statements : [];
  return only && ts.isReturnStatement(only) ? only.expression : undefined;
}

/** The column that an expression reads of a row: `row.city`, `city` of `({ city })`; undefined for anything else. */
export function columnOf(node: ts.Expression, row: ts.BindingName, tables: Tables): string | undefined {
  const expression = unwrap(node);
  if (ts.isIdentifier(row)) {
    if (!ts.isPropertyAccessExpression(expression) || !ts.isIdentifier(expression.expression)) return undefined;
    return isDeclaredBy(expression.expression, row.parent, tables) ? expression.name.text : undefined;
  }
  if (!ts.isObjectBindingPattern(row) || !ts.isIdentifier(expression)) return undefined;
  const element = row.elements.find((one) => ts.isIdentifier(one.name) && one.name.text === expression.text);
  if (!element || element.initializer || element.dotDotDotToken || !isDeclaredBy(expression, element, tables))
    return undefined;
  const name = element.propertyName ?? element.name;
  return ts.isIdentifier(name) ? name.text : undefined;
}

function isDeclaredBy(name: ts.Identifier, declaration: ts.Node, { scopes }: Tables): boolean {
  return scopes.lookup(name.text, name)?.declaration === declaration;
}

class TestReader {
  private readonly row: ts.BindingName | undefined;

  constructor(
    private readonly callback: ts.ArrowFunction,
    private readonly tables: Tables,
  ) {
    this.row = callback.parameters[0]?.name;
  }

  test(node: ts.Expression): RowTestNode | undefined {
    const expression = unwrap(node);
    if (ts.isBinaryExpression(expression)) return this.binary(expression);
    if (ts.isPrefixUnaryExpression(expression)) {
      if (expression.operator !== ts.SyntaxKind.ExclamationToken) return undefined;
      const part = this.test(expression.operand);
      return part && { kind: 'not', part };
    }
    if (ts.isCallExpression(expression)) return this.call(expression);
    const field = this.column(expression);
    return field === undefined ? undefined : { kind: 'truthy', field };
  }

  private binary({ left, operatorToken, right }: ts.BinaryExpression): RowTestNode | undefined {
    const { kind } = operatorToken;
    if (kind === ts.SyntaxKind.AmpersandAmpersandToken || kind === ts.SyntaxKind.BarBarToken) {
      const parts = [this.test(left), this.test(right)].flatMap((part) => part ?? []);
      if (parts.length < 2) return undefined;
      const joined = kind === ts.SyntaxKind.AmpersandAmpersandToken ? 'all' : 'any';
      return { kind: joined, parts: parts.flatMap((part) => (part.kind === joined ? part.parts : [part])) };
    }
    const operator = COMPARISONS.get(kind);
    if (!operator) return undefined;
    // `==` is another question than `===`, except of null.
    const isLoose = kind === ts.SyntaxKind.EqualsEqualsToken || kind === ts.SyntaxKind.ExclamationEqualsToken;
    if (isLoose && right.kind !== ts.SyntaxKind.NullKeyword) return undefined;
    return this.compare(left, operator, right) ?? this.compare(right, MIRRORED[operator], left);
  }

  private compare(left: ts.Expression, operator: Comparison, value: ts.Expression): RowTestNode | undefined {
    if (!this.isFixed(value)) return undefined;
    const field = this.column(left);
    if (field !== undefined) return { kind: 'compare', field, operator, value };
    const time = this.timeOf(left);
    return (
      time && { kind: 'compare', field: time.field, operator, value, time: time.optional ? 'optional' : 'certain' }
    );
  }

  private call(call: ts.CallExpression): RowTestNode | undefined {
    const [argument, ...others] = call.arguments;
    if (!argument || others.length > 0) return undefined;
    const callee = call.expression;
    if (ts.isIdentifier(callee)) return callee.text === 'Boolean' ? this.test(argument) : undefined;
    if (!ts.isPropertyAccessExpression(callee)) return undefined;
    const name = callee.name.text;
    const field = this.column(argument);
    if (field !== undefined && (name === 'includes' || name === 'has')) {
      const list = callee.expression;
      // A text, too, has `includes`, and a `Map` has `has`: that is the same as of its keys.
      if (!this.isFixed(list) || (name === 'includes' && !isArray(list, this.tables))) return undefined;
      return { kind: 'in', field, list, from: name === 'has' ? 'set' : 'array' };
    }
    const text = this.column(callee.expression);
    const how = TEXT_TESTS.get(name);
    if (text === undefined || !how || !this.isFixed(argument)) return undefined;
    return { kind: 'text', field: text, how, value: argument };
  }

  /** `row.createdAt.getTime()`, `+row.createdAt` */
  private timeOf(node: ts.Expression): { field: string; optional: boolean } | undefined {
    const expression = unwrap(node);
    if (!ts.isCallExpression(expression) || expression.arguments.length > 0) return undefined;
    const callee = expression.expression;
    if (!ts.isPropertyAccessExpression(callee) || memberName(callee) !== 'getTime') return undefined;
    const field = this.column(callee.expression);
    return field === undefined ? undefined : { field, optional: callee.questionDotToken !== undefined };
  }

  private column(node: ts.Expression): string | undefined {
    return this.row && columnOf(node, this.row, this.tables);
  }

  /** True if the value is the same for every row: it uses nothing of the callback's. */
  private isFixed(value: ts.Expression): boolean {
    let fixed = true;
    walk(value, (node) => {
      if (ts.isAwaitExpression(node)) fixed = false;
      if (ts.isIdentifier(node) && isReference(node)) {
        const binding = this.tables.scopes.lookup(node.text, node);
        if (binding && isWithin(binding.declaration, this.callback)) fixed = false;
      }
      return fixed;
    });
    return fixed;
  }
}

const MAKES_ARRAY: ReadonlySet<string> = new Set(
  'map filter flatMap slice concat keys values from split sort'.split(' '),
);

/** True for what the file shows to be an array: a literal, what a method of arrays gives, a name declared as one. */
function isArray(node: ts.Expression, tables: Tables): boolean {
  const expression = unwrap(node);
  if (ts.isArrayLiteralExpression(expression)) return true;
  if (ts.isCallExpression(expression)) return MAKES_ARRAY.has(memberName(expression.expression) ?? '');
  if (!ts.isIdentifier(expression)) return false;
  const declaration = tables.scopes.lookup(expression.text, expression)?.declaration;
  if (!declaration || !(ts.isVariableDeclaration(declaration) || ts.isParameter(declaration))) return false;
  if (declaration.type) return /\[\]$|^(?:readonly )?(?:Readonly)?Array</.test(declaration.type.getText());
  return declaration.initializer !== undefined && isArray(declaration.initializer, tables);
}
