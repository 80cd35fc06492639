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

/** Makes the {@link Branches} of a file. */
export function readBranches(tables: Tables): Branches {
  const costs = positionsOfCosts(tables);
  const exclusive = new Map<ts.Node, boolean>();
  const guards = new Map<ts.Node, readonly Branch[]>();

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
    if (!ts.isIfStatement(statement)) return [];
    const known = guards.get(statement);
    if (known) return known;
    const { pos: at, thenStatement, elseStatement } = statement;
    const isGuard = (arm: ts.Statement) => mayCost(arm) && leaves(arm) && isExclusive(statement);
    const rest = elseStatement ? waysBehind(elseStatement) : [];
    const found = isGuard(thenStatement)
      ? [{ at, arm: 1 }, ...rest]
      : elseStatement && isGuard(elseStatement)
        ? [{ at, arm: 0 }, ...waysBehind(thenStatement)]
        : [];
    guards.set(statement, found);
    return found;
  };

  const waysBefore = (statements: readonly ts.Statement[], child: ts.Node): readonly Branch[] =>
    statements.flatMap((statement) => (statement.end <= child.pos ? waysBehind(statement) : []));

  /** The ways to a part of `node`, from `node` on. */
  const waysTo = (child: ts.Node, node: ts.Node): readonly Branch[] => {
    if (ts.isBlock(node)) return waysBefore(node.statements, child);
    if (ts.isConditionalExpression(node)) {
      return child === node.condition ? [] : [{ at: node.pos, arm: child === node.whenTrue ? 0 : 1 }];
    }
    if (ts.isIfStatement(node)) {
      if (child === node.expression || !isExclusive(node)) return [];
      return [{ at: node.pos, arm: child === node.thenStatement ? 0 : 1 }];
    }
    if (!ts.isCaseOrDefaultClause(node)) return [];
    const choice = node.parent.parent;
    if ((ts.isCaseClause(node) && child === node.expression) || !isExclusive(choice)) return [];
    return [{ at: choice.pos, arm: clauseThatEnds(node) }, ...waysBefore(node.statements, child)];
  };

  return {
    to: (place, owner) => {
      const found: (readonly Branch[])[] = [];
      for (let child = place, node = place.parent; node && node !== owner; child = node, node = node.parent) {
        found.push(waysTo(child, node));
      }
      return found.reverse().flat();
    },
  };
}

/** Leaves out the branches of which no more than one arm has a call: they decide nothing. */
export function withoutLoneArms<Call extends CallPlace>(
  calls: readonly Call[],
  all: readonly CallPlace[],
): readonly Call[] {
  const arms = new Map<number, Set<number>>();
  for (const { at, arm } of all.flatMap(({ branches }) => branches ?? [])) {
    const known = arms.get(at);
    if (known) known.add(arm);
    else arms.set(at, new Set([arm]));
  }
  return calls.map((call) => {
    if (!call.branches) return call;
    const left: Call & { branches?: readonly Branch[] } = { ...call };
    const branches = call.branches.filter(({ at }) => (arms.get(at)?.size ?? 0) > 1);
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
