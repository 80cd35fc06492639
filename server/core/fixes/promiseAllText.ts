import type ts from 'typescript';
import type { AwaitBindingFact, AwaitStepFact } from '../syntax/typescript/facts';
import type { Range } from '../text/range';
import type { CodeStyle } from './codeStyle';
import { holdsComment, type StatementComments, textIndentedAs, textWithout } from './movedText';

/** Where and how the new statement is written. */
export interface Writing {
  readonly tree: ts.SourceFile;
  readonly style: CodeStyle;
  readonly indent: string;
  /** `Promise.all`, or a client's `$transaction`. */
  readonly callee: string;
}

/** An awaited statement and the comments that go with it. */
export interface AwaitedStatement {
  readonly step: AwaitStepFact;
  readonly comments: StatementComments;
}

/** One element of the list, and what takes its result. */
interface Element {
  readonly expression: Range;
  readonly awaits?: readonly Range[];
  readonly cast: string;
  readonly target: string;
  readonly type?: string;
  readonly above: readonly string[];
  readonly behind: readonly string[];
}

/** A result that can't be taken where it arrives: another keyword, or a type that only some names have. */
interface Handover {
  readonly name: string;
  readonly statement: string;
}

/**
 * The statements that await all of these at once: one, and one more for each result that must be handed over.
 * Undefined where a comment would be lost or a name can't be made.
 */
export function writeTogether(parts: readonly AwaitedStatement[], writing: Writing): string[] | undefined {
  const { text } = writing.tree;
  if (parts.some(({ step }) => losesComment(text, step))) return undefined;
  const keyword = sharedKeyword(parts);
  const typed = everyNameHasType(parts);
  const elements: Element[] = [];
  const handovers: Handover[] = [];
  for (const { step, comments } of parts) {
    const { binding } = step;
    const above = comments.above.map((comment) => slice(text, comment));
    const behind = comments.behind.map((comment) => slice(text, comment));
    const needsHandover = binding && (binding.kind !== keyword || (binding.type !== undefined && !typed));
    if (needsHandover) {
      const handover = handOver(binding, writing);
      if (!handover) return undefined;
      handovers.push(handover);
      elements.push({ ...awaitedOf(step, text), target: handover.name, above, behind });
    } else if (step.members && isFlat(text, step)) {
      const last = step.members.length - 1;
      step.members.forEach(({ expression, target }, index) => {
        const comment = { above: index === 0 ? above : [], behind: index === last ? behind : [] };
        elements.push({ expression, cast: '', target: target ? slice(text, target) : '', ...comment });
      });
    } else {
      const type = binding?.type && { type: slice(text, binding.type) };
      const target = binding ? slice(text, binding.target) : '';
      elements.push({ ...awaitedOf(step, text), target, ...type, above, behind });
    }
  }
  // A line that begins with a bracket goes on with the line before, unless a semicolon says it doesn't.
  const guard = writing.style.semicolons ? '' : ';';
  const words = keyword === 'assignment' ? guard : `${keyword} `;
  return [layOut(elements, words, writing), ...handovers.map(({ statement }) => statement)];
}

function awaitedOf(step: AwaitStepFact, text: string): Pick<Element, 'expression' | 'awaits' | 'cast'> {
  const { expression, awaits } = step;
  return { expression, cast: castOf(text, step), ...(awaits && { awaits }) };
}

function slice(text: string, range: Range): string {
  return text.slice(range.start, range.end);
}

function losesComment(text: string, { statement, declarator, binding, expression }: AwaitStepFact): boolean {
  const before = { start: binding ? binding.target.end : statement.start, end: expression.start };
  return (
    holdsComment(text, before) || holdsComment(text, { start: expression.end, end: (declarator ?? statement).end })
  );
}

/** The keyword of all that take a result; `const` where they differ. */
function sharedKeyword(parts: readonly AwaitedStatement[]): AwaitBindingFact['kind'] {
  const kinds = new Set(parts.flatMap(({ step }) => step.binding?.kind ?? []));
  const [only] = kinds;
  return only !== undefined && kinds.size === 1 ? only : 'const';
}

function everyNameHasType(parts: readonly AwaitedStatement[]): boolean {
  return parts.every(({ step: { binding } }) => !binding || binding.type !== undefined);
}

/** An inner list that is taken apart anyway joins the outer one. */
function isFlat(text: string, { casts, members, expression }: AwaitStepFact): boolean {
  if (casts.length > 0 || !members) return false;
  const bounds = [expression.start, ...members.flatMap((member) => [member.expression.start, member.expression.end])];
  const gaps = [...bounds, expression.end];
  return gaps.every((start, index) => index % 2 === 1 || !holdsComment(text, { start, end: gaps[index + 1] ?? start }));
}

/** `(await f()) as T` → `f() as Promise<T>`. */
function castOf(text: string, { casts }: AwaitStepFact): string {
  return casts.map((cast, index) => ` as ${promised(slice(text, cast), index === casts.length - 1)}`).join('');
}

function promised(type: string, last: boolean): string {
  return last || (type !== 'unknown' && type !== 'any') ? `Promise<${type}>` : type;
}

function handOver({ kind, target, type }: AwaitBindingFact, { tree, style }: Writing): Handover | undefined {
  const place = slice(tree.text, target);
  if (!/^[\w$]+(?:\.[\w$]+)*$/.test(place)) return undefined;
  const words = place
    .split('.')
    .map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)));
  const name = `${words.join('')}Result`;
  if (tree.text.includes(name)) return undefined;
  const annotation = type ? `: ${slice(tree.text, type)}` : '';
  const start = kind === 'assignment' ? place : `${kind} ${place}${annotation}`;
  return { name, statement: `${start} = ${name}${style.semicolons ? ';' : ''}` };
}

/** Laid out as Prettier does: on one line, else the list broken, else also a break behind `=`, else the names broken. */
function layOut(elements: readonly Element[], keyword: string, writing: Writing): string {
  const { style, indent, callee } = writing;
  const head = headOf(elements, keyword);
  const onOneLine = listOnOneLine(elements, writing);
  const fits = (at: string, line: string) => at.length + line.length <= style.lineWidth;
  if (onOneLine !== undefined && fits(indent, head + onOneLine)) return head + onOneLine;
  if (head === '' || fits(indent, `${head}await ${callee}([`)) return head + brokenList(elements, indent, writing);

  const list = (at: string, before: string) =>
    onOneLine !== undefined && fits(at, before + onOneLine) ? onOneLine : brokenList(elements, at, writing);
  const opening = head.trimEnd();
  if (/^\w/.test(keyword) && annotationOf(elements) === '' && fits(indent, opening)) {
    const inner = indent + style.indent;
    return `${opening}${style.newline}${inner}${list(inner, '')}`;
  }
  const { rows, end } = brokenHead(elements, keyword, writing);
  return [...rows, `${indent}${end}${list(indent, end)}`].join(style.newline);
}

/** `await Promise.all([a, b]);`; undefined where that would lose a comment or has several lines. */
function listOnOneLine(elements: readonly Element[], { tree, style, callee }: Writing): string | undefined {
  if (elements.some(({ above, behind }) => above.length + behind.length > 0)) return undefined;
  const flat = elements.map(({ expression, awaits = [], cast }) => textWithout(tree.text, expression, awaits) + cast);
  const line = `await ${callee}([${flat.join(', ')}])${style.semicolons ? ';' : ''}`;
  return line.includes('\n') ? undefined : line;
}

/** The same with each element on lines of its own, as it reads in a statement indented by `indent`. */
function brokenList(elements: readonly Element[], indent: string, { tree, style, callee }: Writing): string {
  const inner = indent + style.indent;
  const lines = elements.flatMap(({ expression, awaits, cast, above, behind }, index) => {
    const comma = index < elements.length - 1 || style.trailingCommas ? ',' : '';
    const written = joinedHead(textIndentedAs(tree, expression, inner, awaits), inner, style) + cast + comma;
    return [...above.map((comment) => inner + comment), [inner + written, ...behind].join(' ')];
  });
  return [`await ${callee}([`, ...lines, `${indent}])${style.semicolons ? ';' : ''}`].join(style.newline);
}

/** A cast client that stood on lines of its own only because `const x = await` came before it. */
function joinedHead(expression: string, indent: string, { lineWidth }: CodeStyle): string {
  const head = /^\(\r?\n[ \t]*(\S[^\r\n]*)\r?\n[ \t]*\)[^\r\n]*/.exec(expression);
  if (!head || head[1] === undefined || holdsComment(head[1], { start: 0, end: head[1].length })) return expression;
  const joined = head[0].replace(/\r?\n[ \t]*/g, '');
  return indent.length + joined.length <= lineWidth ? joined + expression.slice(head[0].length) : expression;
}

/** `const [a, , b]: [A, unknown, B] = `; empty where nothing takes a result. */
function headOf(elements: readonly Element[], keyword: string): string {
  const named = takenElements(elements);
  if (named.length === 0) return '';
  const types = annotationOf(elements);
  return `${keyword}[${named.map(({ target }) => target).join(', ')}]${types} = `;
}

/** `const [`, a row a name, and what comes before the list: `] = `. */
function brokenHead(
  elements: readonly Element[],
  keyword: string,
  { style, indent }: Writing,
): { readonly rows: readonly string[]; readonly end: string } {
  const named = takenElements(elements);
  const inner = indent + style.indent;
  const rows = named.map(({ target }, index) => {
    const comma = index < named.length - 1 || style.trailingCommas || target === '' ? ',' : '';
    return `${inner}${target}${comma}`.trimEnd();
  });
  return { rows: [`${keyword}[`, ...rows], end: `]${annotationOf(elements)} = ` };
}

/** `: [A, unknown, B]`, of all elements: a tuple's type says how many there are. Empty where none has a type. */
function annotationOf(elements: readonly Element[]): string {
  if (!elements.some(({ type }) => type)) return '';
  return `: [${elements.map(({ type }) => type ?? 'unknown').join(', ')}]`;
}

/** The elements without the last ones whose results nothing takes. */
function takenElements(elements: readonly Element[]): readonly Element[] {
  return elements.slice(0, elements.findLastIndex(({ target }) => target !== '') + 1);
}
