import ts from 'typescript';
import type { AwaitBindingFact } from './facts';
import { enclosingFunction, isBroken, isWithin, memberName } from './nodes';
import { isAssignment, isPure } from './purity';
import { rootIdentifier } from './scopes';
import type { Tables } from './tables';

/** Methods that give another answer, or leave another rest, each time: their order is kept. */
const TAKING_METHODS: ReadonlySet<string> = new Set('next pop shift push unshift splice dequeue'.split(' '));

/** An awaiting statement or declaration, or one without effects. */
export interface BlockItem {
  /** What the item is made of: the declaration, or the whole statement. */
  readonly node: ts.VariableDeclaration | ts.ExpressionStatement;
  readonly statement: ts.Statement;
  readonly keyword?: 'const' | 'let' | 'var';
  readonly awaited?: AwaitedPart;
}

export interface AwaitedPart {
  /** What stands behind `await`; a conditional expression of which a branch awaits. */
  readonly expression: ts.Expression;
  /** The types of the casts around `await`, from the inside out. */
  readonly casts: readonly ts.TypeNode[];
  readonly binding?: { readonly kind: AwaitBindingFact['kind']; readonly target: ts.Node; readonly type?: ts.TypeNode };
}

/**
 * The items of a statement, one for each of its declarations; undefined where it may do more than
 * await and declare: such a statement ends a run.
 */
export function blockItems(statement: ts.Statement, tables: Tables): BlockItem[] | undefined {
  const items = itemsOf(statement, tables);
  // What is half-written may yet turn into a use of what stands before.
  return items?.some((item) => item.awaited) && isBroken(statement) ? undefined : items;
}

function itemsOf(statement: ts.Statement, tables: Tables): BlockItem[] | undefined {
  if (ts.isExpressionStatement(statement)) {
    const awaited = awaitingExpression(statement.expression, tables);
    if (awaited) return [{ node: statement, statement, awaited }];
    return isDateSetter(statement, tables) ? [{ node: statement, statement }] : undefined;
  }
  if (!ts.isVariableStatement(statement) || statement.modifiers) return undefined;
  const keyword = keywordOf(statement.declarationList);
  if (!keyword) return undefined;
  const items = statement.declarationList.declarations.map((node) => declarationItem(node, statement, keyword, tables));
  return items.every((item) => item !== undefined) ? items : undefined;
}

function declarationItem(
  node: ts.VariableDeclaration,
  statement: ts.Statement,
  keyword: 'const' | 'let' | 'var',
  tables: Tables,
): BlockItem | undefined {
  if (!isPlainPattern(node.name, tables)) return undefined;
  const parts = node.initializer && awaitParts(node.initializer, tables);
  if (parts) {
    const binding = { kind: keyword, target: node.name, ...(node.type && { type: node.type }) };
    return { node, statement, keyword, awaited: { ...parts, binding } };
  }
  const pure = !node.initializer || (isPure(node.initializer, tables.scopes) && !readsClock(node.initializer));
  return pure ? { node, statement, keyword } : undefined;
}

/** `Date.now()`, `Date.now() - start`: the time that the awaits before it took is being measured. */
function readsClock(node: ts.Expression): boolean {
  if (ts.isBinaryExpression(node)) return readsClock(node.left);
  return ts.isCallExpression(node) && node.expression.getText() === 'Date.now';
}

function awaitingExpression(node: ts.Expression, tables: Tables): AwaitedPart | undefined {
  if (!ts.isBinaryExpression(node)) return awaitParts(node, tables);
  if (node.operatorToken.kind !== ts.SyntaxKind.EqualsToken || !isLocalPlace(node.left, tables)) return undefined;
  const parts = awaitParts(node.right, tables);
  return parts && { ...parts, binding: { kind: 'assignment', target: node.left } };
}

/** `start.setHours(0, 0, 0, 0)` of a date that the same block declares: a part of its declaration. */
function isDateSetter({ expression, parent }: ts.ExpressionStatement, tables: Tables): boolean {
  if (!ts.isCallExpression(expression) || !ts.isPropertyAccessExpression(expression.expression)) return false;
  const { expression: date, name } = expression.expression;
  if (
    !ts.isIdentifier(date) ||
    !/^set(UTC)?(FullYear|Month|Date|Hours|Minutes|Seconds|Milliseconds|Time)$/.test(name.text)
  ) {
    return false;
  }
  const binding = tables.scopes.lookup(date.text, date);
  const declaration = binding?.declaration;
  const made = declaration && ts.isVariableDeclaration(declaration) && declaration.initializer;
  if (!made || binding.scope !== parent || !ts.isNewExpression(made) || made.expression.getText() !== 'Date')
    return false;
  return expression.arguments.every((argument) => isPure(argument, tables.scopes));
}

/** `await f()`, `(await f()) as T`, `found ? await f() : []`; undefined where more is done with the result, or on the way to the call. */
function awaitParts(node: ts.Expression, tables: Tables): AwaitedPart | undefined {
  const casts: ts.TypeNode[] = [];
  let current = node;
  while (ts.isParenthesizedExpression(current) || ts.isAsExpression(current)) {
    if (ts.isAsExpression(current)) {
      if (ts.isConstTypeReference(current.type)) return undefined;
      casts.unshift(current.type);
    }
    current = current.expression;
  }
  if (ts.isConditionalExpression(current) && casts.length === 0) {
    return isConditionalAwait(current, tables) ? { expression: current, casts } : undefined;
  }
  if (!ts.isAwaitExpression(current)) return undefined;
  const { expression } = current;
  return changesNothingItself(expression, tables) ? { expression, casts } : undefined;
}

/** A condition that only computes, and branches that await one call or only compute. */
function isConditionalAwait({ condition, whenTrue, whenFalse }: ts.ConditionalExpression, tables: Tables): boolean {
  const branches = [whenTrue, whenFalse].map((branch) => {
    let current = branch;
    while (ts.isParenthesizedExpression(current)) current = current.expression;
    return current;
  });
  const harmless = branches.every((branch) =>
    ts.isAwaitExpression(branch) ? changesNothingItself(branch.expression, tables) : isPure(branch, tables.scopes),
  );
  return harmless && branches.some(ts.isAwaitExpression) && isPure(condition, tables.scopes);
}

/** No await, assignment or `yield` among the arguments: these would be done earlier than before. */
function changesNothingItself(node: ts.Node, tables: Tables): boolean {
  if (ts.isAwaitExpression(node) || ts.isYieldExpression(node) || ts.isDeleteExpression(node)) return false;
  if (ts.isBinaryExpression(node) && isAssignment(node)) return false;
  if (ts.isPostfixUnaryExpression(node)) return false;
  if (ts.isPrefixUnaryExpression(node) && isStep(node.operator)) return false;
  if (ts.isCallExpression(node) && TAKING_METHODS.has(memberName(node.expression) ?? '')) return false;
  if (tables.functionIndex.has(node)) return true;
  return !ts.forEachChild(node, (child) => !changesNothingItself(child, tables));
}

function isStep(operator: ts.PrefixUnaryOperator): boolean {
  return operator === ts.SyntaxKind.PlusPlusToken || operator === ts.SyntaxKind.MinusMinusToken;
}

/** A name, or a member of one: `this.x` may be read by any method, so it is none. */
function isLocalPlace(node: ts.Expression, tables: Tables): boolean {
  const root = rootIdentifier(node);
  if (!root || (!ts.isIdentifier(node) && !ts.isPropertyAccessExpression(node))) return false;
  const declaration = tables.scopes.lookup(root.text, root)?.declaration;
  if (!declaration || !ts.isVariableDeclaration(declaration)) return false;
  if (enclosingFunction(declaration) !== enclosingFunction(node) || isSeenByHandler(root, tables)) return false;
  return ts.isIdentifier(node) || (declaration.initializer !== undefined && isFreshObject(declaration.initializer));
}

/** A `catch` or `finally` looks at the name: it would see another state if a later await of the run fails. */
function isSeenByHandler(name: ts.Identifier, tables: Tables): boolean {
  for (let node: ts.Node = name; !ts.isSourceFile(node); node = node.parent) {
    const { parent } = node;
    if (!ts.isTryStatement(parent) || parent.tryBlock !== node) continue;
    const handlers = [parent.catchClause, parent.finallyBlock].filter((handler) => handler !== undefined);
    if (tables.named(name.text).some((use) => handlers.some((handler) => isWithin(use, handler)))) return true;
  }
  return false;
}

function isFreshObject(node: ts.Expression): boolean {
  let current = node;
  while (ts.isAsExpression(current) || ts.isSatisfiesExpression(current)) current = current.expression;
  return ts.isObjectLiteralExpression(current);
}

/** A name or a pattern whose defaults only compute. */
function isPlainPattern(name: ts.BindingName, tables: Tables): boolean {
  if (ts.isIdentifier(name)) return true;
  return name.elements.every((element) => {
    if (!ts.isBindingElement(element)) return true;
    const { initializer, propertyName } = element;
    if (initializer && !isPure(initializer, tables.scopes)) return false;
    return !(propertyName && ts.isComputedPropertyName(propertyName)) && isPlainPattern(element.name, tables);
  });
}

function keywordOf(list: ts.VariableDeclarationList): 'const' | 'let' | 'var' | undefined {
  switch (list.flags & ts.NodeFlags.BlockScoped) {
    case ts.NodeFlags.Const:
      return 'const';
    case ts.NodeFlags.Let:
      return 'let';
    case 0:
      return 'var';
    default:
      return undefined;
  }
}
