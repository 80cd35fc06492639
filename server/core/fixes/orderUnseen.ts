import ts from 'typescript';
import { memberName, outerParent, walk } from '../syntax/typescript/nodes';
import type { Tables } from '../syntax/typescript/tables';

/**
 * True if rows, or what is made of them, can come in any order, unnoticed: they are counted, become a set that is
 * only asked what it holds, or a list of values for another query's `in`.
 */
export function isOrderUnseen(rows: ts.Node, tables: Tables): boolean {
  const parent = outerParent(rows);
  if (ts.isVariableDeclaration(parent)) {
    const uses = usesOf(parent, tables);
    return uses.length > 0 && uses.every((use) => isOrderUnseen(use, tables));
  }
  if (ts.isPropertyAssignment(parent)) return /^(?:in|notIn)$/.test(parent.name.getText());
  if (ts.isPropertyAccessExpression(parent)) {
    if (parent.name.text === 'length') return true;
    const isMapped = parent.name.text === 'map' && ts.isCallExpression(parent.parent) && isPlainPick(parent.parent);
    return isMapped && isOrderUnseen(parent.parent, tables);
  }
  return ts.isNewExpression(parent) && parent.expression.getText() === 'Set' && isOnlyAsked(parent, tables);
}

/** `({ city }) => city`, `(row) => row.city`: what it does, it does for each row alone. */
function isPlainPick({ arguments: [pick, ...others] }: ts.CallExpression): boolean {
  if (!pick || others.length > 0 || !ts.isArrowFunction(pick) || pick.parameters.length !== 1) return false;
  return (
    ts.isIdentifier(pick.body) || (ts.isPropertyAccessExpression(pick.body) && ts.isIdentifier(pick.body.expression))
  );
}

/** A set of which nothing but `has` and `size` is asked. */
function isOnlyAsked(set: ts.NewExpression, tables: Tables): boolean {
  const isAsked = (node: ts.Node) => {
    const parent = outerParent(node);
    return ts.isPropertyAccessExpression(parent) && /^(?:has|size)$/.test(memberName(parent) ?? '');
  };
  const parent = outerParent(set);
  if (!ts.isVariableDeclaration(parent)) return isAsked(set);
  const uses = usesOf(parent, tables);
  return uses.length > 0 && uses.every(isAsked);
}

/** Where else a name that is declared is written; none where other files may see it. */
function usesOf(declaration: ts.VariableDeclaration, { file, scopes }: Tables): ts.Identifier[] {
  const { name } = declaration;
  const isExported = (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Export) !== 0;
  if (!ts.isIdentifier(name) || isExported) return [];
  const binding = scopes.lookup(name.text, name);
  const uses: ts.Identifier[] = [];
  walk(file, (node) => {
    const isUse = ts.isIdentifier(node) && node !== name && node.text === name.text;
    if (isUse && scopes.lookup(node.text, node) === binding) uses.push(node);
    return true;
  });
  return uses;
}
