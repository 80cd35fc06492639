import ts from 'typescript';
import { isFunctionNode, isWithin, rangeOf, unwrap, walk } from '../syntax/typescript/nodes';
import { applyEdits, type TextEdit } from '../text/textEdit';
import { indentAt } from './codeStyle';
import type { LoopSite } from './loopSite';

/**
 * Given the edits by which a loop's query is gone from its callback, also takes the `Promise.all` and the `async`
 * away if nothing is left to wait for: `await Promise.all(users.map(async (user) => …))` is then a plain `map`.
 * Returns the edits as they are where something is, or where there is no telling.
 */
export function withoutWaiting(site: LoopSite, edits: readonly TextEdit[]): readonly TextEdit[] {
  const place = placeOfList(site);
  const callback = place && callbackOf(site);
  if (!place || !callback || !isPlain(callback, site)) return edits;
  const { loop, text } = site;
  const { start, end } = rangeOf(loop);
  const inside = edits.filter(({ range }) => start <= range.start && range.end <= end);
  const [keyword] = callback.modifiers ?? [];
  const next = callback.parameters.pos - (text[callback.parameters.pos - 1] === '(' ? 1 : 0);
  const all = keyword ? [...inside, { range: { start: keyword.getStart(), end: next }, newText: '' }] : inside;
  const moved = all
    .map(({ range, newText }) => ({ range: { start: range.start - start, end: range.end - start }, newText }))
    .sort((a, b) => a.range.start - b.range.start);
  const from = `\n${indentAt(text, start)}`;
  const newText = applyEdits(text.slice(start, end), moved).replaceAll(from, `\n${indentAt(text, place.getStart())}`);
  return [...edits.filter((edit) => !inside.includes(edit)), { range: rangeOf(place), newText }];
}

/** What the list can stand for: `await Promise.all(…)` whose result goes somewhere, or what an async function returns. */
function placeOfList({ loop }: LoopSite): ts.Node | undefined {
  if (!ts.isCallExpression(loop) || !/\.map$/.test(unwrap(loop.expression).getText())) return undefined;
  const waiting = loop.parent;
  if (!ts.isCallExpression(waiting) || waiting.expression.getText() !== 'Promise.all' || waiting.arguments[0] !== loop)
    return undefined;
  if (ts.isReturnStatement(waiting.parent)) return waiting;
  if (!ts.isAwaitExpression(waiting.parent)) return undefined;
  const { parent } = waiting.parent;
  if (ts.isExpressionStatement(parent)) return undefined;
  const isOwner = ts.isParenthesizedExpression(parent) && ts.isPropertyAccessExpression(parent.parent);
  return isOwner ? parent : waiting.parent;
}

type Callback = ts.ArrowFunction & { readonly type?: undefined };

function callbackOf({ loop }: LoopSite): Callback | undefined {
  const [given] = ts.isCallExpression(loop) ? loop.arguments : [];
  return given && ts.isArrowFunction(given) && !given.type ? (given as Callback) : undefined;
}

/** True if, the query aside, a callback waits for nothing, throws nothing and gives no promise. */
function isPlain(callback: Callback, site: LoopSite): boolean {
  let isOther = false;
  const returned: ts.Expression[] = ts.isBlock(callback.body) ? [] : [callback.body];
  walk(callback.body, (node) => {
    if (isFunctionNode(node)) return false;
    const waits = ts.isAwaitExpression(node) && node !== site.rows;
    // Text within templates must not be indented anew.
    const isLongText = ts.isTemplateExpression(node) && node.getText().includes('\n');
    isOther ||= waits || isLongText || ts.isThrowStatement(node) || (ts.isForOfStatement(node) && !!node.awaitModifier);
    if (ts.isReturnStatement(node) && node.expression) returned.push(node.expression);
    return !isOther;
  });
  return !isOther && returned.length > 0 && returned.every((value) => isNoPromise(value, site));
}

function isNoPromise(value: ts.Expression, site: LoopSite): boolean {
  const node = ts.isParenthesizedExpression(value) || ts.isAsExpression(value) ? value.expression : value;
  if (node === site.rows || node !== value) return node === site.rows || isNoPromise(node, site);
  if (ts.isConditionalExpression(node)) return isNoPromise(node.whenTrue, site) && isNoPromise(node.whenFalse, site);
  if (ts.isBinaryExpression(node)) return isNoPromise(node.right, site);
  if (ts.isIdentifier(node)) {
    const declaration = site.tables.scopes.lookup(node.text, node)?.declaration;
    return node.text === 'undefined' || (declaration !== undefined && isWithin(site.rows, declaration));
  }
  // `(await query)?.name`
  if (ts.isPropertyAccessExpression(node)) return unwrap(node.expression) === unwrap(site.rows);
  return (
    ts.isObjectLiteralExpression(node) ||
    ts.isArrayLiteralExpression(node) ||
    ts.isLiteralExpression(node) ||
    ts.isTemplateExpression(node) ||
    ts.isPrefixUnaryExpression(node) ||
    node.kind === ts.SyntaxKind.NullKeyword ||
    node.kind === ts.SyntaxKind.TrueKeyword ||
    node.kind === ts.SyntaxKind.FalseKeyword
  );
}
