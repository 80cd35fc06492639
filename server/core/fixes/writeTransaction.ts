import ts from 'typescript';
import type { MultipliedQuery } from '../model/loops/multipliedQueries';
import type { Fix } from '../rules/rule';
import { rangeOf, unwrap } from '../syntax/typescript/nodes';
import type { TextEdit } from '../text/textEdit';
import { openLoopSite } from './loopSite';
import type { Sources } from './sources';
import { callbackOf, inPlaceOfLoop, openWriteLoop } from './writeLoop';
import { callbackText, mappingHead } from './writeMapping';
import { computesOnly, holdsAwait } from './writeRound';

const TITLE = 'Send them as one $transaction (all writes or none)';

/** `$transaction(xs.map(…))` in place of a loop that does nothing but the write, or of `Promise.all`. */
export function writeTransaction(found: MultipliedQuery, sources: Sources): Fix | undefined {
  if (found.query.client !== 'client' || !found.query.model) return undefined;
  return inPlaceOfAll(found, sources) ?? inPlaceOfRounds(found, sources);
}

/** `Promise.all(xs.map((x) => prisma.user.update(…)))`: only who takes the promises changes. */
function inPlaceOfAll(found: MultipliedQuery, sources: Sources): Fix | undefined {
  const site = openLoopSite(found, sources);
  const callback = site && callbackOf(site.loop);
  const client = site && clientOf(site.query);
  if (!site || !callback || client === undefined || !isMap(site.loop) || holdsAwait(site.query)) return undefined;
  const { parent } = site.loop;
  if (!ts.isCallExpression(parent) || parent.expression.getText() !== 'Promise.all') return undefined;
  // `: Promise<Row>` would no longer be what it gives.
  const result = callback.type ? undefined : resultOf(callback);
  if (!result || (ts.isAwaitExpression(result) ? result.expression : result) !== site.query) return undefined;
  const edits: TextEdit[] = [{ range: rangeOf(parent.expression), newText: `${client}.$transaction` }];
  const asynchronous = callback.modifiers?.find(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword);
  if (asynchronous) {
    const end = skipBlanks(site.text, asynchronous.end);
    edits.push({ range: { start: asynchronous.getStart(), end }, newText: '' });
  }
  const { start } = rangeOf(result);
  if (start < site.query.getStart()) edits.push({ range: { start, end: site.query.getStart() }, newText: '' });
  return { title: TITLE, kind: 'suggestion', edits: [{ file: site.file, edits }] };
}

function inPlaceOfRounds(found: MultipliedQuery, sources: Sources): Fix | undefined {
  const loop = openWriteLoop(found, sources);
  const client = loop && clientOf(loop.query);
  if (!loop || client === undefined) return undefined;
  const { style, indent, query } = loop;
  const inner = indent + style.indent;
  const comma = style.argumentCommas ? ',' : '';
  const mapped = (at: string) => `${mappingHead(loop)}${callbackText(loop, query, at)})`;
  const [line, broken] = [`${client}.$transaction(${mapped(indent)})`, mapped(inner)];
  const lines = [`${client}.$transaction(`, `${inner}${broken}${comma}`, `${indent})`].join(style.newline);
  const arrow = `(${loop.parameters}) => `;
  const innermost = inner + style.indent;
  const isPlain =
    broken.startsWith(`${mappingHead(loop)}${arrow}`) && loop.round.steps.every(({ kind }) => kind === 'write');
  const apart = isPlain
    ? [
        `${client}.$transaction(`,
        `${inner}${mappingHead(loop)}${arrow.trimEnd()}`,
        `${innermost}${callbackText(loop, query, innermost).slice(arrow.length)}${comma}`,
        `${inner})${comma}`,
        `${indent})`,
      ].join(style.newline)
    : lines;
  const spread = query.getText().includes('\n');
  const layouts = line.includes('\n') ? [spread ? apart : lines] : [line, lines, apart];
  return { title: TITLE, kind: 'suggestion', edits: [inPlaceOfLoop(loop, layouts)] };
}

/**
 * `prisma` of `prisma.user.update(…)`; undefined where the model is not a plain member of the client, and where a
 * call gives the client: it may be a transaction's.
 */
function clientOf({ expression }: ts.CallExpression): string | undefined {
  const model = ts.isPropertyAccessExpression(expression) ? expression.expression : undefined;
  if (!model || !ts.isPropertyAccessExpression(model) || ts.isOptionalChain(model)) return undefined;
  const client = model.expression.getText();
  return client.includes('(') ? undefined : client;
}

function isMap(loop: ts.ForOfStatement | ts.CallExpression): boolean {
  if (!ts.isCallExpression(loop) || ts.isOptionalChain(loop)) return false;
  const callee = unwrap(loop.expression);
  return ts.isPropertyAccessExpression(callee) && callee.name.text === 'map';
}

/** What a callback gives back that waits for nothing before. */
function resultOf({ body }: ts.ArrowFunction | ts.FunctionExpression): ts.Expression | undefined {
  if (!ts.isBlock(body)) return body;
  const last = body.statements.at(-1);
  const isPlain = body.statements.slice(0, -1).every(computesOnly);
  return last && ts.isReturnStatement(last) && isPlain ? last.expression : undefined;
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ') at += 1;
  return at;
}
