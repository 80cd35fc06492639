import type ts from 'typescript';
import { walk } from '../nodes';

/** True if a node, or one below it, passes a test. */
export function someNode(root: ts.Node, test: (node: ts.Node) => boolean): boolean {
  let found = false;
  walk(root, (node) => {
    found ||= test(node);
    return !found;
  });
  return found;
}
