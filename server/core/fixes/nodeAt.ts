import ts from 'typescript';
import { isReference, isWithin, walk } from '../syntax/typescript/nodes';
import { readTables } from '../syntax/typescript/readTypeScriptFacts';
import type { Binding } from '../syntax/typescript/scopes';
import type { Tables } from '../syntax/typescript/tables';
import type { Range } from '../text/range';
import type { Sources } from './sources';
import { isReserved } from './words';

/** A file opened for a fix: its tree with scopes, of the same moment as the finding. */
export interface OpenFile {
  readonly file: string;
  readonly text: string;
  readonly tables: Tables;
}

/** Opens a TypeScript file; undefined where it is gone. */
export function openFile(file: string, sources: Sources): OpenFile | undefined {
  const tree = sources.tree(file);
  return tree && { file, text: tree.text, tables: readTables(tree) };
}

/** Returns the outermost node that is exactly this stretch of the text and passes the test. */
export function nodeAt<Node extends ts.Node>(
  root: ts.Node,
  { start, end }: Range,
  test: (node: ts.Node) => node is Node,
): Node | undefined {
  let found: Node | undefined;
  walk(root, (node) => {
    if (found || node.end < end || node.pos > start) return false;
    if (node.end === end && node.getStart() === start && test(node)) found = node;
    return !found;
  });
  return found;
}

/** Returns the bindings that an expression reads. */
export function bindingsIn(node: ts.Node, { scopes }: Tables): Binding[] {
  const found: Binding[] = [];
  walk(node, (inner) => {
    if (ts.isIdentifier(inner) && isReference(inner)) {
      const binding = scopes.lookup(inner.text, inner);
      if (binding && !isWithin(binding.declaration, node)) found.push(binding);
    }
    return true;
  });
  return found;
}

/** True if an expression means the same before a loop as inside it: it reads no name that the loop declares or changes. */
export function isOutside(node: ts.Node, loop: ts.Node, tables: Tables): boolean {
  return bindingsIn(node, tables).every(
    ({ declaration, writes, memberWrites, mutations }) =>
      !isWithin(declaration, loop) &&
      // `prisma.user.delete` is no change of what it is itself called on.
      [...writes, ...memberWrites, ...mutations].every(
        (change) => !isWithin(change, loop) || (ts.isCallExpression(change) && change.expression === node),
      ),
  );
}

/**
 * Returns the first of `name`, the alternatives, `name2`, `name3` … that no variable, function, class or import
 * of the file has, and that may be declared.
 */
export function freeName(name: string, { named }: Tables, alternatives: readonly string[] = []): string {
  const isFree = (candidate: string) =>
    !isReserved(candidate) && !named(candidate).some((identifier) => isReference(identifier));
  const found = [name, ...alternatives].find(isFree);
  if (found !== undefined) return found;
  for (let suffix = 2; ; suffix += 1) if (isFree(`${name}${suffix}`)) return `${name}${suffix}`;
}

/**
 * Returns the first of these names, then of the last one with a number behind it, that nothing within `scope` means,
 * but for the nodes that go.
 */
export function freeNameWithin(
  names: readonly [string, ...string[]],
  scope: ts.Node,
  { named }: Tables,
  gone: readonly ts.Node[] = [],
): string {
  const stays = (node: ts.Node) => isWithin(node, scope) && !gone.some((one) => isWithin(node, one));
  const isFree = (name: string) => !named(name).some((node) => isReference(node) && stays(node));
  const numbered = names[names.length - 1] ?? names[0];
  const free = names.find(isFree);
  for (let suffix = 2; !free; suffix += 1) if (isFree(`${numbered}${suffix}`)) return `${numbered}${suffix}`;
  return free;
}
