import ts from 'typescript';
import { parseTypeScript } from '../../server/core/syntax/typescript/parse';
import { seededRandom } from './random';

/** What one spelling of a file does to the text before a token, and to the token. */
interface Spelling {
  blank(before: string): string;
  quote(token: string): string;
  name(token: string): string;
}

/**
 * Writes a file as another person would have written it: other blanks and line breaks, comments, quotes and
 * local names, by chance but repeatably. It means the same, except that a name in it may now be declared twice.
 */
export function respell(file: string, text: string, seed: number): string {
  const source = parseTypeScript(file, text);
  const spelling = spellingBy(seed, declaredNames(source));
  let result = '';
  let end = 0;
  for (const token of tokensOf(source)) {
    const start = token.getStart(source);
    const blank = text.slice(end, start);
    const isKept = token.kind === ts.SyntaxKind.JsxText || isWithinTemplateText(token);
    result += isKept || blank.includes('//') || blank.includes('/*') ? blank : spelling.blank(blank);
    const written = text.slice(start, token.end);
    if (ts.isStringLiteral(token)) result += ts.isJsxAttribute(token.parent) ? written : spelling.quote(written);
    else result += ts.isIdentifier(token) && !isFixedName(token) ? spelling.name(written) : written;
    end = token.end;
  }
  return result + text.slice(end);
}

function spellingBy(seed: number, names: ReadonlySet<string>): Spelling {
  const random = seededRandom(seed);
  const lineBreak = random.pick(['\n', '\r\n', '\n\n']);
  const indent = random.pick(['  ', '\t', '']);
  const comments = random.pick(['', '', '/* how so? */ ']);
  const quote = random.pick(["'", '"']);
  const suffix = random.pick(['', '2', '_', 'Thing']);
  return {
    blank(before) {
      if (before.includes('\n')) return before.replace(/\r?\n[ \t]*/g, `${lineBreak}${indent}`);
      if (before === '' || random.below(4) > 0) return before;
      return random.pick([' ', '  ', `${before}${comments}`]);
    },
    quote: (token) => (/['"\\]/.test(token.slice(1, -1)) ? token : quote + token.slice(1, -1) + quote),
    name: (token) => (names.has(token) ? token + suffix : token),
  };
}

/** The names that the file declares for itself alone: what others see keeps its name. */
function declaredNames(source: ts.SourceFile): ReadonlySet<string> {
  const own = new Set<string>();
  const seen = new Set<string>();
  for (const token of tokensOf(source)) {
    if (!ts.isIdentifier(token)) continue;
    const { parent } = token;
    const isLocal = ts.isVariableDeclaration(parent) && parent.name === token && !isExported(parent);
    if (isLocal || (ts.isParameter(parent) && parent.name === token)) own.add(token.text);
    else if (ts.isImportSpecifier(parent) || ts.isShorthandPropertyAssignment(parent)) seen.add(token.text);
    else if (ts.isBindingElement(parent) || ts.isExportSpecifier(parent)) seen.add(token.text);
  }
  return new Set([...own].filter((name) => !seen.has(name)));
}

function isExported(node: ts.VariableDeclaration): boolean {
  const statement = node.parent.parent;
  return ts.isVariableStatement(statement) && (statement.modifiers?.length ?? 0) > 0;
}

/** A name of a member, a key or a type: it is not the file's own to change. */
function isFixedName(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node;
  if (ts.isParameter(parent) || ts.isVariableDeclaration(parent)) return false;
  return (
    (ts.isDeclarationStatement(parent) ||
      ts.isClassElement(parent) ||
      ts.isTypeElement(parent) ||
      ts.isPropertyAssignment(parent)) &&
    parent.name === node
  );
}

function isWithinTemplateText(token: ts.Node): boolean {
  return token.kind === ts.SyntaxKind.TemplateMiddle || token.kind === ts.SyntaxKind.TemplateTail;
}

/** The tokens of a file, in order: what is between them is blank or comment. */
function tokensOf(source: ts.SourceFile): ts.Node[] {
  const tokens: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    const children = node.getChildren(source);
    if (children.length > 0) for (const child of children) visit(child);
    else if (node.end > node.getStart(source)) tokens.push(node);
  };
  visit(source);
  return tokens;
}
