import ts from 'typescript';
import type { NarrowingFact } from './facts';
import { columnOf, readRowTest, returnedBy } from './listTests';
import { lengthUseOf } from './listUseLength';
import { readListPlaces, usesOfName } from './listUsePlaces';
import { enclosingFunction, isWithin, unwrap } from './nodes';
import type { Tables } from './tables';

/** A narrowing with its values as nodes. */
export type NarrowingNode = NarrowingFact<ts.Expression>;

/** Where the rows of a query are narrowed, and by what. */
export interface Narrowing {
  readonly steps: readonly NarrowingNode[];
  /** The name the rows are given by the query, where they are. */
  readonly name?: ts.Identifier;
  /** What stands for the rows where the first step is taken. */
  readonly rows: ts.Expression;
  /** The last step, with all the steps before it: what stands for what is left. */
  readonly result: ts.Expression;
  /** The names that what is left after a step was given on the way: `const open = rows.filter(…)`. */
  readonly aliases: readonly ts.Identifier[];
  /** `.then((rows) => …)`, where that is what names them. */
  readonly then?: ts.CallExpression;
  /** The rows, or their number, also stand in a log line. */
  readonly logged: boolean;
}

/**
 * Reads how the rows of a call are narrowed, where that is all that is done with them: once, in the function that
 * reads them, in no loop of its own. Undefined otherwise.
 */
export function readNarrowing(call: ts.CallExpression, tables: Tables): Narrowing | undefined {
  const places = readListPlaces(call, tables);
  if (!places) return undefined;
  const used = places.uses.filter((use) => !isLogged(use));
  const [rows] = used;
  if (!rows || used.length > 1 || !runsOnce(rows, places.then ? rows : call)) return undefined;
  const read = readSteps(rows, call, tables);
  if (read.steps.length === 0) return undefined;
  const { name, then } = places;
  return { ...read, rows, logged: places.uses.length > 1, ...(name ? { name } : {}), ...(then ? { then } : {}) };
}

function readSteps(
  rows: ts.Expression,
  call: ts.Node,
  tables: Tables,
): Pick<Narrowing, 'steps' | 'result' | 'aliases'> {
  const steps: NarrowingNode[] = [];
  const aliases: ts.Identifier[] = [];
  let result = rows;
  for (;;) {
    const next = stepAfter(result, tables);
    if (next) {
      if (isAfterLast(steps)) break;
      steps.push(next.step);
      result = next.call;
      continue;
    }
    const alias = steps.length > 0 && !isAfterLast(steps) ? aliasOf(result) : undefined;
    const [use, ...others] = (alias && usesOfName(alias, tables)) ?? [];
    // A length is asked of all that is left; the name stays for the one who asks.
    if (!alias || !use || others.length > 0 || lengthUseOf(use) || !stepAfter(use, tables) || !runsOnce(use, call))
      break;
    aliases.push(alias);
    result = use;
  }
  return { steps, result, aliases };
}

/** After `find`, `some` and `every` there is no list any more; after `slice`, a further step is about a page. */
function isAfterLast(steps: readonly NarrowingNode[]): boolean {
  const last = steps.at(-1)?.step;
  return last !== undefined && last !== 'filter' && last !== 'sort';
}

/** The `const` that an expression is all of; undefined where it is kept otherwise. */
export function aliasOf(result: ts.Expression): ts.Identifier | undefined {
  const { parent } = result;
  if (!ts.isVariableDeclaration(parent) || parent.initializer !== result || !ts.isIdentifier(parent.name))
    return undefined;
  return (parent.parent.flags & ts.NodeFlags.Const) === 0 ? undefined : parent.name;
}

function stepAfter(
  rows: ts.Expression,
  tables: Tables,
): { readonly step: NarrowingNode; readonly call: ts.CallExpression } | undefined {
  const member = rows.parent;
  if (!ts.isPropertyAccessExpression(member) || member.expression !== rows) return undefined;
  const call = member.parent;
  if (!ts.isCallExpression(call) || call.expression !== member) return undefined;
  const step = readStep(member.name.text, call.arguments, tables);
  return step && { step, call };
}

function readStep(name: string, given: readonly ts.Expression[], tables: Tables): NarrowingNode | undefined {
  switch (name) {
    case 'filter':
    case 'find':
    case 'some':
    case 'every': {
      const test = given.length === 1 ? readRowTest(given[0], tables) : undefined;
      return test && { step: name, test };
    }
    case 'sort':
    case 'toSorted':
      return given.length === 1 ? readSort(given[0], tables) : undefined;
    case 'slice':
      return readSlice(given);
    default:
      return undefined;
  }
}

/** `(a, b) => a.rank - b.rank`, also by `getTime()` and `localeCompare` */
function readSort(callback: ts.Expression | undefined, tables: Tables): NarrowingNode | undefined {
  if (!callback || !ts.isArrowFunction(callback)) return undefined;
  const [a, b] = callback.parameters.map(({ name }) => name);
  const body = returnedBy(callback);
  const compared = body && comparedParts(unwrap(body));
  if (!a || !b || !compared) return undefined;
  const { left, right, text } = compared;
  const [first, second] = [columnOf(left, a, tables), columnOf(right, b, tables)];
  const reversed = first === undefined;
  const field = first ?? columnOf(left, b, tables);
  const other = reversed ? columnOf(right, a, tables) : second;
  if (field === undefined || field !== other) return undefined;
  return { step: 'sort', field, descending: reversed, ...(text ? { text: true } : {}) };
}

function comparedParts(body: ts.Expression): { left: ts.Expression; right: ts.Expression; text: boolean } | undefined {
  if (ts.isBinaryExpression(body) && body.operatorToken.kind === ts.SyntaxKind.MinusToken)
    return { left: timed(body.left), right: timed(body.right), text: false };
  if (!ts.isCallExpression(body) || !ts.isPropertyAccessExpression(body.expression)) return undefined;
  const [right, ...others] = body.arguments;
  if (body.expression.name.text !== 'localeCompare' || !right || others.length > 0) return undefined;
  return { left: body.expression.expression, right, text: true };
}

/** `a.createdAt` of `a.createdAt.getTime()` and `+a.createdAt` */
function timed(node: ts.Expression): ts.Expression {
  const expression = unwrap(node);
  if (ts.isPrefixUnaryExpression(expression) && expression.operator === ts.SyntaxKind.PlusToken)
    return expression.operand;
  if (!ts.isCallExpression(expression) || !ts.isPropertyAccessExpression(expression.expression)) return expression;
  return expression.expression.name.text === 'getTime' ? expression.expression.expression : expression;
}

/** `slice(0, n)`, `slice(20, 40)`: from the front, by numbers that the code shows to be a stretch of the list. */
function readSlice([from, to, ...others]: readonly ts.Expression[]): NarrowingNode | undefined {
  if (!from || !to || others.length > 0 || !ts.isNumericLiteral(from)) return undefined;
  return ts.isPrefixUnaryExpression(to) ? undefined : { step: 'slice', from: Number(from.text), to };
}

/** True if a place is come to once where `other` is: in the same function, in no loop that `other` is not in. */
function runsOnce(place: ts.Node, other: ts.Node): boolean {
  const owner = enclosingFunction(other);
  if (enclosingFunction(place) !== owner) return false;
  for (let node: ts.Node = place; node !== owner; node = node.parent) {
    if (ts.isIterationStatement(node, false) && !isWithin(other, node)) return false;
  }
  return true;
}

const LOG = /(?:^|\.)(?:console|_?log(?:ger)?)\.\w+$/i;

/** `console.log(rows)`, `` logger.info(`${rows.length} rows`) `` */
function isLogged(rows: ts.Expression): boolean {
  let node: ts.Node = rows;
  while (
    ts.isExpression(node.parent) ||
    ts.isTemplateSpan(node.parent) ||
    ts.isPropertyAssignment(node.parent) ||
    ts.isShorthandPropertyAssignment(node.parent)
  ) {
    const { parent } = node;
    if (ts.isCallExpression(parent)) return parent.expression !== node && LOG.test(parent.expression.getText());
    if (ts.isArrowFunction(parent)) return false;
    node = parent;
  }
  return false;
}
