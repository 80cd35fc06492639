import ts from 'typescript';
import { memberName } from './nodes';
import { WRITES } from './prismaOperations';

/** A branch that does nothing but one write. */
export interface WriteArm {
  readonly write: ts.CallExpression;
  /** What becomes of the written row: nothing, it is returned, it is assigned, or it is the branch's value. */
  readonly kind: 'done' | 'returned' | 'assigned' | 'value';
  readonly awaited: boolean;
  readonly target?: ts.Expression;
  /** Nothing of the function runs after it. */
  readonly leaves: boolean;
  /** The statement or expression that the write stands in. */
  readonly node: ts.Node;
}

/** Reads the statements, or the one expression, of a branch; undefined where more is done than one write. */
export function readArm(nodes: readonly ts.Node[]): WriteArm | undefined {
  const [first, second, ...others] = nodes;
  if (!first || others.length > 0) return undefined;
  if (second) return readPair(first, second);
  if (ts.isReturnStatement(first)) {
    const sent = first.expression && sentWrite(first.expression);
    return sent && { ...sent, kind: 'returned', leaves: true, node: first };
  }
  if (!ts.isExpressionStatement(first)) {
    const sent = ts.isStatement(first) ? undefined : sentWrite(first as ts.Expression);
    return sent && { ...sent, kind: 'value', leaves: false, node: first };
  }
  const { expression } = first;
  if (ts.isBinaryExpression(expression)) {
    if (expression.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return undefined;
    const sent = sentWrite(expression.right);
    return sent?.awaited
      ? { ...sent, kind: 'assigned', target: expression.left, leaves: false, node: first }
      : undefined;
  }
  const sent = sentWrite(expression);
  return sent?.awaited ? { ...sent, kind: 'done', leaves: false, node: first } : undefined;
}

/** `await write(); return;` and `const row = await write(); return row;` */
function readPair(first: ts.Node, second: ts.Node): WriteArm | undefined {
  if (!ts.isReturnStatement(second)) return undefined;
  if (!second.expression) {
    const arm = readArm([first]);
    return arm?.kind === 'done' ? { ...arm, leaves: true } : undefined;
  }
  const declared = ts.isVariableStatement(first) ? first.declarationList.declarations : undefined;
  const [declaration] = declared ?? [];
  if (declared?.length !== 1 || !declaration?.initializer || declaration.type) return undefined;
  if (!ts.isIdentifier(declaration.name) || !ts.isIdentifier(second.expression)) return undefined;
  const sent = declaration.name.text === second.expression.text ? sentWrite(declaration.initializer) : undefined;
  return sent?.awaited ? { ...sent, kind: 'returned', leaves: true, node: first } : undefined;
}

function sentWrite(node: ts.Expression): Pick<WriteArm, 'write' | 'awaited'> | undefined {
  let current = node;
  while (ts.isParenthesizedExpression(current)) current = current.expression;
  const awaited = ts.isAwaitExpression(current);
  const write = ts.isAwaitExpression(current) ? current.expression : current;
  if (!ts.isCallExpression(write) || !WRITES.has(memberName(write.expression) ?? '')) return undefined;
  return write.arguments.length === 1 ? { write, awaited } : undefined;
}

/** True if the same becomes of what two branches write. */
export function sameArms(a: WriteArm, b: WriteArm): boolean {
  if (a.kind !== b.kind) return false;
  if (a.kind === 'value') return a.awaited === b.awaited;
  return a.target?.getText() === b.target?.getText();
}
