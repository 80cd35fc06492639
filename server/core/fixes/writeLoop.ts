import ts from 'typescript';
import type { MultipliedQuery } from '../model/loops/multipliedQueries';
import { rangeOf, unwrap } from '../syntax/typescript/nodes';
import { isPure } from '../syntax/typescript/purity';
import type { Range } from '../text/range';
import type { FileEdit } from '../text/textEdit';
import { type CodeStyle, indentAt, readCodeStyle } from './codeStyle';
import { type LoopSite, openLoopSite } from './loopSite';
import { commentsOf, holdsComment, textIndentedAs, textWithout } from './movedText';
import type { Sources } from './sources';

/** A loop that does nothing but one write for each element: all of it can become one statement. */
export interface WriteLoop extends LoopSite {
  readonly argument: ts.ObjectLiteralExpression;
  /** Constants that each round computes before the write. */
  readonly setup: readonly ts.VariableStatement[];
  /** How a callback takes the element: `user`, `{ id }, index`. */
  readonly parameters: string;
  /** The loop goes through an array, not some other iterable. */
  readonly isArray: boolean;
  readonly style: CodeStyle;
  /** The indent of the loop. */
  readonly indent: string;
}

/**
 * Opens the loop of a write that one loop multiplies, where nothing else happens in a round and nobody
 * takes what the writes return; undefined for any other.
 */
export function openWriteLoop(found: MultipliedQuery, sources: Sources): WriteLoop | undefined {
  const site = openLoopSite(found, sources);
  if (!site?.argument || !isStatement(site)) return undefined;
  const { loop, query, text, tables, collection, element } = site;
  const callback = callbackOf(loop);
  const body = ts.isForOfStatement(loop) ? loop.statement : callback?.body;
  const setup = body && setupOf(body, site);
  if (!setup || ts.isOptionalChain(loop) || holdsAwait(query) || holdsAwait(collection)) return undefined;
  const kept = [rangeOf(collection), rangeOf(site.argument), ...setup.map(withComments)];
  if (losesComment(text, rangeOf(site.anchor), kept)) return undefined;
  return {
    ...site,
    argument: site.argument,
    setup,
    parameters: callback ? callback.parameters.map((parameter) => parameter.getText()).join(', ') : element.getText(),
    isArray: isArray(found) || givesArray(collection),
    style: readCodeStyle(tables.file.text),
    indent: indentAt(text, site.anchor.getStart()),
  };
}

/** `for (…) …`, `await Promise.all(xs.map(…));` or `allSettled`,, `xs.forEach(async …);` as a statement of its own. */
function isStatement({ loop, anchor }: LoopSite): boolean {
  if (ts.isForOfStatement(loop)) return anchor === loop;
  if (!ts.isExpressionStatement(anchor)) return false;
  const callee = unwrap(loop.expression);
  const method = ts.isPropertyAccessExpression(callee) ? callee.name.text : '';
  if (method === 'forEach') return anchor.expression === loop;
  const { parent } = loop;
  const isAll = ts.isCallExpression(parent) && /^Promise\.all(Settled)?$/.test(parent.expression.getText());
  return method === 'map' && isAll && ts.isAwaitExpression(parent.parent) && anchor.expression === parent.parent;
}

/** The inline function that a loop of a call runs. */
export function callbackOf(loop: LoopSite['loop']): ts.ArrowFunction | ts.FunctionExpression | undefined {
  const given = ts.isCallExpression(loop) && loop.arguments[0] ? unwrap(loop.arguments[0]) : undefined;
  return given && (ts.isArrowFunction(given) || ts.isFunctionExpression(given)) ? given : undefined;
}

/** The constants before the write; undefined where the body does more than that. */
function setupOf(body: ts.Node, { rows, query, tables }: LoopSite): ts.VariableStatement[] | undefined {
  if (!ts.isBlock(body)) {
    const only = ts.isExpressionStatement(body) ? body.expression : body;
    return only === rows || only === query ? [] : undefined;
  }
  const last = body.statements.at(-1);
  const sends = last && (ts.isExpressionStatement(last) || ts.isReturnStatement(last)) ? last.expression : undefined;
  if (!sends || unwrap(sends) !== query) return undefined;
  const setup = body.statements.slice(0, -1).filter((statement) => ts.isVariableStatement(statement));
  const isPlain = setup.every(({ declarationList: { declarations, flags } }) => {
    const isConst = (flags & ts.NodeFlags.Const) !== 0;
    return isConst && declarations.every(({ initializer }) => initializer && isPure(initializer, tables.scopes));
  });
  return isPlain && setup.length === body.statements.length - 1 ? setup : undefined;
}

function withComments(statement: ts.Statement): Range {
  const { above, behind } = commentsOf(statement.getSourceFile(), statement, true);
  return { start: above[0]?.start ?? statement.getStart(), end: behind.at(-1)?.end ?? statement.end };
}

/** True if an expression waits for something: it can stand in no callback that is not async. */
export function holdsAwait(node: ts.Node): boolean {
  return ts.isAwaitExpression(node) || (ts.forEachChild(node, (child) => holdsAwait(child) || undefined) ?? false);
}

/** True if a comment stands in a stretch of text, but not in the parts of it that are kept. */
function losesComment(text: string, range: Range, kept: readonly Range[]): boolean {
  const inOrder = [...kept].sort((a, b) => a.start - b.start);
  const dropped = textWithout(text, range, inOrder);
  return holdsComment(dropped, { start: 0, end: dropped.length });
}

const ARRAY_METHODS = /^(filter|map|flatMap|flat|slice|concat|sort|toSorted|reverse|split)$/;

/** `users.filter(…)`, `Object.entries(settings)` */
function givesArray(collection: ts.Expression): boolean {
  const callee = ts.isCallExpression(collection) ? collection.expression : undefined;
  if (!callee || !ts.isPropertyAccessExpression(callee) || ts.isOptionalChain(callee)) return false;
  const owner = callee.expression.getText();
  if (owner === 'Object' || owner === 'Array') return true;
  return ARRAY_METHODS.test(callee.name.text);
}

function isArray({ innermost: { kind, collection }, parent }: MultipliedQuery): boolean {
  if (kind === 'callback' || parent?.operation === 'findMany' || collection?.kind === 'array') return true;
  const type = collection?.kind === 'parameter' || collection?.kind === 'instance' ? collection.type : undefined;
  return type?.kind === 'call' && type.callee.kind === 'global' && type.callee.name === 'Array';
}

/** The head of a call that makes one value of each element: `users.map(`, `Array.from(users, `. */
export function mappingHead({ collection, isArray: fromArray }: WriteLoop): string {
  const text = collection.getText();
  if (!fromArray) return `Array.from(${text}, `;
  const binds = ts.isLeftHandSideExpression(collection) && !ts.isNewExpression(collection);
  return `${binds ? text : `(${text})`}.map(`;
}

/** A node as it reads at another indent. */
export function indentedAt(node: ts.Node, indent: string): string {
  return textIndentedAs(node.getSourceFile(), rangeOf(node), indent);
}

/** A callback that gives an expression for the loop's element: `(user) => ({ … })`, with the constants it needs. */
export function callbackText(loop: WriteLoop, result: ts.Expression, indent: string): string {
  const { setup, parameters, style } = loop;
  const head = `(${parameters}) => `;
  if (setup.length === 0) {
    const text = indentedAt(result, indent);
    return head + (ts.isObjectLiteralExpression(result) ? `(${text})` : text);
  }
  const inner = indent + style.indent;
  const end = style.semicolons ? ';' : '';
  const statements = [
    ...setup.map((statement) => textIndentedAs(statement.getSourceFile(), withComments(statement), inner)),
    `return ${indentedAt(result, inner)}${end}`,
  ];
  const newline = style.newline + inner;
  return `${head}{${newline}${statements.join(newline)}${style.newline}${indent}}`;
}

/** One option of a query, as it reads at an indent. */
export interface WrittenOption {
  readonly name: string;
  readonly value: (indent: string) => string;
}

/** The edit that puts one query in place of the whole loop: on a line where it fits, else an option a line. */
export function wholeStatement(loop: WriteLoop, operation: string, options: readonly WrittenOption[]): FileEdit {
  const { anchor, query, style, indent, file } = loop;
  const owner = ts.isPropertyAccessExpression(query.expression) ? query.expression.expression.getText() : '';
  const end = style.semicolons ? ';' : '';
  const written = (at: string) => options.map(({ name, value }) => `${name}: ${value(at)}`);
  const head = `await ${owner}.${operation}(`;
  const line = `${head}{ ${written(indent).join(', ')} })${end}`;
  const inner = style.newline + indent + style.indent;
  const comma = style.trailingCommas ? ',' : '';
  const lines = `${head}{${inner}${written(indent + style.indent).join(`,${inner}`)}${comma}${style.newline}${indent}})${end}`;
  const fits = !line.includes('\n') && indent.length + line.length <= style.lineWidth;
  return { file, edits: [{ range: rangeOf(anchor), newText: fits ? line : lines }] };
}
