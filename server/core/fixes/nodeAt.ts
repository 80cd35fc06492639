import ts from 'typescript';
import { isReference, isWithin, walk } from '../syntax/typescript/nodes';
import { readTables } from '../syntax/typescript/readTypeScriptFacts';
import type { Binding } from '../syntax/typescript/scopes';
import type { Tables } from '../syntax/typescript/tables';
import type { Range } from '../text/range';
import type { Sources } from './sources';

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
      [...writes, ...memberWrites, ...mutations].every((change) => !isWithin(change, loop)),
  );
}

/** Returns the first of `name`, `name2`, `name3` … that no variable, function, class or import of the file has. */
export function freeName(name: string, { named }: Tables): string {
  for (let suffix = 1; ; suffix += 1) {
    const candidate = suffix === 1 ? name : `${name}${suffix}`;
    if (!named(candidate).some((identifier) => isReference(identifier))) return candidate;
  }
}
