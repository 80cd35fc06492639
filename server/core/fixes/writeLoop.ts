import ts from 'typescript';
import type { MultipliedQuery } from '../model/loops/multipliedQueries';
import { boundIdentifiers, rangeOf, unwrap } from '../syntax/typescript/nodes';
import type { Tables } from '../syntax/typescript/tables';
import type { Range } from '../text/range';
import type { FileEdit } from '../text/textEdit';
import { type CodeStyle, indentAt, readCodeStyle } from './codeStyle';
import { givesArray, isKnownArray, isSaidToBeAny } from './knownArray';
import { type LoopSite, openLoopSite } from './loopSite';
import { commentsOf, holdsComment, textWithout } from './movedText';
import { losesNarrowing } from './narrowing';
import { isOutside } from './nodeAt';
import type { Sources } from './sources';
import { holdsAwait, type RoundStep, readRound, type WriteRound } from './writeRound';
import { type RowsTaken, rowsTakenBy } from './writtenRows';

/** A loop that does nothing to the database but one write for each element: all of it can become one statement. */
export interface WriteLoop extends LoopSite {
  readonly argument: ts.ObjectLiteralExpression;
  readonly round: WriteRound;
  /** What takes the rows that the writes return; absent where nothing does. */
  readonly taken?: RowsTaken;
  /** How a callback takes the element: `user`, `{ id }, index`. */
  readonly parameters: string;
  /** The loop goes through an array, not some other iterable. */
  readonly isArray: boolean;
  readonly style: CodeStyle;
  /** The indent of the loop. */
  readonly indent: string;
}

/**
 * Opens the loop of a write that one loop multiplies, where nothing else is sent or awaited in a round;
 * undefined for any other, and where a comment or what TypeScript knows of a value would be lost.
 */
export function openWriteLoop(found: MultipliedQuery, sources: Sources): WriteLoop | undefined {
  const site = openLoopSite(found, sources);
  if (!site?.argument) return undefined;
  const { loop, query, text, tables, collection, element, argument } = site;
  const callback = callbackOf(loop);
  const body = ts.isForOfStatement(loop) ? loop.statement : callback?.body;
  const round = body && readRound(body, query, tables);
  if (!round || ts.isOptionalChain(loop) || holdsAwait(query) || holdsAwait(collection)) return undefined;
  const taken = rowsTakenBy(site, round);
  if (taken === 'elsewhere' || !isOutside(collection, loop, tables)) return undefined;
  const whole = taken?.replaced ?? rangeOf(site.anchor);
  if (losesComment(text, whole, [rangeOf(collection), rangeOf(argument), ...keptIn(round.steps)])) return undefined;
  const isMoved = ts.isForOfStatement(loop);
  if (isMoved && (declaresTwice(element, round.steps) || losesNarrowing([loop.statement], loop, tables)))
    return undefined;
  return {
    ...site,
    argument,
    round,
    ...(taken && { taken }),
    parameters: callback ? callback.parameters.map((parameter) => parameter.getText()).join(', ') : element.getText(),
    isArray:
      !isSaidToBeAny(collection, tables) &&
      (isArray(found) || givesArray(collection) || isKnownArray(collection, tables)),
    style: readCodeStyle(tables.file.text),
    indent: indentAt(text, whole.start),
  };
}

/** True if a round declares a name that the loop declares too: a callback's parameter and its body share one scope. */
function declaresTwice(element: ts.BindingName, steps: readonly RoundStep[]): boolean {
  const taken = new Set(boundIdentifiers(element).map(({ text }) => text));
  return steps.some(
    ({ statement }) =>
      statement !== undefined &&
      ts.isVariableStatement(statement) &&
      statement.declarationList.declarations.some(({ name }) =>
        boundIdentifiers(name).some(({ text }) => taken.has(text)),
      ),
  );
}

/** The inline function that a loop of a call runs. */
export function callbackOf(loop: LoopSite['loop']): ts.ArrowFunction | ts.FunctionExpression | undefined {
  const given = ts.isCallExpression(loop) && loop.arguments[0] ? unwrap(loop.arguments[0]) : undefined;
  return given && (ts.isArrowFunction(given) || ts.isFunctionExpression(given)) ? given : undefined;
}

/** The parts of a round that stand in the new statement as they are. */
function keptIn(steps: readonly RoundStep[]): Range[] {
  return steps.flatMap((step) => (step.statement ? keptOf(step, step.statement) : []));
}

function keptOf(step: RoundStep, statement: ts.Statement): readonly Range[] {
  const { above, behind } = commentsOf(statement.getSourceFile(), statement, true);
  switch (step.kind) {
    case 'compute':
      return [{ start: above[0]?.start ?? statement.getStart(), end: behind.at(-1)?.end ?? statement.end }];
    case 'write':
      return above;
    case 'skip':
      return [...above, rangeOf(step.statement.expression)];
    case 'branch':
      return [...above, rangeOf(step.statement.expression), ...keptIn(step.steps)];
  }
}

/** True if a comment stands in a stretch of text, but not in the parts of it that are kept. */
function losesComment(text: string, range: Range, kept: readonly Range[]): boolean {
  const inOrder = [...kept].sort((a, b) => a.start - b.start);
  const dropped = textWithout(text, range, inOrder);
  return holdsComment(dropped, { start: 0, end: dropped.length });
}

function isArray({ innermost: { kind, collection }, parent }: MultipliedQuery): boolean {
  if (kind === 'callback' || parent?.operation === 'findMany' || collection?.kind === 'array') return true;
  const type = collection?.kind === 'parameter' || collection?.kind === 'instance' ? collection.type : undefined;
  return type?.kind === 'call' && type.callee.kind === 'global' && type.callee.name === 'Array';
}

/** True if the type that a name is declared with says that it may hold nothing. */
export function mayBeNothing(node: ts.Expression, { scopes }: Tables): boolean {
  const declared = ts.isIdentifier(node) ? scopes.lookup(node.text, node)?.declaration : undefined;
  if (!declared || (!ts.isParameter(declared) && !ts.isVariableDeclaration(declared))) return false;
  const isOptional = ts.isParameter(declared) && declared.questionToken !== undefined;
  return isOptional || /\b(?:undefined|null)\b/.test(declared.type?.getText() ?? '');
}

/** The declared type of a name; undefined for what is none, or has none. */
export function declaredType(node: ts.Expression, { scopes }: Tables): ts.TypeNode | undefined {
  const declared = ts.isIdentifier(node) ? scopes.lookup(node.text, node)?.declaration : undefined;
  return declared && (ts.isParameter(declared) || ts.isVariableDeclaration(declared)) ? declared.type : undefined;
}

/** One option of a query, as it reads at an indent. */
export interface WrittenOption {
  readonly name: string;
  readonly value: (indent: string) => string;
}

/** The edit that puts one query in place of the whole loop: on a line where it fits, else an option a line. */
export function wholeStatement(loop: WriteLoop, operation: string, options: readonly WrittenOption[]): FileEdit {
  const { query, style, indent } = loop;
  const owner = ts.isPropertyAccessExpression(query.expression) ? query.expression.expression.getText() : '';
  const written = (at: string) => options.map(({ name, value }) => `${name}: ${value(at)}`);
  const line = `${owner}.${operation}({ ${written(indent).join(', ')} })`;
  const inner = style.newline + indent + style.indent;
  const comma = style.trailingCommas ? ',' : '';
  const spread = `{${inner}${written(indent + style.indent).join(`,${inner}`)}${comma}${style.newline}${indent}}`;
  const lines = `${owner}.${operation}(${spread})`;
  return inPlaceOfLoop(loop, line.includes('\n') ? [lines] : [line, lines]);
}

/** The edit that puts an expression that gives a promise in place of the loop: the first of its layouts that fits. */
export function inPlaceOfLoop(loop: WriteLoop, layouts: readonly string[]): FileEdit {
  const { taken, style, file, anchor, text } = loop;
  const end = style.semicolons ? ';' : '';
  const range = taken?.replaced ?? rangeOf(anchor);
  const column = range.start - text.lastIndexOf('\n', range.start - 1) - 1;
  const isLong = (line: string, index: number) => (index === 0 ? column : 0) + line.length > style.lineWidth;
  const texts = layouts.map((layout) => taken?.take(layout) ?? `await ${layout}${end}`);
  const newText = texts.find((choice) => !choice.split(/\r?\n/).some(isLong)) ?? texts.at(-1) ?? '';
  return { file, edits: [{ range, newText }] };
}
