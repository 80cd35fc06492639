import ts from 'typescript';
import { rangeOf } from '../syntax/typescript/nodes';
import type { CodeStyle } from './codeStyle';
import { commentsOf, type StatementComments, textIndentedAs } from './movedText';
import type { WriteLoop } from './writeLoop';
import type { RoundStep } from './writeRound';

/** The head of a call that makes a value, or none, of each element: `users.map(`, `[...users].map(`. */
export function mappingHead({ collection, isArray, round }: WriteLoop): string {
  const text = collection.getText();
  const binds = ts.isLeftHandSideExpression(collection) && !ts.isNewExpression(collection);
  const own = binds ? text : `(${text})`;
  // `Array.from` would know nothing of the elements of an `any`.
  return `${isArray ? own : `[...${own}]`}.${round.skips ? 'flatMap' : 'map'}(`;
}

/** A node as it reads at another indent. */
export function indentedAt(node: ts.Node, indent: string): string {
  return textIndentedAs(node.getSourceFile(), rangeOf(node), indent);
}

/** What a skipped or written round gives, as it reads at an indent. */
type Result = (indent: string) => string;

/**
 * A callback that gives an expression for the loop's element, `(user) => ({ … })`, with what the round computes
 * before; where rounds may be skipped, a list of one or none.
 */
export function callbackText(loop: WriteLoop, expression: ts.Expression, indent: string): string {
  const { round, parameters, style } = loop;
  const head = `(${parameters}) => `;
  const result: Result = (at) => (round.skips ? listOf(expression, at, style) : indentedAt(expression, at));
  const room = style.lineWidth - indent.length - mappingHead(loop).length - head.length - NAME_OF_OPTION;
  const short = shortText(round.steps, result(indent));
  if (short !== undefined && (!short.isChoice || short.text.length + 2 <= room)) {
    const wraps = short.isChoice || (ts.isObjectLiteralExpression(expression) && !round.skips);
    return head + (wraps ? `(${short.text})` : short.text);
  }
  const inner = indent + style.indent;
  if (short && inner.length + short.text.length < style.lineWidth) {
    const comma = style.argumentCommas ? ',' : '';
    return [head.trimEnd(), `${inner}${short.text}${comma}`, indent].join(style.newline);
  }
  const lines = writeSteps(round.steps, result, loop, inner);
  return [`${head}{`, ...lines, `${indent}}`].join(style.newline);
}

/** `[expression]`, on lines of its own where it has several. */
function listOf(expression: ts.Expression, indent: string, style: CodeStyle): string {
  const line = `[${indentedAt(expression, indent)}]`;
  if (!line.includes('\n')) return line;
  const inner = indent + style.indent;
  const comma = style.trailingCommas ? ',' : '';
  return ['[', `${inner}${indentedAt(expression, inner)}${comma}`, `${indent}]`].join(style.newline);
}

/** What stands before and behind a mapping on its line: `data: `, `),`. */
const NAME_OF_OPTION = 9;

/** The one expression of a round that computes nothing before; undefined where a choice has several lines. */
function shortText(
  steps: readonly RoundStep[],
  result: string,
): { readonly text: string; readonly isChoice: boolean } | undefined {
  const [first, ...others] = steps;
  if (!first || others.length > 1 || steps.some(hasComments)) return undefined;
  if (first.kind === 'write') return { text: result, isChoice: false };
  const inner = first.kind === 'branch' ? first.steps : others;
  if (first.kind === 'compute' || inner.length !== 1 || inner[0]?.kind !== 'write' || inner.some(hasComments))
    return undefined;
  const condition = conditionText(first.statement.expression);
  const text = first.kind === 'branch' ? `${condition} ? ${result} : []` : `${condition} ? [] : ${result}`;
  return text.includes('\n') ? undefined : { text, isChoice: true };
}

function conditionText(condition: ts.Expression): string {
  const isLoose = ts.isConditionalExpression(condition) || ts.isArrowFunction(condition);
  return isLoose ? `(${condition.getText()})` : condition.getText();
}

function hasComments(step: RoundStep): boolean {
  const { above, behind } = commentsAround(step);
  return above.length + behind.length > 0;
}

function writeSteps(steps: readonly RoundStep[], result: Result, loop: WriteLoop, indent: string): string[] {
  const { text } = loop;
  return steps.flatMap((step, index) => {
    const { above, behind } = commentsAround(step);
    const first = above[0]?.start ?? step.statement?.getStart() ?? 0;
    const isApart = index > 0 && /\n[ \t]*\r?\n[ \t]*$/.test(text.slice(0, first).slice(-200));
    const trailing = behind.map(({ start, end }) => ` ${text.slice(start, end)}`).join('');
    return [
      ...(isApart ? [''] : []),
      ...above.map(({ start, end }) => indent + text.slice(start, end)),
      ...writeStep(step, result, loop, indent, trailing),
    ];
  });
}

function writeStep(step: RoundStep, result: Result, loop: WriteLoop, indent: string, trailing: string): string[] {
  const end = loop.style.semicolons ? ';' : '';
  switch (step.kind) {
    case 'compute':
      return [indent + indentedAt(step.statement, indent) + trailing];
    case 'skip': {
      const head = ifHead(step.statement, indent);
      if (!ts.isBlock(step.statement.thenStatement)) return [`${indent}${head} return []${end}`];
      return [`${indent}${head} {`, `${indent}${loop.style.indent}return []${end}`, `${indent}}`];
    }
    case 'write':
      return [`${indent}return ${result(indent)}${end}`];
    case 'branch': {
      const inner = writeSteps(step.steps, result, loop, indent + loop.style.indent);
      return [`${indent}${ifHead(step.statement, indent)} {`, ...inner, `${indent}}`, `${indent}return []${end}`];
    }
  }
}

/** `if (…)`, as it reads at an indent. */
function ifHead(statement: ts.IfStatement, indent: string): string {
  const tree = statement.getSourceFile();
  const start = statement.getStart();
  const head = tree.text.slice(start, statement.thenStatement.getStart()).trimEnd();
  return textIndentedAs(tree, { start, end: start + head.length }, indent);
}

function commentsAround({ statement }: RoundStep): StatementComments {
  return statement ? commentsOf(statement.getSourceFile(), statement, true) : { above: [], behind: [] };
}
