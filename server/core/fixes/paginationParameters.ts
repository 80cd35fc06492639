import ts from 'typescript';
import { enclosingFunction, isFunctionNode, walk } from '../syntax/typescript/nodes';
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

/** True if another query's `take` or `skip`, or a `slice`, in the same function goes by one of the names. */
function pagesSomethingElse(query: ts.Node, names: readonly VisibleName[]): boolean {
  let outermost: ts.Node = query;
  for (let fn = enclosingFunction(query); isFunctionNode(fn); fn = enclosingFunction(fn)) outermost = fn;
  const mentions = (node: ts.Node) => {
    const text = node.getText();
    return names.some(({ expression }) => new RegExp(`(?<![\\w.])${expression.replace('.', '\\.')}(?!\\w)`).test(text));
  };
  let found = false;
  walk(outermost, (node) => {
    if (ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node)) {
      if (/^(take|skip)$/.test(node.name.getText()) && mentions(node)) found = true;
    } else if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      if (/^(slice|splice)$/.test(node.expression.name.text) && node.arguments.some(mentions)) found = true;
    }
    return !found;
  });
  return found;
}
