import ts from 'typescript';
import { boundIdentifiers, type FunctionNode, isReference, isWithin, unwrap, walk } from '../nodes';
import type { ResolverFact } from '../resolverFacts';
import { type Binding, rootIdentifier } from '../scopes';
import type { Tables } from '../tables';

type Parent = number | 'this';

/** Reads what a resolver does with the object whose field it answers. */
export function readParentUse(
  fn: FunctionNode,
  parent: Parent,
  tables: Tables,
): Pick<ResolverFact, 'byParent' | 'preloaded' | 'forOne'> {
  const parameter = parent === 'this' ? undefined : fn.parameters[parent];
  if (!fn.body || (!parameter && parent !== 'this')) return { byParent: [] };
  const known = new Set(parameter ? bindingsOf(parameter.name, tables) : []);
  const isOfParent = (node: ts.Node): boolean => {
    if (parent === 'this' && isPartOfThis(node)) return true;
    const binding = ts.isIdentifier(node) && isReference(node) ? tables.scopes.lookup(node.text, node) : undefined;
    return binding !== undefined && known.has(binding);
  };
  // What the parent is destructured into holds its parts; a plain name holds all of it.
  const isWhole = parameter !== undefined && ts.isIdentifier(parameter.name);
  const preloaded = givesPreloaded(fn.body, (node) => {
    if (parent === 'this') return isPartOfThis(node);
    const holder = isWhole && ts.isPropertyAccessExpression(node) ? node.expression : node;
    return (!isWhole || holder !== node) && isOfParent(holder);
  });
  follow(fn.body, known, isOfParent, tables);
  const byParent = callsIn(fn.body)
    .filter((call) => call.arguments.some((argument) => mentions(argument, isOfParent)))
    .map((call) => call.expression.end);
  const forOne = isForOne(fn, isOfParent, tables);
  return { byParent, ...(preloaded ? { preloaded: true } : {}), ...(forOne ? { forOne: true } : {}) };
}

function bindingsOf(name: ts.BindingName, { scopes }: Tables): Binding[] {
  return boundIdentifiers(name).flatMap((identifier) => scopes.lookup(identifier.text, identifier) ?? []);
}

/** `this.id`, but not `this.load()`. */
function isPartOfThis(node: ts.Node): boolean {
  if (!ts.isPropertyAccessExpression(node) || node.expression.kind !== ts.SyntaxKind.ThisKeyword) return false;
  return !ts.isCallExpression(node.parent) || node.parent.expression !== node;
}

/** Adds the names that something of the parent goes into, until there are no more. */
function follow(body: ts.Node, known: Set<Binding>, isOfParent: (node: ts.Node) => boolean, tables: Tables): void {
  for (let before = -1; before < known.size; ) {
    before = known.size;
    walk(body, (node) => {
      if (ts.isVariableDeclaration(node)) {
        const source = ts.isForOfStatement(node.parent.parent) ? node.parent.parent.expression : node.initializer;
        if (source && mentions(source, isOfParent)) for (const found of bindingsOf(node.name, tables)) known.add(found);
      } else if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
        const target = ts.isIdentifier(node.left) ? tables.scopes.lookup(node.left.text, node.left) : undefined;
        if (target && mentions(node.right, isOfParent)) known.add(target);
      } else if (ts.isCallExpression(node) && mentions(node.expression, isOfParent)) {
        // `post.tags.map((tag) => …)`
        for (const argument of node.arguments) {
          if (!ts.isArrowFunction(argument) && !ts.isFunctionExpression(argument)) continue;
          for (const { name } of argument.parameters) for (const found of bindingsOf(name, tables)) known.add(found);
        }
      }
      return true;
    });
  }
}

function callsIn(body: ts.Node): ts.CallExpression[] {
  const found: ts.CallExpression[] = [];
  walk(body, (node) => {
    if (ts.isCallExpression(node)) found.push(node);
    return true;
  });
  return found;
}

function mentions(root: ts.Node, test: (node: ts.Node) => boolean): boolean {
  let found = false;
  walk(root, (node) => {
    found ||= test(node);
    return !found;
  });
  return found;
}

const FALLBACKS: ReadonlySet<ts.SyntaxKind> = new Set([ts.SyntaxKind.QuestionQuestionToken, ts.SyntaxKind.BarBarToken]);

/**
 * True for `if (user.posts) return user.posts`, `if (!user.posts) { … } return user.posts`, `user.posts ?? read()`:
 * the read is for those that came without.
 */
function givesPreloaded(body: ts.Node, isPart: (node: ts.Node) => boolean): boolean {
  const asked = new Set<string>();
  const given = new Set<string>();
  let fallsBack = false;
  const give = (expression: ts.Expression | undefined): void => {
    const part = expression && leftmostPart(expression, isPart);
    if (part) given.add(nameOfPart(part));
  };
  if (ts.isExpression(body)) give(body);
  walk(body, (node) => {
    if (ts.isReturnStatement(node)) give(node.expression);
    else if (ts.isIfStatement(node)) for (const part of partsIn(node.expression, isPart)) asked.add(part);
    else if (ts.isConditionalExpression(node)) {
      for (const part of partsIn(node.condition, isPart)) asked.add(part);
      give(node.whenTrue);
      give(node.whenFalse);
    } else if (ts.isBinaryExpression(node) && FALLBACKS.has(node.operatorToken.kind)) {
      fallsBack ||= isPart(node.left) && mentions(node.right, ts.isCallExpression);
    }
    return true;
  });
  return fallsBack || [...given].some((part) => asked.has(part));
}

/** `user.posts` of `user.posts.slice(0, 3)`. What is handed to a call (`findUser(post.authorId)`) is a key, not the answer. */
function leftmostPart(expression: ts.Expression, isPart: (node: ts.Node) => boolean): ts.Expression | undefined {
  const node = unwrap(expression);
  if (isPart(node)) return node;
  const isChain = ts.isPropertyAccessExpression(node) || ts.isCallExpression(node);
  return isChain ? leftmostPart(node.expression, isPart) : undefined;
}

function nameOfPart(part: ts.Node): string {
  return part.getText().replace(/\?/g, '');
}

/**
 * True for `if (viewer.id !== user.id) return []`: it goes on for the one parent that an argument or the context
 * names. A comparison with a literal or a constant says nothing of how many there are.
 */
function isForOne(fn: FunctionNode, isOfParent: (node: ts.Node) => boolean, tables: Tables): boolean {
  const body = fn.body && ts.isBlock(fn.body) ? fn.body.statements : [];
  return body.some((statement) => {
    if (!ts.isIfStatement(statement) || statement.elseStatement || !alwaysLeaves(statement.thenStatement)) return false;
    const condition = unwrap(statement.expression);
    return ts.isBinaryExpression(condition) && UNEQUAL.has(condition.operatorToken.kind)
      ? namesOne(condition, fn, isOfParent, tables)
      : false;
  });
}

/** True for a check of rights that lets the viewer see what is theirs: `(user, args, { viewer }) => viewer.id === user.id`. */
export function letsViewerPass(fn: FunctionNode, tables: Tables): boolean {
  const parent = fn.parameters[0];
  if (!fn.body || !parent) return false;
  const known = new Set(bindingsOf(parent.name, tables));
  const isOfParent = (node: ts.Node): boolean => {
    const binding = ts.isIdentifier(node) && isReference(node) ? tables.scopes.lookup(node.text, node) : undefined;
    return binding !== undefined && known.has(binding);
  };
  return mentions(
    fn.body,
    (node) =>
      ts.isBinaryExpression(node) && EQUAL.has(node.operatorToken.kind) && namesOne(node, fn, isOfParent, tables),
  );
}

/** True for a comparison of something of the parent with something that the function is given beside it. */
function namesOne(
  { left, right }: ts.BinaryExpression,
  fn: FunctionNode,
  isOfParent: (node: ts.Node) => boolean,
  { scopes }: Tables,
): boolean {
  const isGiven = (node: ts.Expression): boolean => {
    const root = rootIdentifier(unwrap(node));
    const declaration = root && scopes.lookup(root.text, root)?.declaration;
    return declaration !== undefined && isWithin(declaration, fn) && !mentions(node, isOfParent);
  };
  return (mentions(left, isOfParent) && isGiven(right)) || (mentions(right, isOfParent) && isGiven(left));
}

const UNEQUAL: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.ExclamationEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
]);
const EQUAL: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.EqualsEqualsToken,
  ts.SyntaxKind.EqualsEqualsEqualsToken,
]);

/** Also where the last statement calls what throws: `throwErr(NOT_YOURS)`. */
function alwaysLeaves(statement: ts.Statement): boolean {
  const last = ts.isBlock(statement) ? statement.statements.at(-1) : statement;
  if (!last) return false;
  const call = ts.isExpressionStatement(last) ? unwrap(last.expression) : undefined;
  return (
    ts.isReturnStatement(last) ||
    ts.isThrowStatement(last) ||
    (call !== undefined && ts.isCallExpression(call) && /^throw/i.test(call.expression.getText()))
  );
}

function partsIn(root: ts.Node, isPart: (node: ts.Node) => boolean): string[] {
  const found: string[] = [];
  walk(root, (node) => {
    if (isPart(node)) found.push(nameOfPart(node));
    return true;
  });
  return found;
}
