import ts from 'typescript';
import { parseTypeScript } from '../../../server/core/syntax/typescript/parse';
import type { Range } from '../../../server/core/text/range';
import { applyEdits, type TextEdit } from '../../../server/core/text/textEdit';
import type { seededRandom } from '../../support/random';

/** A file, as it is written. */
export interface Code {
  readonly file: string;
  readonly text: string;
}

export type Random = ReturnType<typeof seededRandom>;

/** Another way to write the same, or nearly the same; undefined where there is nothing to write so. */
export type Variation = (code: Code, random: Random) => Code | undefined;

/** A variation that edits the text by its syntax tree. */
export function editing(edits: (tree: ts.SourceFile, random: Random) => readonly TextEdit[]): Variation {
  return ({ file, text }, random) => {
    const found = edits(parseTypeScript(file, text), random);
    return found.length > 0 ? { file, text: applyEdits(text, found) } : undefined;
  };
}

/** Every node of a kind, in the order of the text. */
export function nodesOf<Node extends ts.Node>(root: ts.Node, test: (node: ts.Node) => node is Node): Node[] {
  const found: Node[] = [];
  const visit = (node: ts.Node): void => {
    if (test(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(root);
  return found;
}

/** Puts text in the place of a node. */
export function replacing(node: ts.Node, newText: string): TextEdit {
  return { range: { start: node.getStart(), end: node.end }, newText };
}

/** Puts text at an offset. */
export function inserting(start: number, newText: string): TextEdit {
  return { range: { start, end: start }, newText };
}

/** Takes text away. */
export function removing(range: Range): TextEdit {
  return { range, newText: '' };
}

/** Puts text around a node. */
export function around(node: ts.Node, before: string, after: string): TextEdit[] {
  return [inserting(node.getStart(), before), inserting(node.end, after)];
}

/** Puts text around the statements of a block. */
export function within({ statements }: ts.Block, before: string, after: string): TextEdit[] {
  const [first, last] = [statements[0], statements.at(-1)];
  return first && last ? [inserting(first.getStart(), before), inserting(last.end, after)] : [];
}

/** Declares what a file needs of the generated client beyond what it imports. */
export function importing(names: string): TextEdit {
  return inserting(0, `import type { ${names} } from '@prisma/client';\n`);
}

/** One of several, if there is any. */
export function oneOf<T>(items: readonly T[], random: Random): T | undefined {
  return items.length > 0 ? random.pick(items) : undefined;
}
