import ts from 'typescript';
import type { Branch, CallPlace } from './facts';
import { leaves } from './jumps';
import { isFunctionNode, memberName, unwrap } from './nodes';
import type { Tables } from './tables';

/** Tells which exclusive ways lead to the calls of one file. */
export interface Branches {
  /** The ways to a node from the function (`owner`) that runs it, outermost first. */
  to(node: ts.Node, owner: ts.Node): readonly Branch[];
}

/** A statement that some runs do not go on from, and the ways of those that do. */
interface Guard {
  readonly end: number;
  readonly ways: readonly Branch[];
}

/** Makes the {@link Branches} of a file. */
export function readBranches(tables: Tables): Branches {
  const costs = positionsOfCosts(tables);
  const exclusive = new Map<ts.Node, boolean>();
  const lists = new Map<ts.Node, readonly Guard[]>();
  const known = new Map<ts.Node, readonly Branch[]>();

  const mayCost = ({ pos, end }: ts.Node): boolean => {
    let low = 0;
    for (let high = costs.length; low < high; ) {
      const middle = (low + high) >> 1;
      if ((costs[middle] ?? 0) < pos) low = middle + 1;
      else high = middle;
    }
    return (costs[low] ?? Number.POSITIVE_INFINITY) < end;
  };

  /** In a loop, an arm that ends it comes after rounds of the others: what they cost adds up. */
  const isExclusive = (choice: ts.IfStatement | ts.SwitchStatement): boolean => {
    const known = exclusive.get(choice);
    if (known !== undefined) return known;
    const loop = loopAround(choice);
    const found = !loop || !armsOf(choice).some((arm) => mayCost(arm) && leavesArm(arm, loop));
    exclusive.set(choice, found);
    return found;
  };

  /** The ways by which a run goes on behind a statement: `if (a) { await b(); return }` leaves the other. */
  const waysBehind = (statement: ts.Node): readonly Branch[] => {
    if (ts.isBlock(statement)) return statement.statements.flatMap(waysBehind);
    if (ts.isTryStatement(statement)) return waysBehind(statement.tryBlock);
    if (!ts.isIfStatement(statement)) return NONE;
    const { pos: at, thenStatement, elseStatement } = statement;
    const isGuard = (arm: ts.Statement) => mayCost(arm) && leaves(arm) && isExclusive(statement);
    if (isGuard(thenStatement)) return [{ at, arm: 1 }, ...(elseStatement ? waysBehind(elseStatement) : NONE)];
    if (elseStatement && isGuard(elseStatement)) return [{ at, arm: 0 }, ...waysBehind(thenStatement)];
    return NONE;
  };

  const guardsAmong = ({ statements }: ts.Block | ts.CaseOrDefaultClause): readonly Guard[] => {
    const guards: Guard[] = [];
    for (const statement of statements) {
      const ways = waysBehind(statement);
      if (ways.length > 0) guards.push({ end: statement.end, ways });
    }
    return guards;
  };

  const waysBefore = (child: ts.Node, list: ts.Block | ts.CaseOrDefaultClause): readonly Branch[] => {
    const guards = lists.get(list) ?? guardsAmong(list);
    lists.set(list, guards);
    return guards.flatMap(({ end, ways }) => (end <= child.pos ? ways : []));
  };

  /** The ways to a part of `node`, from `node` on. */
  const waysWithin = (child: ts.Node, node: ts.Node): readonly Branch[] => {
    if (ts.isBlock(node)) return waysBefore(child, node);
    if (ts.isConditionalExpression(node)) {
      return child === node.condition ? NONE : [{ at: node.pos, arm: child === node.whenTrue ? 0 : 1 }];
    }
    if (ts.isIfStatement(node)) {
      if (child === node.expression || !isExclusive(node)) return NONE;
      return [{ at: node.pos, arm: child === node.thenStatement ? 0 : 1 }];
    }
    if (!ts.isCaseOrDefaultClause(node)) return NONE;
    const choice = node.parent.parent;
    if ((ts.isCaseClause(node) && child === node.expression) || !isExclusive(choice)) return NONE;
    return [{ at: choice.pos, arm: clauseThatEnds(node) }, ...waysBefore(child, node)];
  };

  const waysTo = (place: ts.Node, owner: ts.Node): readonly Branch[] => {
    let child = place;
    while (child.parent && child.parent !== owner && !PARTING.has(child.parent.kind)) child = child.parent;
    const { parent } = child;
    if (!parent || parent === owner) return NONE;
    const before = known.get(parent) ?? waysTo(parent, owner);
    known.set(parent, before);
    const within = waysWithin(child, parent);
    return within.length > 0 ? [...before, ...within] : before;
  };

  return { to: waysTo };
}

/** The kinds of node that part the ways to what is in them. */
const PARTING: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.Block,
  ts.SyntaxKind.ConditionalExpression,
  ts.SyntaxKind.IfStatement,
  ts.SyntaxKind.CaseClause,
  ts.SyntaxKind.DefaultClause,
]);
const NONE: readonly Branch[] = [];

/** Leaves out the branches of which no more than one arm has a call: they decide nothing. */
export function withoutLoneArms<Call extends CallPlace>(
  calls: readonly Call[],
  all: readonly CallPlace[],
): readonly Call[] {
  const firstArms = new Map<number, number>();
  const choices = new Set<number>();
  for (const { branches } of all) {
    for (const { at, arm } of branches ?? NONE) {
      const first = firstArms.get(at);
      if (first === undefined) firstArms.set(at, arm);
      else if (first !== arm) choices.add(at);
    }
  }
  return calls.map((call) => {
    if (!call.branches) return call;
    const left: Call & { branches?: readonly Branch[] } = { ...call };
    const branches = call.branches.filter(({ at }) => choices.has(at));
    if (branches.length > 0) left.branches = branches;
    else delete left.branches;
    return left;
  });
}

/** Where something is awaited, a query may be sent, or the promise of another function is returned; ascending. */
function positionsOfCosts({ ofKind, calls }: Tables): readonly number[] {
  const nodes = [
    ...ofKind(ts.SyntaxKind.AwaitExpression),
    ...calls,
    ...ofKind(ts.SyntaxKind.ReturnStatement).filter(returnsWork),
  ];
  return nodes.map(({ pos }) => pos).sort((a, b) => a - b);
}

/** `return load(id)`, `return this.users.find(id)`; not `return res.status(400).json(…)`, which guards end with. */
function returnsWork({ expression }: ts.ReturnStatement): boolean {
  const returned = expression && unwrap(expression);
  if (!returned || !ts.isCallExpression(returned)) return false;
  const callee = unwrap(returned.expression);
  if (ts.isIdentifier(callee)) return true;
  return ts.isPropertyAccessExpression(callee) && !RESPONDS.has(memberName(callee) ?? '');
}

const RESPONDS: ReadonlySet<string> = new Set(['json', 'send', 'status', 'redirect', 'render', 'end', 'text', 'html']);

function armsOf(choice: ts.IfStatement | ts.SwitchStatement): readonly ts.Node[] {
  if (ts.isSwitchStatement(choice)) return choice.caseBlock.clauses;
  return choice.elseStatement ? [choice.thenStatement, choice.elseStatement] : [choice.thenStatement];
}

function leavesArm(arm: ts.Node, loop: ts.IterationStatement): boolean {
  if (ts.isCaseOrDefaultClause(arm)) return arm.statements.some((statement) => leaves(statement, loop));
  return ts.isStatement(arm) && leaves(arm, loop);
}

/** A clause that falls through goes the way of the next. */
function clauseThatEnds(clause: ts.CaseOrDefaultClause): number {
  const { clauses } = clause.parent;
  const first = clauses.indexOf(clause);
  const ends = clauses.findIndex(({ statements }, index) => index >= first && statements.some((one) => leaves(one)));
  return ends < 0 ? clauses.length - 1 : ends;
}

/** The loop of statements that runs a node round by round. */
function loopAround(node: ts.Node): ts.IterationStatement | undefined {
  for (let { parent } = node; parent && !isFunctionNode(parent); parent = parent.parent) {
    if (ts.isIterationStatement(parent, false)) return parent;
  }
  return undefined;
}
