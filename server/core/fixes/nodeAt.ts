import ts from 'typescript';
import type { Range } from '../text/range';

/** Returns the outermost node of a kind that spans exactly `range`; undefined where the tree has none. */
export function nodeAt<Node extends ts.Node>(
  tree: ts.SourceFile,
  range: Range,
  isKind: (node: ts.Node) => node is Node,
): Node | undefined {
  const find = (node: ts.Node): Node | undefined => {
    if (node.pos > range.start || node.end < range.end) return undefined;
    if (isKind(node) && node.end === range.end && node.getStart() === range.start) return node;
    return ts.forEachChild(node, find);
  };
  return find(tree);
}
