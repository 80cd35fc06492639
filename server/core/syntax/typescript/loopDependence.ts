import ts from 'typescript';
import { boundIdentifiers, isReference, isWithin, unwrap } from './nodes';
import type { Binding, Scopes } from './scopes';
import type { CallNode, LoopNode, Tables } from './tables';

/** Calls that give the same answer for the same arguments: they don't make a query vary by themselves. */
const PURE_CALLEES =
  /^(String|Number|Boolean|BigInt|Object\.\w+|Math\.(?!random)\w+|JSON\.\w+|Array\.(from|isArray|of)|Set|Map|Date)$/;

/** How a call's receiver and arguments depend on the rounds of a loop around it. */
export function readLoopDependence(
  call: CallNode,
  { node: loop }: LoopNode,
  tables: Tables,
): { varies: boolean; followsItself: boolean } {
  const receiver = ts.isCallExpression(call) ? call.expression : call.tag;
  const inputs = ts.isCallExpression(call) ? call.arguments : [call.template];
  const own = resultBindings(call, tables.scopes);
  const seen = new Set<Binding>();
  let varies = false;
  let followsItself = false;

  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) {
      if (!isReference(node)) return;
      const binding = tables.scopes.lookup(node.text, node);
      if (binding) visitBinding(binding);
      return;
    }
    if (ts.isCallExpression(node) && node !== call && !PURE_CALLEES.test(node.expression.getText())) varies = true;
    if (ts.isNewExpression(node) && !(node.arguments?.length && PURE_CALLEES.test(node.expression.getText())))
      varies = true;
    if (node.kind === ts.SyntaxKind.YieldExpression || ts.isAwaitExpression(node)) varies = true;
    if (ts.isPropertyAccessExpression(node) && isOwnMember(node) && isWrittenIn(node.name.text, loop, tables))
      varies = true;
    if (ts.isPropertyAccessExpression(node)) visit(node.expression);
    else ts.forEachChild(node, visit);
  };

  const visitBinding = (binding: Binding): void => {
    if (seen.has(binding)) return;
    seen.add(binding);
    const inside = isWithin(binding.declaration, loop);
    const changed = [...binding.writes, ...binding.memberWrites, ...binding.mutations].filter((write) =>
      isWithin(write, loop),
    );
    if (own.includes(binding)) followsItself = true;
    if (changed.length > 0) varies = true;
    for (const write of changed) {
      const assignment = ts.isBinaryExpression(write) ? write : write.parent;
      if (ts.isBinaryExpression(assignment)) visit(assignment.right);
    }
    if (!inside) return;
    const initializer = ts.isVariableDeclaration(binding.declaration) ? binding.declaration.initializer : undefined;
    if (initializer) visit(unwrap(initializer));
    else if (isWithin(binding.scope, loop)) varies = true;
  };

  // What client a query is sent by (`getClient().user`, `tx ?? this.prisma`) is no input of the query.
  for (const name of identifiersOf(receiver)) visit(name);
  for (const input of inputs) visit(input);
  return { varies, followsItself };
}

/** `this.cursor` */
function isOwnMember(node: ts.Node): node is ts.PropertyAccessExpression {
  return ts.isPropertyAccessExpression(node) && node.expression.kind === ts.SyntaxKind.ThisKeyword;
}

/** True if the loop sets `this.name` itself. */
function isWrittenIn(name: string, loop: ts.Node, tables: Tables): boolean {
  const assigned = tables
    .ofKind(ts.SyntaxKind.BinaryExpression)
    .filter((node) => isAssignment(node) && isWithin(node, loop));
  return assigned.some(({ left }) => isOwnMember(left) && left.name.text === name);
}

/** The bindings that receive what the call returns. */
function resultBindings(call: ts.Node, scopes: Scopes): Binding[] {
  let node = call.parent;
  while (!ts.isStatement(node) && !ts.isVariableDeclaration(node) && !isAssignment(node)) {
    if (ts.isSourceFile(node) || ts.isArrowFunction(node)) return [];
    node = node.parent;
  }
  const names = ts.isVariableDeclaration(node)
    ? boundIdentifiers(node.name)
    : isAssignment(node) && ts.isIdentifier(node.left)
      ? [node.left]
      : [];
  return names.flatMap((name) => scopes.lookup(name.text, name) ?? []);
}

function isAssignment(node: ts.Node): node is ts.BinaryExpression {
  return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken;
}

function identifiersOf(node: ts.Node): ts.Identifier[] {
  if (ts.isIdentifier(node)) return [node];
  const found: ts.Identifier[] = [];
  ts.forEachChild(node, (child) => {
    found.push(...identifiersOf(child));
  });
  return found;
}
