import ts from 'typescript';
import { walk } from '../syntax/typescript/nodes';
import type { CodeStyle } from './codeStyle';

/**
 * Returns code with the objects of lines that are too long for the file written a property a line. `indent` is what
 * its first line will stand behind; the others have their own.
 */
export function fittedLines(code: string, indent: string, style: CodeStyle): string {
  let fitted = indent + code;
  for (let index = 0; index < fitted.split('\n').length; index += 1) fitted = withLineFitted(fitted, index, style);
  return fitted.slice(indent.length);
}

/** The code with the outermost object of one line spread over several; as it is where the line fits or holds none. */
function withLineFitted(code: string, index: number, style: CodeStyle): string {
  const lines = code.split('\n');
  const line = lines[index]?.trimEnd() ?? '';
  if (line.length <= style.lineWidth) return code;
  const start = lines.slice(0, index).reduce((sum, { length }) => sum + length + 1, 0);
  const tree = ts.createSourceFile('lines.ts', code, ts.ScriptTarget.Latest, true);
  let found: ts.ObjectLiteralExpression | undefined;
  walk(tree, (node) => {
    const isHere = ts.isObjectLiteralExpression(node) && start <= node.getStart() && node.end <= start + line.length;
    if (!found && isHere && node.properties.length > 0) found = node;
    return found === undefined;
  });
  if (!found || /\/[/*]/.test(found.getText())) return code;
  const own = /^[ \t]*/.exec(line)?.[0] ?? '';
  const newline = style.newline + own;
  const parts = found.properties.map((property) => property.getText()).join(`,${newline}${style.indent}`);
  const object = `{${newline}${style.indent}${parts}${style.trailingCommas ? ',' : ''}${newline}}`;
  return code.slice(0, found.getStart()) + object + code.slice(found.end);
}
