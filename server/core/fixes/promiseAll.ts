import type ts from 'typescript';
import { type AwaitPlan, isShared } from '../model/awaits/awaitPlan';
import type { Query } from '../model/queries/query';
import type { Fix } from '../rules/rule';
import type { AwaitDeclarationFact, AwaitStepFact, Value } from '../syntax/typescript/facts';
import type { Range } from '../text/range';
import type { TextEdit } from '../text/textEdit';
import { indentAt, readCodeStyle } from './codeStyle';
import { commentsOf, holdsComment, type StatementComments, startsLine, statementAt, textIndentedAs } from './movedText';
import { type Writing, writeTogether } from './promiseAllText';
import type { Sources } from './sources';

interface Place {
  readonly file: string;
  readonly plan: AwaitPlan;
  readonly sources: Sources;
}

type Part = AwaitStepFact | AwaitDeclarationFact;

const NO_COMMENTS: StatementComments = { above: [], behind: [] };

/**
 * Awaits together what is independent, stage after stage. Undefined where that can't be written
 * without losing a comment. `maybeTransaction`: nothing may be gained, which the title then says.
 */
export function awaitTogether({ maybeTransaction, ...place }: Place & { maybeTransaction: boolean }): Fix | undefined {
  const edit = rewrite(place, 'Promise.all');
  if (!edit) return undefined;
  const effects = place.plan.stages.flatMap(({ steps }) => steps.flatMap((step) => step.effects));
  const requests = effects.some(({ kind }) => kind === 'request');
  const what = maybeTransaction
    ? ' (no gain where the client is a transaction)'
    : requests
      ? ' (sends the requests at the same time)'
      : '';
  return {
    title: `Await them together with Promise.all${what}`,
    kind: maybeTransaction || requests ? 'suggestion' : 'safe',
    edits: [{ file: place.file, edits: [edit] }],
  };
}

/** Reads a page of rows and their total in one `$transaction([…])`; undefined for anything but these two. */
export function readInTransaction(place: Place): Fix | undefined {
  const text = place.sources.text(place.file);
  const client = text === undefined ? undefined : clientOfPage(place.plan, text);
  const edit = client === undefined ? undefined : rewrite(place, `${client}.$transaction`);
  if (!edit) return undefined;
  const title = `Read both with ${client}.$transaction (one connection, one after the other)`;
  return { title, kind: 'suggestion', edits: [{ file: place.file, edits: [edit] }] };
}

/** The text of the client that reads rows and counts them by one filter, if that is all the plan holds. */
function clientOfPage({ stages }: AwaitPlan, text: string): string | undefined {
  const steps = stages.flatMap((stage) => stage.steps);
  const queries = steps.flatMap(({ step, effects: [effect, ...more] }) => {
    const whole = effect?.kind === 'query' && more.length === 0 && step.casts.length === 0;
    return whole && sameRange(step.expression, effect.query.call.range) ? [effect.query] : [];
  });
  const rows = queries.find((query) => query.operation === 'findMany');
  const total = queries.find((query) => query.operation === 'count');
  if (!rows || !total || steps.length !== 2 || queries.length !== 2) return undefined;
  if (rows.client !== 'client' || rows.model !== total.model || filterOf(rows, text) !== filterOf(total, text)) {
    return undefined;
  }
  const [first, second] = [clientText(rows, text), clientText(total, text)];
  return first === second ? first : undefined;
}

function clientText({ call }: Query, text: string): string | undefined {
  return /^(.+)\.\w+\.\w+$/.exec(text.slice(call.callee.start, call.callee.end))?.[1];
}

function filterOf({ args }: Query, text: string): string {
  if (!args) return '';
  const where: Value | undefined =
    args.kind === 'object' && !args.open ? args.properties.find(({ key }) => key === 'where')?.value : args;
  return where ? text.slice(where.range.start, where.range.end) : '';
}

function sameRange(a: Range, b: Range): boolean {
  return a.start === b.start && a.end === b.end;
}

function rewrite({ file, plan, sources }: Place, callee: string): TextEdit | undefined {
  const tree = sources.tree(file);
  const parts: Part[] = plan.stages.flatMap((stage) => [...stage.declarations, ...stage.steps.map(({ step }) => step)]);
  const statements = distinctStatements(parts);
  const [first, last] = [statements[0], statements.at(-1)];
  const comments = tree && readComments(tree, statements);
  if (!tree || !first || !last || !comments) return undefined;
  const { text } = tree;
  const isDivided = ({ start }: Range) => parts.filter(({ statement }) => statement.start === start).length > 1;
  if (statements.some((statement) => isDivided(statement) && holdsComment(text, statement))) return undefined;

  const style = readCodeStyle(text);
  const writing: Writing = { tree, style, indent: indentAt(text, first.start), callee };
  const pending = new Map(comments);
  const take = ({ statement }: Part): StatementComments => {
    const own = pending.get(statement.start) ?? NO_COMMENTS;
    pending.delete(statement.start);
    return own;
  };
  let newText = '';
  const append = ({ statement }: Part, lines: readonly string[]) => {
    const apart = hasBlankLineAbove(text, comments.get(statement.start)?.above[0] ?? statement);
    if (newText !== '') newText += (apart ? style.newline : '') + style.newline + writing.indent;
    newText += lines.join(style.newline + writing.indent);
  };
  for (const stage of plan.stages) {
    const steps = stage.steps.map(({ step }) => step);
    const alone: Part[] = [...stage.declarations, ...(isShared(stage) ? [] : steps)];
    for (const part of alone) append(part, asItWas(part, isDivided(part.statement), take(part), writing));
    if (!isShared(stage) || !steps[0]) continue;
    const together = writeTogether(
      steps.map((step) => ({ step, comments: take(step) })),
      writing,
    );
    if (!together) return undefined;
    append(steps[0], together);
  }
  const start = comments.get(first.start)?.above[0]?.start ?? first.start;
  const end = comments.get(last.start)?.behind.at(-1)?.end ?? last.end;
  return { range: { start, end }, newText };
}

/** The statements of the parts, each once, in the order of the text. */
function distinctStatements(parts: readonly Part[]): Range[] {
  const byStart = new Map(parts.map(({ statement }) => [statement.start, statement]));
  return [...byStart.values()].sort((a, b) => a.start - b.start);
}

/**
 * The comments of each statement, by its start. Those above the first stay where they are, unless
 * another has some: then each goes with its own. Undefined where a statement does not start its
 * line, or something else stands between two.
 */
function readComments(
  tree: ts.SourceFile,
  statements: readonly Range[],
): ReadonlyMap<number, StatementComments> | undefined {
  const { text } = tree;
  const found = new Map<number, StatementComments>();
  let previousEnd: number | undefined;
  for (const { start, end } of statements) {
    const node = statementAt(tree, start);
    if (!node || !startsLine(text, start)) return undefined;
    const comments = commentsOf(tree, node, previousEnd !== undefined);
    if (previousEnd !== undefined && hasMore(text, { start: previousEnd, end: start }, comments.above))
      return undefined;
    found.set(start, comments);
    previousEnd = comments.behind.at(-1)?.end ?? end;
  }
  const [first, ...others] = statements;
  const own = first && found.get(first.start);
  const stays = others.every(({ start }) => found.get(start)?.above.length === 0);
  if (own && stays) found.set(first.start, { ...own, above: [] });
  return found;
}

function hasMore(text: string, gap: Range, known: readonly Range[]): boolean {
  let rest = '';
  let from = gap.start;
  for (const { start, end } of known) {
    rest += text.slice(from, start);
    from = end;
  }
  return (rest + text.slice(from, gap.end)).trim() !== '';
}

/** A statement as it was; of one with several declarations, the part. */
function asItWas(part: Part, divided: boolean, comments: StatementComments, writing: Writing): string[] {
  const { tree, style, indent } = writing;
  const keyword = 'expression' in part ? part.binding?.kind : part.keyword;
  const own = divided && part.declarator;
  const statement = own
    ? `${keyword} ${textIndentedAs(tree, own, indent)}${style.semicolons ? ';' : ''}`
    : textIndentedAs(tree, part.statement, indent);
  const textOf = ({ start, end }: Range) => tree.text.slice(start, end);
  return [...comments.above.map(textOf), [statement, ...comments.behind.map(textOf)].join(' ')];
}

function hasBlankLineAbove(text: string, { start }: Range): boolean {
  return /\n[ \t]*\r?\n[ \t]*$/.test(text.slice(Math.max(0, start - 400), start));
}
