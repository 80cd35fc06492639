import ts from 'typescript';
import { memberName, unwrap, walk } from '../syntax/typescript/nodes';
import type { Tables } from '../syntax/typescript/tables';

/** A statement of a loop's round. */
export type RoundStep =
  /** It computes, waits for nothing and always goes on. */
  | { readonly kind: 'compute'; readonly statement: ts.Statement }
  /** `if (…) continue;`: the round writes nothing. */
  | { readonly kind: 'skip'; readonly statement: ts.IfStatement }
  /** The write; without a statement where the round is that expression alone. */
  | { readonly kind: 'write'; readonly statement?: ts.Statement }
  /** `if (…) { … }`, with the write as its end: always the last step. */
  | { readonly kind: 'branch'; readonly statement: ts.IfStatement; readonly steps: readonly RoundStep[] };

/** Where the rows that the rounds write are gathered: `list.push(row)`. */
export interface GatheredRows {
  readonly list: ts.Identifier;
  /** The member that is pushed, where it is not the row itself. */
  readonly member?: string;
  /** The name of one row; absent where it has none. */
  readonly row?: string;
}

/** A round whose only effect on the database is one write, at its end. */
export interface WriteRound {
  readonly steps: readonly RoundStep[];
  /** Some rounds may write nothing. */
  readonly skips: boolean;
  readonly gathered?: GatheredRows;
}

/**
 * Reads the round that `body` is: what computes may come before the write, and what skips it. Undefined where
 * more is done, something else is awaited, or a row goes anywhere but into a list.
 */
export function readRound(body: ts.Node, query: ts.CallExpression, tables: Tables): WriteRound | undefined {
  if (!ts.isBlock(body) && !ts.isStatement(body)) {
    return isExpressionOf(body, query) ? { steps: [{ kind: 'write' }], skips: false } : undefined;
  }
  const gathered = gatheredRows(ts.isBlock(body) ? body.statements : [body], query);
  const steps = readSteps(ts.isBlock(body) ? body.statements : [body], query, gathered !== undefined);
  if (!steps) return undefined;
  const changes = gathered && mentionsList(steps, gathered.list, tables);
  return changes ? undefined : { steps, skips: maySkip(steps), ...(gathered && { gathered }) };
}

function readSteps(
  statements: readonly ts.Statement[],
  query: ts.CallExpression,
  gathers: boolean,
): RoundStep[] | undefined {
  const steps: RoundStep[] = [];
  for (const [index, statement] of statements.entries()) {
    if (holds(statement, query)) {
      const rest = statements.length - index - 1;
      const last = lastStep(statement, query, gathers);
      return last && rest === (gathers && ts.isVariableStatement(statement) ? 1 : 0) ? [...steps, last] : undefined;
    }
    if (isSkip(statement)) steps.push({ kind: 'skip', statement });
    else if (computesOnly(statement)) steps.push({ kind: 'compute', statement });
    else return undefined;
  }
  return undefined;
}

function lastStep(statement: ts.Statement, query: ts.CallExpression, gathers: boolean): RoundStep | undefined {
  if (gathers) return { kind: 'write', statement };
  if (ts.isExpressionStatement(statement) || ts.isReturnStatement(statement)) {
    return statement.expression && unwrap(statement.expression) === query ? { kind: 'write', statement } : undefined;
  }
  if (!ts.isIfStatement(statement) || statement.elseStatement || holdsAwait(statement.expression)) return undefined;
  const { thenStatement } = statement;
  const steps = readSteps(ts.isBlock(thenStatement) ? thenStatement.statements : [thenStatement], query, false);
  return steps && { kind: 'branch', statement, steps };
}

/** `list.push(await write)`, or `const row = await write; list.push(row)`, at the end of the round. */
function gatheredRows(statements: readonly ts.Statement[], query: ts.CallExpression): GatheredRows | undefined {
  const [before, last] = [statements.at(-2), statements.at(-1)];
  const push = last && ts.isExpressionStatement(last) ? last.expression : undefined;
  if (!push || !ts.isCallExpression(push) || push.arguments.length !== 1) return undefined;
  const { expression: callee } = push;
  if (!ts.isPropertyAccessExpression(callee) || callee.name.text !== 'push' || !ts.isIdentifier(callee.expression))
    return undefined;
  const list = callee.expression;
  const [pushed] = push.arguments;
  if (!pushed) return undefined;
  if (isExpressionOf(pushed, query)) return { list };
  const declarations = before && ts.isVariableStatement(before) ? before.declarationList.declarations : [];
  const [declaration, ...others] = declarations;
  if (!declaration?.initializer || others.length > 0 || !ts.isIdentifier(declaration.name)) return undefined;
  if (!isExpressionOf(declaration.initializer, query) || declaration.type) return undefined;
  const row = declaration.name.text;
  if (ts.isIdentifier(pushed)) return pushed.text === row ? { list, row } : undefined;
  const isMember = ts.isPropertyAccessExpression(pushed) && !pushed.questionDotToken;
  return isMember && pushed.expression.getText() === row ? { list, row, member: pushed.name.text } : undefined;
}

/** The query itself, in parentheses or awaited, but not cast. */
function isExpressionOf(node: ts.Node, query: ts.CallExpression): boolean {
  let current = node;
  while (ts.isParenthesizedExpression(current) || ts.isAwaitExpression(current)) current = current.expression;
  return current === query;
}

function isSkip(statement: ts.Statement): statement is ts.IfStatement {
  if (!ts.isIfStatement(statement) || statement.elseStatement || holdsAwait(statement.expression)) return false;
  const { thenStatement } = statement;
  const [only, ...others] = ts.isBlock(thenStatement) ? thenStatement.statements : [thenStatement];
  return only !== undefined && others.length === 0 && endsRound(only);
}

/** `continue`, or the bare `return` of a callback. */
function endsRound(statement: ts.Statement): boolean {
  if (ts.isContinueStatement(statement)) return statement.label === undefined;
  if (!ts.isReturnStatement(statement)) return false;
  const given = statement.expression?.getText();
  return given === undefined || /^(undefined|null|false|true)$/.test(given);
}

/** True for a statement that waits for nothing and always goes on to the next. */
export function computesOnly(statement: ts.Statement): boolean {
  const isPlain =
    ts.isVariableStatement(statement) || ts.isExpressionStatement(statement) || ts.isIfStatement(statement);
  return isPlain && !holdsAwait(statement) && !holdsJump(statement);
}

/** True if an expression or statement waits for something: it can stand in no callback that is not async. */
export function holdsAwait(node: ts.Node): boolean {
  if (ts.isAwaitExpression(node) || ts.isYieldExpression(node)) return true;
  return ts.forEachChild(node, (child) => holdsAwait(child) || undefined) ?? false;
}

function holdsJump(node: ts.Node): boolean {
  if (ts.isReturnStatement(node) || ts.isContinueStatement(node) || ts.isBreakStatement(node)) return true;
  if (ts.isFunctionLike(node)) return false;
  return ts.forEachChild(node, (child) => holdsJump(child) || undefined) ?? false;
}

function holds(statement: ts.Statement, query: ts.Node): boolean {
  return statement.pos <= query.pos && query.end <= statement.end;
}

function maySkip(steps: readonly RoundStep[]): boolean {
  return steps.some(({ kind }) => kind === 'skip' || kind === 'branch');
}

function mentionsList(steps: readonly RoundStep[], list: ts.Identifier, { scopes }: Tables): boolean {
  const binding = scopes.lookup(list.text, list);
  let found = false;
  for (const step of steps) {
    if (step.kind === 'write' || !step.statement) continue;
    walk(step.statement, (node) => {
      found ||= ts.isIdentifier(node) && node.text === list.text && scopes.lookup(node.text, node) === binding;
      return !found;
    });
  }
  return found || memberName(list) !== undefined;
}
