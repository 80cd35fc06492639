import ts from 'typescript';
import { isReference, outerParent, propertyName, walk } from '../syntax/typescript/nodes';
import { outermostFunction } from './returnedRows';

/** What is asked of rows that stay: a page of them would give another answer. */
const QUESTIONS: ReadonlySet<string> = new Set(
  'length some every find findLast findIndex includes indexOf at has get size'.split(' '),
);
/** What hands its arguments to whoever asked, by its name, or by whom it is given to answer. */
const ANSWERS =
  /^(?:json|send|render|respon[ds]|reply|ok$|success|created$|write|end$|resolve|emit|publish|enqueue|callback$|cb$|done$|next$|set[A-Z])/;
const ASKER = /^(?:res|resp|response|reply|ctx|context)$/;
/** What puts something into a list, a set or a map. */
const COLLECTING: ReadonlySet<string> = new Set(['push', 'unshift', 'add', 'set']);
/** What makes one number of a list. */
const FOLDS = /^(?:sum|mean|average|count|min|max)(?:By|Of)?$/;
const LOOKUPS: ReadonlySet<string> = new Set(['Set', 'Map', 'WeakSet', 'WeakMap']);

/**
 * True if the rows of a `findMany`, or a list made of them, may leave the functions around it: to be shown, where a
 * page serves. False where all of them are wanted right here: worked through one by one, or searched, counted, added
 * up, be it besides. Follows names within the functions; whatever it does not know may let them out.
 */
export function mayLeaveAsList(call: ts.CallExpression): boolean {
  const trail = new RowsTrail(outermostFunction(call));
  return trail.leaves(call) && !trail.isFolded;
}

class RowsTrail {
  /** Something is added up, or counted, of what was followed so far. */
  isFolded = false;
  private readonly followed = new Set<string>();

  constructor(private readonly within: ts.Node) {}

  leaves(node: ts.Node): boolean {
    const parent = outerParent(node);
    if (ts.isExpressionStatement(parent)) return false;
    if (ts.isVariableDeclaration(parent)) return this.namesLeave(parent.name);
    if (ts.isBinaryExpression(parent)) return this.leavesOperator(parent, node);
    if (ts.isConditionalExpression(parent)) return !holds(parent.condition, node) && this.leaves(parent);
    if (ts.isPropertyAccessExpression(parent)) return this.leavesMember(parent);
    if (ts.isElementAccessExpression(parent)) return false;
    if (ts.isCallExpression(parent)) return this.leavesCall(parent);
    if (ts.isNewExpression(parent)) return !LOOKUPS.has(parent.expression.getText()) && this.leaves(parent);
    if (ts.isForOfStatement(parent)) return holds(parent.expression, node) && this.collectedLeave(parent.statement);
    if (isCondition(parent)) return false;
    return isPartOfValue(parent) ? this.leaves(parent) : true;
  }

  private leavesOperator(parent: ts.BinaryExpression, node: ts.Node): boolean {
    switch (parent.operatorToken.kind) {
      case ts.SyntaxKind.EqualsToken:
        return !ts.isIdentifier(parent.left) || this.nameLeaves(parent.left.text);
      case ts.SyntaxKind.QuestionQuestionToken:
      case ts.SyntaxKind.BarBarToken:
        return this.leaves(parent);
      case ts.SyntaxKind.AmpersandAmpersandToken:
        return holds(parent.right, node) && this.leaves(parent);
      default:
        return false;
    }
  }

  private leavesMember(member: ts.PropertyAccessExpression): boolean {
    const name = member.name.text;
    const call = outerParent(member);
    if (QUESTIONS.has(name)) return false;
    if (!ts.isCallExpression(call) || call.expression !== member) return this.leaves(member);
    const [callback] = call.arguments;
    if (name === 'forEach') return !callback || this.collectedLeave(callback);
    return /^reduce(?:Right)?$/.test(name) && isNumber(call.arguments[1]) ? this.fold() : this.leaves(call);
  }

  private fold(): boolean {
    this.isFolded = true;
    return false;
  }

  private leavesCall(call: ts.CallExpression): boolean {
    const { expression, arguments: given } = call;
    const owner = ts.isPropertyAccessExpression(expression) ? expression.expression : undefined;
    const name = ts.isPropertyAccessExpression(expression) ? expression.name.text : expression.getText();
    if (owner && COLLECTING.has(name)) return this.rootLeaves(owner);
    if (ANSWERS.test(name) && owner?.getText() !== 'Promise') return true;
    if (owner?.getText() === 'Math' || FOLDS.test(name)) return this.fold();
    return given.some((argument) => ASKER.test(argument.getText())) || this.leaves(call);
  }

  /** What a loop's body pushes somewhere, sets or yields. What it sends, it sends row by row: all of them. */
  private collectedLeave(body: ts.Node): boolean {
    let found = false;
    walk(body, (node) => {
      if (ts.isYieldExpression(node) || ts.isReturnStatement(node)) found ||= node.expression !== undefined;
      if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
        const { name, expression } = node.expression;
        if (COLLECTING.has(name.text)) found = this.rootLeaves(expression) || found;
      }
      if (isCounted(node)) this.fold();
      else if (ts.isBinaryExpression(node) && isAssignment(node)) found = this.rootLeaves(node.left) || found;
      return true;
    });
    return found;
  }

  /** `groups` of `groups[row.kind].items`. */
  private rootLeaves(place: ts.Expression): boolean {
    let root = place;
    while (ts.isPropertyAccessExpression(root) || ts.isElementAccessExpression(root)) root = root.expression;
    return !ts.isIdentifier(root) || this.nameLeaves(root.text);
  }

  private namesLeave(name: ts.BindingName): boolean {
    if (ts.isIdentifier(name)) return this.nameLeaves(name.text);
    const leaving = name.elements.map((element) => ts.isBindingElement(element) && this.namesLeave(element.name));
    return leaving.includes(true);
  }

  private nameLeaves(name: string): boolean {
    if (this.followed.has(name)) return false;
    this.followed.add(name);
    let found = false;
    walk(this.within, (node) => {
      if (ts.isIdentifier(node) && node.text === name && isRead(node)) found = this.leaves(node) || found;
      return true;
    });
    return found;
  }
}

/** `total += row.amount`, `count++`. */
function isCounted(node: ts.Node): boolean {
  if (ts.isPostfixUnaryExpression(node)) return true;
  const kind = ts.isBinaryExpression(node) ? node.operatorToken.kind : undefined;
  return kind === ts.SyntaxKind.PlusEqualsToken || kind === ts.SyntaxKind.MinusEqualsToken;
}

/** `0`, `new Decimal(0)`: what a sum starts from. */
function isNumber(node: ts.Expression | undefined): boolean {
  if (!node) return false;
  return ts.isNewExpression(node) ? /Decimal$|^Big$/.test(node.expression.getText()) : ts.isNumericLiteral(node);
}

function holds(part: ts.Node, node: ts.Node): boolean {
  return part.pos <= node.pos && node.end <= part.end;
}

function isRead(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isVariableDeclaration(parent) || ts.isParameter(parent)) return parent.initializer === node;
  if (ts.isBinaryExpression(parent) && parent.left === node) return !isAssignment(parent);
  if (ts.isPropertyAssignment(parent) && propertyName(parent.name) === node.text) return parent.initializer === node;
  return !ts.isBindingElement(parent) && !ts.isTypeNode(parent) && isReference(node);
}

function isAssignment({ operatorToken: { kind } }: ts.BinaryExpression): boolean {
  return ts.SyntaxKind.FirstAssignment <= kind && kind <= ts.SyntaxKind.LastAssignment;
}

function isCondition(node: ts.Node): boolean {
  return (
    ts.isIfStatement(node) ||
    ts.isPrefixUnaryExpression(node) ||
    ts.isWhileStatement(node) ||
    ts.isTypeOfExpression(node)
  );
}

/** A literal or a copy that what is in it becomes a part of. */
function isPartOfValue(node: ts.Node): boolean {
  return (
    ts.isPropertyAssignment(node) ||
    ts.isShorthandPropertyAssignment(node) ||
    ts.isObjectLiteralExpression(node) ||
    ts.isArrayLiteralExpression(node) ||
    ts.isSpreadElement(node) ||
    ts.isSpreadAssignment(node)
  );
}
