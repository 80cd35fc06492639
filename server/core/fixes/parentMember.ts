import ts from 'typescript';
import type { FieldResolver } from '../model/resolvers/fieldResolvers';
import { propertyName, unwrap } from '../syntax/typescript/nodes';
import type { Tables } from '../syntax/typescript/tables';

/**
 * Returns the member that an expression reads of the object whose field a resolver answers: `id` of
 * `user.id`, `this.id` or a destructured `id`. Undefined for anything else.
 */
export function parentMember(
  expression: ts.Expression,
  { function: fn, parent }: Pick<FieldResolver, 'function' | 'parent'>,
  { tables }: { readonly tables: Tables },
): string | undefined {
  const owner = tables.functions[fn];
  if (!owner || ts.isSourceFile(owner)) return undefined;
  const parameter = typeof parent === 'number' ? owner.parameters[parent] : undefined;
  const isParent = (node: ts.Expression): boolean => {
    if (parent === 'this') return node.kind === ts.SyntaxKind.ThisKeyword;
    return ts.isIdentifier(node) && parameter !== undefined && declarationOf(node) === parameter;
  };
  const declarationOf = (node: ts.Identifier) => {
    const binding = tables.scopes.lookup(node.text, node);
    return binding && binding.writes.length + binding.memberWrites.length === 0 ? binding.declaration : undefined;
  };
  const node = unwrap(expression);
  if (ts.isPropertyAccessExpression(node)) {
    return !node.questionDotToken && isParent(unwrap(node.expression)) ? node.name.text : undefined;
  }
  const element = ts.isIdentifier(node) ? declarationOf(node) : undefined;
  if (!element || !ts.isBindingElement(element) || element.initializer || element.dotDotDotToken) return undefined;
  const holder = element.parent.parent;
  const isOfParent =
    holder === parameter ||
    (ts.isVariableDeclaration(holder) && holder.initializer !== undefined && isParent(unwrap(holder.initializer)));
  return isOfParent ? propertyName(element.propertyName ?? element.name) : undefined;
}
