import ts from 'typescript';
import { isWithin, rangeOf, unwrap, walk } from '../syntax/typescript/nodes';
import type { Tables } from '../syntax/typescript/tables';
import type { Range } from '../text/range';
import { indentAt, readCodeStyle } from './codeStyle';
import type { LoopSite } from './loopSite';
import { freeName } from './nodeAt';
import { plural } from './words';
import type { GatheredRows, WriteRound } from './writeRound';

/** Who takes the rows that the writes of a loop return, and how one query for all of them is handed over. */
export interface RowsTaken {
  /** What the new text stands in place of. */
  readonly replaced: Range;
  /** The new text, from an expression that gives a promise of all rows. */
  readonly take: (query: string) => string;
}

/**
 * Returns what takes the rows: undefined where nothing does, `elsewhere` where a query that gives all rows at
 * once does not fit in the loop's place.
 */
export function rowsTakenBy(site: LoopSite, round: WriteRound): RowsTaken | 'elsewhere' | undefined {
  const { loop, anchor } = site;
  if (round.gathered)
    return ts.isForOfStatement(loop) && anchor === loop ? gathering(site, round.gathered) : 'elsewhere';
  if (ts.isForOfStatement(loop)) return anchor === loop ? undefined : 'elsewhere';
  const callee = unwrap(loop.expression);
  const method = ts.isPropertyAccessExpression(callee) ? callee.name.text : '';
  if (method === 'forEach') {
    return ts.isExpressionStatement(anchor) && anchor.expression === loop ? undefined : 'elsewhere';
  }
  const all = loop.parent;
  // Who asks for `allSettled` wants the others when one fails.
  const isAll = method === 'map' && ts.isCallExpression(all) && all.expression.getText() === 'Promise.all';
  if (!isAll) return 'elsewhere';
  if (ts.isExpressionStatement(anchor) && ts.isAwaitExpression(all.parent) && anchor.expression === all.parent)
    return undefined;
  // A round that is skipped leaves a hole.
  return !round.skips && givesRows(site) ? { replaced: rangeOf(all), take: (query) => query } : 'elsewhere';
}

/** True if the callback gives the row itself, not a cast of it. */
function givesRows({ query, rows }: LoopSite): boolean {
  const { parent } = rows;
  if (ts.isReturnStatement(parent) || (ts.isArrowFunction(parent) && parent.body === rows)) return true;
  return rows === query && ts.isReturnStatement(query.parent);
}

/** `list.push(row)` of every round. */
function gathering(site: LoopSite, { list, member, row }: GatheredRows): RowsTaken {
  const { tables, loop, text } = site;
  const style = readCodeStyle(text);
  const end = style.semicolons ? ';' : '';
  const declaration = emptyListBefore(site, list);
  const replaced = declaration ? { start: declaration.getStart(), end: loop.end } : rangeOf(loop);
  if (declaration && member === undefined) {
    return { replaced, take: (query) => `${headOf(declaration)} = await ${query}${end}` };
  }
  const rows = freeName(nameOfRows(row, site.query), tables);
  const values = member === undefined ? rows : `${rows}.map((${row}) => ${row}.${member})`;
  const last = declaration ? `${headOf(declaration)} = ${values}` : `${list.text}.push(...${values})`;
  const newline = style.newline + indentAt(text, loop.getStart());
  return { replaced, take: (query) => `const ${rows} = await ${query}${end}${newline}${last}${end}` };
}

/** `orders` of an `order`; of a `created`, `result` and the like, what the query writes. */
function nameOfRows(row: string | undefined, { expression }: ts.CallExpression): string {
  const model = ts.isPropertyAccessExpression(expression) ? expression.expression : undefined;
  const isVague = row === undefined || /ed$|^(res|result|row|record|item|data|entry|new[A-Z]\w*)$/.test(row);
  return plural(isVague && model && ts.isPropertyAccessExpression(model) ? model.name.text : (row ?? 'row'));
}

/** `const list: Row[] = [];` right before the loop, where nothing stands between. */
function emptyListBefore({ loop, tables }: LoopSite, list: ts.Identifier): ts.VariableStatement | undefined {
  const siblings = ts.isBlock(loop.parent) || ts.isSourceFile(loop.parent) ? loop.parent.statements : undefined;
  const before = siblings?.[siblings.findIndex((statement) => statement === loop) - 1];
  if (!before || !ts.isVariableStatement(before)) return undefined;
  const [declaration, ...others] = before.declarationList.declarations;
  const initializer = declaration?.initializer;
  if (!declaration || others.length > 0 || !initializer || !ts.isArrayLiteralExpression(initializer)) return undefined;
  const isList =
    tables.scopes.lookup(list.text, list)?.declaration === declaration && initializer.elements.length === 0;
  return isList && !isReadIn(loop, list, tables) ? before : undefined;
}

/** True if the loop asks for the list in any way but the push. */
function isReadIn(loop: ts.Node, list: ts.Identifier, { scopes }: Tables): boolean {
  const binding = scopes.lookup(list.text, list);
  let found = false;
  walk(loop, (node) => {
    const isOther = ts.isIdentifier(node) && node !== list && node.text === list.text;
    found ||= isOther && isWithin(node, loop) && scopes.lookup(node.text, node) === binding;
    return !found;
  });
  return found;
}

/** `const list: Row[]` */
function headOf(statement: ts.VariableStatement): string {
  const [declaration] = statement.declarationList.declarations;
  const keyword = (statement.declarationList.flags & ts.NodeFlags.Const) !== 0 ? 'const' : 'let';
  const type = declaration?.type ? `: ${declaration.type.getText()}` : '';
  return `${keyword} ${declaration?.name.getText() ?? ''}${type}`;
}
