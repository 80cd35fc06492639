import ts from 'typescript';
import { walk } from '../syntax/typescript/nodes';
import { outermostFunction } from './returnedRows';
import { type VisibleName, visibleNames } from './visibleNumbers';

/** How to write the page that a function is asked for: the values of `take` and `skip`. */
export interface Page {
  readonly take: string;
  readonly skip?: string;
}

/** The number of rows where nothing says how many. */
export const DEFAULT_TAKE = '100';

const SIZE = /^(page_?size|limit|per_?page|take|items_?per_?page|rows_?per_?page)$/i;
const NUMBER = /^(page|page_?(number|num|no)|current_?page)$/i;
const INDEX = /^page_?index$/i;
const OFFSET = /^(offset|skip)$/i;

/**
 * Returns the page that the pagination parameters around a query ask for; undefined where there are
 * none, or where they already page something else.
 */
export function pageAskedFor(query: ts.Node): Page | undefined {
  const names = visibleNames(query);
  const find = (pattern: RegExp) => names.find(({ name }) => pattern.test(name));
  const [size, number, index, offset] = [find(SIZE), find(NUMBER), find(INDEX), find(OFFSET)];
  const used = [size, offset ?? number ?? index].filter((one) => one !== undefined);
  if (used.length === 0 || pagesSomethingElse(query, used)) return undefined;
  const take = size ? write(size, DEFAULT_TAKE) : DEFAULT_TAKE;
  if (offset) return { take, skip: write(offset, '0') };
  const factor = /^[\w.]+$/.test(take) ? take : `(${take})`;
  if (number) {
    const page = write(number, '1');
    return { take, skip: `(${page === number.expression ? page : `(${page})`} - 1) * ${factor}` };
  }
  if (!index) return { take };
  const page = write(index, '0');
  return { take, skip: `${page === index.expression ? page : `(${page})`} * ${factor}` };
}

/** A number for certain: what may be missing, or may be no number, gets a default. */
function write({ expression, type }: VisibleName, otherwise: string): string {
  if (type === 'number') return expression;
  return type === 'optional' ? `${expression} ?? ${otherwise}` : `Number(${expression}) || ${otherwise}`;
}

/**
 * True if the names page something else in the function: another query, a `slice`, an awaited call that
 * is given them (the pages of another service), a loop that counts them up.
 */
function pagesSomethingElse(query: ts.Node, names: readonly VisibleName[]): boolean {
  const mentions = (node: ts.Node) => {
    const text = node.getText();
    return names.some(({ expression }) => new RegExp(`(?<![\\w.])${expression.replace('.', '\\.')}(?!\\w)`).test(text));
  };
  let found = false;
  walk(outermostFunction(query), (node) => {
    found ||= pagedBy(node)?.some((part) => part !== query && mentions(part)) ?? false;
    return !found;
  });
  return found;
}

/** The parts of a node in which a pagination name says what is paged by it. */
function pagedBy(node: ts.Node): readonly ts.Node[] | undefined {
  if (ts.isPropertyAssignment(node)) return /^(take|skip)$/.test(node.name.getText()) ? [node.initializer] : undefined;
  if (ts.isShorthandPropertyAssignment(node)) return /^(take|skip)$/.test(node.name.text) ? [node] : undefined;
  if (ts.isPostfixUnaryExpression(node)) return [node.operand];
  if (ts.isBinaryExpression(node)) {
    const assigns =
      node.operatorToken.kind >= ts.SyntaxKind.FirstAssignment &&
      node.operatorToken.kind <= ts.SyntaxKind.LastAssignment;
    return assigns ? [node.left] : undefined;
  }
  if (!ts.isCallExpression(node)) return undefined;
  const slices = ts.isPropertyAccessExpression(node.expression) && /^(slice|splice)$/.test(node.expression.name.text);
  return slices || ts.isAwaitExpression(node.parent) ? node.arguments : undefined;
}
