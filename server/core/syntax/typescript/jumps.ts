import ts from 'typescript';
import { isFunctionNode, isWithin } from './nodes';

/** True for a `break` or `continue` after which the loop does not go on: it may belong to a loop further out. */
export function jumpsOut(jump: ts.BreakOrContinueStatement, loop: ts.IterationStatement): boolean {
  const target = targetOf(jump);
  if (!target || !isWithin(loop, target)) return false;
  return ts.isBreakStatement(jump) || target !== loop;
}

/** True for a `continue` by which the loop itself goes on with its next round. */
export function continues(jump: ts.Node, loop: ts.IterationStatement): boolean {
  return ts.isContinueStatement(jump) && targetOf(jump) === loop;
}

/** The loop or `switch` that a jump leaves or goes on with; for a label on anything else, the labelled statement. */
function targetOf(jump: ts.BreakOrContinueStatement): ts.Node | undefined {
  for (let node: ts.Node = jump.parent; !ts.isSourceFile(node) && !isFunctionNode(node); node = node.parent) {
    if (jump.label) {
      if (ts.isLabeledStatement(node) && node.label.text === jump.label.text) return labelled(node);
    } else if (ts.isIterationStatement(node, false) || (ts.isSwitchStatement(node) && ts.isBreakStatement(jump))) {
      return node;
    }
  }
  return undefined;
}

function labelled({ statement }: ts.LabeledStatement): ts.Statement {
  return ts.isLabeledStatement(statement) ? labelled(statement) : statement;
}

/**
 * True for a statement that is left by a jump: code behind it is not reached. With a `loop` around it, only
 * where the loop is left too.
 */
export function leaves(statement: ts.Statement, loop?: ts.IterationStatement): boolean {
  if (ts.isReturnStatement(statement) || ts.isThrowStatement(statement)) return true;
  if (ts.isBreakOrContinueStatement(statement)) return loop ? jumpsOut(statement, loop) : !statement.label;
  if (ts.isBlock(statement)) return statement.statements.some((inner) => leaves(inner, loop));
  if (ts.isIfStatement(statement)) {
    return !!statement.elseStatement && leaves(statement.thenStatement, loop) && leaves(statement.elseStatement, loop);
  }
  if (!ts.isTryStatement(statement)) return false;
  const { tryBlock, catchClause } = statement;
  return leaves(tryBlock, loop) && (!catchClause || leaves(catchClause.block, loop));
}
