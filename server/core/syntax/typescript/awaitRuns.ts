import ts from 'typescript';
import type { Range } from '../../text/range';
import { awaitNeeds } from './awaitNeeds';
import { type AwaitedPart, type BlockItem, blockItems } from './awaitSteps';
import type { AwaitBindingFact, AwaitRunFact, AwaitStepFact, StartedCallFact } from './facts';
import { enclosingFunction, isFunctionNode, outerParent, rangeOf } from './nodes';
import { promiseAllMembers, startedCalls } from './startedCalls';
import type { Tables } from './tables';
import type { Values } from './values';

interface Step extends BlockItem {
  readonly awaited: AwaitedPart;
  readonly starts: readonly StartedCallFact[];
}

/** Finds the runs of awaits, two or more, between which nothing stands but declarations without effects. */
export function readAwaitRuns(tables: Tables, values: Values): AwaitRunFact[] {
  const runs: AwaitRunFact[] = [];
  const { ofKind } = tables;
  const { Block, CaseClause, DefaultClause } = ts.SyntaxKind;
  for (const node of [...ofKind(Block), ...ofKind(CaseClause), ...ofKind(DefaultClause)]) {
    if (node.statements.reduce((sum, statement) => sum + countAwaits(statement), 0) < 2) continue;
    for (const items of splitIntoRuns(node.statements, tables, values)) runs.push(readRun(node, items, tables));
  }
  return runs;
}

/** A quick look at how many awaits a statement may hold: most blocks need no second one. */
function countAwaits(statement: ts.Statement): number {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.filter(({ initializer }) => initializer && hasAwait(initializer))
      .length;
  }
  if (!ts.isExpressionStatement(statement)) return 0;
  const { expression } = statement;
  return hasAwait(ts.isBinaryExpression(expression) ? expression.right : expression) ? 1 : 0;
}

function hasAwait(node: ts.Expression): boolean {
  let current = node;
  while (ts.isParenthesizedExpression(current) || ts.isAsExpression(current)) current = current.expression;
  return ts.isAwaitExpression(current) || ts.isConditionalExpression(current);
}

/** The stretches of a block from an await to a later one with nothing between that ends a run. */
function splitIntoRuns(statements: readonly ts.Statement[], tables: Tables, values: Values): (BlockItem | Step)[][] {
  const runs: (BlockItem | Step)[][] = [];
  let current: (BlockItem | Step)[] = [];
  const close = () => {
    const last = current.findLastIndex(isStep);
    const run = current.slice(current.findIndex(isStep), last + 1);
    if (run.filter(isStep).length > 1) runs.push(run);
    current = [];
  };
  for (const statement of statements) {
    const items = blockItems(statement, tables)?.map((item) => withStarts(item, tables, values));
    if (items?.every((item) => item !== undefined)) current.push(...items);
    else close();
  }
  close();
  return runs;
}

function withStarts(item: BlockItem, tables: Tables, values: Values): BlockItem | Step | undefined {
  if (!item.awaited) return item;
  const starts = startedCalls(item.awaited.expression, tables, values);
  return starts && { ...item, awaited: item.awaited, starts };
}

function isStep(item: BlockItem | Step): item is Step {
  return 'starts' in item;
}

function readRun(block: ts.Node, items: readonly (BlockItem | Step)[], tables: Tables): AwaitRunFact {
  const needs = awaitNeeds(items, enclosingFunction(block), tables);
  const steps = items.filter(isStep);
  return {
    function: tables.functionIndex.get(enclosingFunction(block)) ?? 0,
    range: { start: steps[0]?.statement.getStart() ?? block.getStart(), end: steps.at(-1)?.statement.end ?? block.end },
    steps: steps.map((step) => readStep(step, needs.get(step) ?? [], tables)),
    declarations: items.flatMap((item) => {
      if (isStep(item)) return [];
      const { statement, keyword, node } = item;
      const declared = keyword && { keyword, declarator: rangeOf(node) };
      return [{ statement: rangeOf(statement), ...declared, needs: needs.get(item) ?? [] }];
    }),
    inLoop: isInLoop(block, tables),
  };
}

function readStep({ statement, node, awaited, starts }: Step, needs: readonly number[], tables: Tables): AwaitStepFact {
  const { expression, casts, binding } = awaited;
  const members = readMembers(expression, binding?.target, tables);
  return {
    statement: rangeOf(statement),
    ...(ts.isVariableDeclaration(node) && { declarator: rangeOf(node) }),
    ...(binding && { binding: readBinding(binding) }),
    expression: rangeOf(expression),
    ...(ts.isConditionalExpression(expression) && { awaits: awaitsWithin(expression) }),
    casts: casts.map((type) => rangeOf(type)),
    starts,
    ...(members && { members }),
    needs,
  };
}

/** The `await` of each branch, up to what is awaited. */
function awaitsWithin({ whenTrue, whenFalse }: ts.ConditionalExpression): Range[] {
  return [whenTrue, whenFalse].flatMap((branch) => {
    let current = branch;
    while (ts.isParenthesizedExpression(current)) current = current.expression;
    if (!ts.isAwaitExpression(current)) return [];
    return [{ start: current.getStart(), end: current.expression.getStart() }];
  });
}

function readBinding({ kind, target, type }: NonNullable<AwaitedPart['binding']>): AwaitBindingFact {
  return { kind, target: rangeOf(target), ...(type && { type: rangeOf(type) }) };
}

/** The elements of `const [a, b] = await Promise.all([…])`, each with its name; undefined where they don't pair. */
function readMembers(
  expression: ts.Expression,
  target: ts.Node | undefined,
  tables: Tables,
): { expression: Range; target?: Range }[] | undefined {
  const members = promiseAllMembers(expression, tables);
  if (!members || !target || !ts.isArrayBindingPattern(target)) return undefined;
  const names = target.elements;
  const plain = names.every((name) => ts.isOmittedExpression(name) || !name.dotDotDotToken);
  if (!plain || names.length > members.length) return undefined;
  return members.map((member, index) => {
    const name = names[index];
    const named = name && !ts.isOmittedExpression(name) ? { target: rangeOf(name) } : {};
    return { expression: rangeOf(member), ...named };
  });
}

function isInLoop(block: ts.Node, tables: Tables): boolean {
  for (let node = block; !ts.isSourceFile(node); node = node.parent) {
    if (ts.isIterationStatement(node, false)) return true;
    if (!isFunctionNode(node)) continue;
    if (tables.loopIndex.has(node)) return true;
    if (!ts.isCallExpression(outerParent(node))) return false;
  }
  return false;
}
