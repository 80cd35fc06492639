import ts from 'typescript';

/** A directive to write into a document: `before` and `after` at `offset`, the reason between them. */
export interface DirectiveInsertion {
  readonly offset: number;
  readonly before: string;
  readonly after: string;
}

/** Stands for the reason where the client can't put the cursor there. */
export const REASON = 'reason';

/**
 * Returns the directive that ignores `rule` on the line of `at`: a comment line above it. Undefined
 * where a comment can't stand there (within a template, say). `tree` is the document's, for TypeScript.
 */
export function lineDirective(
  text: string,
  tree: ts.SourceFile | undefined,
  at: number,
  rule: string,
): DirectiveInsertion | undefined {
  const offset = text.lastIndexOf('\n', at - 1) + 1;
  const indentation = /^[ \t]*/.exec(text.slice(offset, at))?.[0] ?? '';
  const place = tree ? placeOf(tree, offset + indentation.length) : 'code';
  if (place === 'literal') return undefined;
  const [open, close] = place === 'jsx' ? ['{/*', ' */}'] : ['//', ''];
  return {
    offset,
    before: `${indentation}${open} perf-hints-ignore ${rule}: `,
    after: close + lineBreakOf(text),
  };
}

/** Returns the directive that ignores `rule` in the whole file: above its code, below a shebang and `'use …'`. */
export function fileDirective(text: string, tree: ts.SourceFile | undefined, rule: string): DirectiveInsertion {
  const prologue = tree ? endOfPrologue(text, tree) : 0;
  const lineBreak = lineBreakOf(text);
  const lineEnd = prologue === 0 ? -1 : text.indexOf('\n', prologue);
  const isLastLine = prologue > 0 && lineEnd < 0;
  return {
    offset: isLastLine ? text.length : lineEnd + 1,
    before: `${isLastLine ? lineBreak : ''}// perf-hints-ignore-file ${rule}: `,
    after: lineBreak,
  };
}

function lineBreakOf(text: string): string {
  const newline = text.indexOf('\n');
  return newline > 0 && text[newline - 1] === '\r' ? '\r\n' : '\n';
}

function endOfPrologue(text: string, tree: ts.SourceFile): number {
  let end = ts.getShebang(text)?.length ?? 0;
  for (const statement of tree.statements) {
    if (!ts.isExpressionStatement(statement) || !ts.isStringLiteral(statement.expression)) break;
    end = statement.end;
  }
  return end;
}

/** What a comment line before `position` would be part of. */
function placeOf(tree: ts.SourceFile, position: number): 'code' | 'jsx' | 'literal' {
  let found: 'code' | 'jsx' | 'literal' = 'code';
  const visit = (node: ts.Node): void => {
    if (position < node.pos || position > node.end) return;
    if (ts.isJsxText(node)) found = 'jsx';
    else if (isLiteral(node) && node.getStart(tree) < position && position < node.end) found = 'literal';
    else node.forEachChild(visit);
  };
  visit(tree);
  return found;
}

function isLiteral(node: ts.Node): boolean {
  return ts.isStringLiteral(node) || ts.isTemplateLiteralToken(node) || ts.isRegularExpressionLiteral(node);
}
