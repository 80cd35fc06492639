import ts from 'typescript';
import type { ParallelLoop } from '../model/loops/parallelLoops';
import type { Project } from '../model/project';
import type { Fix } from '../rules/rule';
import { enclosingFunction, rangeOf } from '../syntax/typescript/nodes';
import { indentAt, readCodeStyle } from './codeStyle';
import { losesComment, textIndentedAs } from './movedText';
import { freeNameWithin, isOutside } from './nodeAt';
import { type CollectedResults, resultsOf } from './parallelResults';
import { AT_A_TIME, methodOf, openParallelSite, type ParallelSite } from './parallelSite';
import type { Sources } from './sources';
import { plural } from './words';

/**
 * Goes through the list in chunks, each with a `Promise.all` of its own. Undefined where the promises are not
 * awaited in a statement of their own, or the list may be another one by then.
 */
export function chunkParallel(found: ParallelLoop, project: Project, sources: Sources): Fix | undefined {
  const site = openParallelSite(found, project, sources);
  const all = site?.loop.parent;
  const method = site && all && methodOf(all, site.loop);
  const taken = site && all && method && resultsOf(all, site);
  const list = site && taken && listOf(site, taken.statement);
  if (!site || !all || !taken || !list || losesAnyComment(site, all, taken.statement)) return undefined;
  const failing = method === 'all' ? ' (after a failure, the next chunk is not begun)' : '';
  const newText = chunked(site, all, taken, list);
  return {
    title: `Go through the list in chunks of ${AT_A_TIME}${failing}`,
    kind: 'suggestion',
    edits: [{ file: site.file, edits: [{ range: rangeOf(taken.statement), newText }] }],
  };
}

interface List {
  /** What holds it where the chunks are taken. */
  readonly name: string;
  /** The declaration of that name, where it needs one. */
  readonly declaration?: string;
}

function listOf({ list, loop, callback, tables, text }: ParallelSite, statement: ts.Statement): List | undefined {
  if (isPath(list)) {
    return isOutside(list, loop, tables) ? { name: list.getText() } : undefined;
  }
  // What is no array may have a `map` and no `slice`: `lines.values()`.
  if (!ts.isCallExpression(list) || !ARRAYS.test(list.expression.getText())) return undefined;
  const element = callback.parameters[0]?.name;
  const wanted = element && ts.isIdentifier(element) ? plural(element.text) : 'elements';
  const name = freeNameWithin([wanted, 'elements'], enclosingFunction(statement), tables);
  const indent = indentAt(text, statement.getStart());
  const head = `const ${name} = `;
  const line = head + list.getText().replace(/\s*\n\s*(?=\.)/g, '');
  const fits = !line.includes('\n') && indent.length + line.length < readCodeStyle(text).lineWidth;
  const declaration = fits ? line : head + textIndentedAs(tables.file, rangeOf(list), indent);
  return { name, declaration };
}

const ARRAYS =
  /^(?:Object\.(?:keys|values|entries)|Array\.from|.*\.(?:filter|map|flatMap|slice|concat|sort|reverse))$/s;

/** `orders`, `batch.orders`. */
function isPath(node: ts.Expression): boolean {
  if (ts.isPropertyAccessExpression(node)) return !node.questionDotToken && isPath(node.expression);
  return ts.isIdentifier(node);
}

function losesAnyComment({ list, text }: ParallelSite, all: ts.Node, statement: ts.Statement): boolean {
  const [start, end] = [all.getStart(), all.end];
  const kept = [{ start, end: list.getStart() }, { start: list.end, end }, ...(isPath(list) ? [] : [rangeOf(list)])];
  return losesComment(text, rangeOf(statement), kept);
}

function chunked(site: ParallelSite, all: ts.Node, taken: CollectedResults, list: List): string {
  const { text, tables } = site;
  const { statement } = taken;
  const style = readCodeStyle(text);
  const scope = enclosingFunction(statement);
  const free = (...names: [string, ...string[]]) => freeNameWithin(names, scope, tables);
  const [size, start, chunk] = [free('chunkSize'), free('start', 'chunkStart'), free('chunk')];
  const end = style.semicolons ? ';' : '';
  const indent = indentAt(text, statement.getStart());
  const inner = indent + style.indent;
  const call = textOfAll(site, all, inner, chunk);
  const collected = taken.name === undefined ? undefined : `${taken.name}.push(...(await ${call}))${end}`;
  const fits = collected !== undefined && !call.includes('\n') && inner.length + collected.length <= style.lineWidth;
  const part = free('part', 'chunkResults');
  const round =
    collected === undefined
      ? [`await ${call}${end}`]
      : fits
        ? [collected]
        : [`const ${part} = await ${call}${end}`, `${taken.name}.push(...${part})${end}`];
  return [
    ...(list.declaration === undefined ? [] : [list.declaration + end]),
    ...(taken.declaration === undefined ? [] : [taken.declaration + end]),
    `const ${size} = ${AT_A_TIME}${end}`,
    `for (let ${start} = 0; ${start} < ${list.name}.length; ${start} += ${size}) {`,
    ...[`const ${chunk} = ${list.name}.slice(${start}, ${start} + ${size})${end}`, ...round].map(
      (line) => style.indent + line,
    ),
    '}',
    ...(taken.returns ? [`return ${taken.name}${end}`] : []),
  ].join(style.newline + indent);
}

/** The `Promise.all` with another list, as it reads when its first line is indented by `indent`. */
function textOfAll({ list, loop, tables, text }: ParallelSite, all: ts.Node, indent: string, chunk: string): string {
  const { file } = tables;
  const start = all.getStart();
  const until = (end: number) => textIndentedAs(file, { start, end }, indent);
  const before = until(list.getStart());
  const ownIndent = before.includes('\n') ? indentAt(before, before.length) : indent;
  const dot = list.end + text.slice(list.end).search(/\S/);
  const mapped = textIndentedAs(file, { start: dot, end: loop.end }, ownIndent);
  return before + chunk + mapped + until(all.end).slice(until(loop.end).length);
}
