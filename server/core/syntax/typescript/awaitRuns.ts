import ts from 'typescript';
import type { Range } from '../../text/range';
import { awaitNeeds } from './awaitNeeds';
import { type AwaitedPart, type BlockItem, blockItems } from './awaitSteps';
import type { AwaitBindingFact, AwaitRunFact, AwaitStepFact } from './facts';
import { enclosingFunction, isFunctionNode, outerParent, rangeOf } from './nodes';
import { promiseAllMembers, startedCalls } from './startedCalls';
import type { Tables } from './tables';
import type { Values } from './values';

interface Step extends BlockItem {
  readonly awaited: AwaitedPart;
}

/** Finds the runs of awaits, two or more, between which nothing stands but declarations without effects. */
export function readAwaitRuns(tables: Tables, values: Values): AwaitRunFact[] {
  const runs: AwaitRunFact[] = [];
  const { ofKind } = tables;
  const { Block, CaseClause, DefaultClause } = ts.SyntaxKind;
  for (const node of [...ofKind(Block), ...ofKind(CaseClause), ...ofKind(DefaultClause)]) {
    if (node.statements.length === 0) continue;
    for (const items of splitIntoRuns(node.statements, tables)) runs.push(readRun(node, items, tables, values));
  }
  return runs;
}

/** The stretches of a block from an await to a later one with nothing between that ends a run. */
function splitIntoRuns(statements: readonly ts.Statement[], tables: Tables): BlockItem[][] {
  const runs: BlockItem[][] = [];
  let current: BlockItem[] = [];
  const close = () => {
    const last = current.findLastIndex(isStep);
    const run = current.slice(current.findIndex(isStep), last + 1);
    if (run.filter(isStep).length > 1) runs.push(run);
    current = [];
  };
  for (const statement of statements) {
    const items = blockItems(statement, tables);
    if (items) current.push(...items);
    else close();
  }
  close();
  return runs;
}

function isStep(item: BlockItem): item is Step {
  return item.awaited !== undefined;
}

function readRun(block: ts.Node, items: readonly BlockItem[], tables: Tables, values: Values): AwaitRunFact {
  const needs = awaitNeeds(items, enclosingFunction(block), tables);
  const steps = items.filter(isStep);
  return {
    function: tables.functionIndex.get(enclosingFunction(block)) ?? 0,
    range: { start: steps[0]?.statement.getStart() ?? block.getStart(), end: steps.at(-1)?.statement.end ?? block.end },
    steps: steps.map((step) => readStep(step, needs.get(step) ?? [], tables, values)),
    declarations: items.flatMap((item) => {
      if (isStep(item)) return [];
      const { statement, keyword, node } = item;
      const declared = keyword && { keyword, declarator: rangeOf(node) };
      return [{ statement: rangeOf(statement), ...declared, needs: needs.get(item) ?? [] }];
    }),
    inLoop: isInLoop(block, tables),
  };
}

function readStep(
  { statement, node, awaited }: Step,
  needs: readonly number[],
  tables: Tables,
  values: Values,
): AwaitStepFact {
  const { expression, casts, binding } = awaited;
  const members = readMembers(expression, binding?.target, tables);
  return {
    statement: rangeOf(statement),
    ...(ts.isVariableDeclaration(node) && { declarator: rangeOf(node) }),
    ...(binding && { binding: readBinding(binding) }),
    expression: rangeOf(expression),
    casts: casts.map(rangeOf),
    value: values.of(expression),
    starts: startedCalls(expression, tables, values),
    ...(members && { members }),
    needs,
  };
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
