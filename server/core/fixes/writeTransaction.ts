import ts from 'typescript';
import type { MultipliedQuery } from '../model/loops/multipliedQueries';
import type { Fix } from '../rules/rule';
import { rangeOf, unwrap } from '../syntax/typescript/nodes';
import type { TextEdit } from '../text/textEdit';
import { openLoopSite } from './loopSite';
import type { Sources } from './sources';
import { callbackOf, holdsAwait, indentedAt, mappingHead, openWriteLoop } from './writeLoop';

const TITLE = 'Send them as one $transaction (all writes or none)';

/** `$transaction(xs.map(…))` in place of a loop that does nothing but the write, or of `Promise.all`. */
export function writeTransaction(found: MultipliedQuery, sources: Sources): Fix | undefined {
  if (found.query.client !== 'client' || !found.query.model) return undefined;
  return inPlaceOfAll(found, sources) ?? inPlaceOfLoop(found, sources);
}

/** `Promise.all(xs.map((x) => prisma.user.update(…)))`: only who takes the promises changes. */
function inPlaceOfAll(found: MultipliedQuery, sources: Sources): Fix | undefined {
  const site = openLoopSite(found, sources);
  const callback = site && callbackOf(site.loop);
  const client = site && clientOf(site.query);
  if (!site || !callback || client === undefined || !isMap(site.loop) || holdsAwait(site.query)) return undefined;
  const { parent } = site.loop;
  if (!ts.isCallExpression(parent) || parent.expression.getText() !== 'Promise.all') return undefined;
  const result = resultOf(callback);
  if (!result || unwrap(result) !== site.query || ts.isAsExpression(result)) return undefined;
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

function inPlaceOfLoop(found: MultipliedQuery, sources: Sources): Fix | undefined {
  const loop = openWriteLoop(found, sources);
  const client = loop && clientOf(loop.query);
  if (!loop || client === undefined || loop.setup.length > 0) return undefined;
  // Who asks for `allSettled` wants the others when one fails.
  if (ts.isCallExpression(loop.loop.parent) && loop.loop.parent.expression.getText() === 'Promise.allSettled')
    return undefined;
  const { style, indent, query, anchor, parameters, file } = loop;
  const end = style.semicolons ? ';' : '';
  const head = `await ${client}.$transaction(`;
  const mapping = `${mappingHead(loop)}(${parameters}) =>`;
  const [inner, innermost] = [indent + style.indent, indent + style.indent.repeat(2)];
  const comma = style.trailingCommas ? ',' : '';
  const broken = (levels: readonly string[]) => levels.join(style.newline);
  const choices = [
    `${head}${mapping} ${indentedAt(query, indent)}))${end}`,
    broken([head, `${inner}${mapping} ${indentedAt(query, inner)})${comma}`, `${indent})${end}`]),
    broken([
      head,
      `${inner}${mapping}`,
      `${innermost}${indentedAt(query, innermost)}${comma}`,
      `${inner})${comma}`,
      `${indent})${end}`,
    ]),
  ];
  const isLong = (line: string, index: number) => (index === 0 ? indent.length : 0) + line.length > style.lineWidth;
  const spread = query.getText().includes('\n');
  const newText = spread ? choices[2] : (choices.find((text) => !text.split(/\r?\n/).some(isLong)) ?? choices[2]);
  if (newText === undefined) return undefined;
  return { title: TITLE, kind: 'suggestion', edits: [{ file, edits: [{ range: rangeOf(anchor), newText }] }] };
}

/** `prisma` of `prisma.user.update(…)`; undefined where the model is not a plain member of the client. */
function clientOf({ expression }: ts.CallExpression): string | undefined {
  const model = ts.isPropertyAccessExpression(expression) ? expression.expression : undefined;
  return model && ts.isPropertyAccessExpression(model) && !ts.isOptionalChain(model)
    ? model.expression.getText()
    : undefined;
}

function isMap(loop: ts.ForOfStatement | ts.CallExpression): boolean {
  if (!ts.isCallExpression(loop) || ts.isOptionalChain(loop)) return false;
  const callee = unwrap(loop.expression);
  return ts.isPropertyAccessExpression(callee) && callee.name.text === 'map';
}

/** What a callback that does nothing else gives back. */
function resultOf({ body }: ts.ArrowFunction | ts.FunctionExpression): ts.Expression | undefined {
  if (!ts.isBlock(body)) return body;
  const [only, ...others] = body.statements;
  return only && ts.isReturnStatement(only) && others.length === 0 ? only.expression : undefined;
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ') at += 1;
  return at;
}
