import ts from 'typescript';
import type { BlockItem } from './awaitSteps';
import { isWithin, walk } from './nodes';
import { type Binding, rootIdentifier } from './scopes';
import type { Tables } from './tables';

/** What an item does to the names of its function. */
interface Touched {
  readonly uses: ReadonlySet<Binding>;
  readonly sets: ReadonlySet<Binding>;
  /** Names whose object gets a member: `totals.users = await …`. */
  readonly changes: ReadonlySet<Binding>;
}

/**
 * For each item of a run, the steps before it (by their index among the steps) that it must come
 * after: what it uses was bound there, or what it sets was used or set there; also through others.
 */
export function awaitNeeds(
  items: readonly BlockItem[],
  owner: ts.Node,
  tables: Tables,
): ReadonlyMap<BlockItem, readonly number[]> {
  const needs = new Map<BlockItem, readonly number[]>();
  const before: { readonly item: BlockItem; readonly touched: Touched; readonly step?: number }[] = [];
  let steps = 0;
  for (const item of items) {
    const touched = touchedBy(item, owner, tables);
    const own = new Set<number>();
    for (const earlier of before) {
      if (!mustFollow(touched, earlier.touched)) continue;
      if (earlier.step !== undefined) own.add(earlier.step);
      for (const step of needs.get(earlier.item) ?? []) own.add(step);
    }
    const ordered = [...own].sort((a, b) => a - b);
    needs.set(item, ordered);
    before.push({ item, touched, ...(item.awaited && { step: steps++ }) });
  }
  return needs;
}

function mustFollow(later: Touched, earlier: Touched): boolean {
  return (
    meet(later.uses, earlier.sets) ||
    meet(later.uses, earlier.changes) ||
    meet(later.sets, earlier.uses) ||
    meet(later.sets, earlier.sets) ||
    meet(later.sets, earlier.changes) ||
    meet(later.changes, earlier.uses) ||
    meet(later.changes, earlier.sets)
  );
}

function meet(a: ReadonlySet<Binding>, b: ReadonlySet<Binding>): boolean {
  for (const binding of a) if (b.has(binding)) return true;
  return false;
}

function touchedBy({ node, awaited }: BlockItem, owner: ts.Node, tables: Tables): Touched {
  const uses = new Set<Binding>();
  if (ts.isVariableDeclaration(node)) {
    const sets = new Set(namesOf(node.name).flatMap((name) => tables.scopes.lookup(name.text, name) ?? []));
    collectUses(node, owner, tables, uses);
    for (const binding of sets) uses.delete(binding);
    return { uses, sets, changes: new Set() };
  }
  const target = awaited ? awaited.binding?.target : changedObject(node);
  const root = target && rootIdentifier(target as ts.Expression);
  const binding = root && tables.scopes.lookup(root.text, root);
  collectUses(awaited?.expression ?? node, owner, tables, uses);
  const touched = new Set(binding ? [binding] : []);
  const whole = root === target && awaited !== undefined;
  return { uses, sets: whole ? touched : new Set(), changes: whole ? new Set() : touched };
}

/** `start` of `start.setHours(0)`. */
function changedObject({ expression }: ts.ExpressionStatement): ts.Expression | undefined {
  const callee = ts.isCallExpression(expression) ? expression.expression : undefined;
  return callee && ts.isPropertyAccessExpression(callee) ? callee.expression : undefined;
}

function namesOf(name: ts.BindingName): ts.Identifier[] {
  if (ts.isIdentifier(name)) return [name];
  return name.elements.flatMap((element) => (ts.isBindingElement(element) ? namesOf(element.name) : []));
}

/** Adds the names that running `node` may look at, also within functions of `owner` that it names. */
function collectUses(node: ts.Node, owner: ts.Node, tables: Tables, uses: Set<Binding>): void {
  walk(node, (part) => {
    if (ts.isTypeNode(part)) return false;
    if (!ts.isIdentifier(part) || isPropertyName(part)) return true;
    const binding = tables.scopes.lookup(part.text, part);
    if (!binding || uses.has(binding)) return true;
    uses.add(binding);
    const { declaration } = binding;
    const mayHoldFunction = ts.isFunctionDeclaration(declaration) || ts.isVariableDeclaration(declaration);
    if (mayHoldFunction && declaration !== node && isWithin(declaration, owner)) {
      collectUses(declaration, owner, tables, uses);
    }
    return true;
  });
}

function isPropertyName(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node;
  if (ts.isBindingElement(parent)) return parent.propertyName === node;
  const keyed = ts.isPropertyAssignment(parent) || ts.isMethodDeclaration(parent) || ts.isJsxAttribute(parent);
  return keyed && parent.name === node;
}
