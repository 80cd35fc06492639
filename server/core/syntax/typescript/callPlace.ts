import ts from 'typescript';
import { readBranches } from './branches';
import { fillsMemory } from './cacheGuards';
import type { CallPlace } from './facts';
import { runsInPlace } from './loopUses';
import { enclosingFunction, type FunctionNode } from './nodes';
import type { Tables } from './tables';
import { isWaitedFor } from './waiting';
import { awaitsQuery } from './writePlace';

/** Tells how calls of one file stand in the functions that send them, inline callbacks that run at once included. */
export interface CallPlaces {
  of(call: ts.Node): CallPlace;
}

/** Makes the {@link CallPlaces} of a file; the awaits are sorted by their functions once. */
export function readCallPlaces(tables: Tables): CallPlaces {
  const branches = readBranches(tables);
  const awaits = new Map<ts.Node, ts.AwaitExpression[]>();
  for (const node of tables.ofKind(ts.SyntaxKind.AwaitExpression)) {
    const owner = enclosingFunction(node);
    const known = awaits.get(owner);
    if (known) known.push(node);
    else awaits.set(owner, [node]);
  }

  /** The function around a node, and those that run it in place, from the inside out. */
  const runningFunctions = (node: ts.Node): (FunctionNode | ts.SourceFile)[] => {
    const owner = enclosingFunction(node);
    if (ts.isSourceFile(owner)) return [owner];
    const isPassed = tables.loopIndex.has(owner) || runsInPlace(owner);
    return isPassed ? [owner, ...runningFunctions(owner)] : [owner];
  };

  return {
    of: (call) => {
      const running = runningFunctions(call);
      const owner = running.at(-1) ?? tables.file;
      const earlier = running.flatMap((fn) => (awaits.get(fn) ?? []).filter((node) => node.end <= call.pos));
      const ways = branches.to(call, owner);
      return {
        ...(earlier.length > 0 ? { afterAwait: true } : {}),
        ...(earlier.some((node) => !awaitsQuery(node)) ? { afterOther: true } : {}),
        ...branchesAround(call, owner),
        ...(fillsMemory(call, owner, tables) ? { fillsMemory: true } : {}),
        ...(ways.length > 0 ? { branches: ways } : {}),
        ...(isWaitedFor(call, tables) ? { waitedFor: true } : {}),
      };
    },
  };
}

/** The branches that a call stands in; a guard that returns before it is none. */
function branchesAround(call: ts.Node, owner: ts.Node): Pick<CallPlace, 'inCatch' | 'conditional'> {
  let inCatch = false;
  let conditional = false;
  let child = call;
  for (let node = call.parent; node && node !== owner; child = node, node = node.parent) {
    inCatch ||= ts.isCatchClause(node) || isFailureHandler(node);
    conditional ||= isBranch(child, node);
  }
  return { ...(inCatch ? { inCatch } : {}), ...(conditional ? { conditional } : {}) };
}

/** `.catch(() => …)` */
function isFailureHandler(node: ts.Node): boolean {
  const { parent } = node;
  if (!ts.isCallExpression(parent) || parent.expression === node) return false;
  return ts.isPropertyAccessExpression(parent.expression) && parent.expression.name.text === 'catch';
}

/** True if some runs of `node` come to its part `child`, and some do not. */
function isBranch(child: ts.Node, node: ts.Node): boolean {
  if (ts.isIfStatement(node)) return child !== node.expression;
  if (ts.isConditionalExpression(node)) return child !== node.condition;
  if (ts.isBinaryExpression(node)) return node.right === child && BRANCHING.has(node.operatorToken.kind);
  return ts.isCaseOrDefaultClause(node);
}

const BRANCHING: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.AmpersandAmpersandToken,
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.QuestionQuestionToken,
]);
