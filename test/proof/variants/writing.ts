import ts from 'typescript';
import { respell } from '../../support/respell';
import { editing, inserting, nodesOf, oneOf, removing, replacing, type Variation } from './variation';

/** The same code in another hand: blanks, comments, semicolons, keys, names of imports, JavaScript. */
export const writingVariations: Readonly<Record<string, Variation>> = {
  'other blanks, quotes and names': ({ file, text }, random) => ({
    file,
    text: respell(file, text, random.below(1 << 30)),
  }),
  'comments between statements': editing((tree, random) =>
    nodesOf(tree, isInnerStatement)
      .filter(() => random.below(2) === 0)
      .flatMap((statement) => [
        inserting(statement.getStart(), '// what follows\n    '),
        ...(random.below(2) === 0 ? [inserting(statement.end, ' // so far')] : []),
      ]),
  ),
  'no semicolons': editing(({ text }) =>
    [...text.matchAll(/;(?=\r?\n(?!\s*[([`/+-]))/g)].map(({ index }) => removing({ start: index, end: index + 1 })),
  ),
  'keys in quotes': editing((tree, random) =>
    nodesOf(tree, ts.isPropertyAssignment)
      .filter(({ name }) => ts.isIdentifier(name) && random.below(2) === 0)
      .map(({ name }) => replacing(name, `'${name.getText()}'`)),
  ),
  'no shorthand': editing((tree) =>
    nodesOf(tree, ts.isShorthandPropertyAssignment).map(({ name }) => inserting(name.end, `: ${name.text}`)),
  ),
  'a client of another name': editing((tree) => {
    const uses = nodesOf(tree, ts.isIdentifier).filter(({ text }) => text === 'prisma');
    return uses.every(({ parent }) => ts.isPropertyAccessExpression(parent) || ts.isImportSpecifier(parent))
      ? uses.map((use) => replacing(use, ts.isImportSpecifier(use.parent) ? 'prisma as db' : 'db'))
      : [];
  }),
  'arguments on one line': editing((tree) =>
    nodesOf(tree, ts.isObjectLiteralExpression)
      .filter((literal) => !ts.isObjectLiteralExpression(literal.parent.parent) && !/\/\/|`/.test(literal.getText()))
      .filter((literal) => literal.getText().includes('\n'))
      .filter(
        (literal, _, all) =>
          !all.some((other) => other !== literal && other.pos < literal.pos && other.end > literal.end),
      )
      .map((literal) =>
        replacing(
          literal,
          literal
            .getText()
            .replace(/\s*\n\s*/g, ' ')
            .replace(/,(\s*[}\]])/g, '$1'),
        ),
      ),
  ),
  'rows with what is used of them': editing((tree, random) => {
    const argument = oneOf(
      nodesOf(tree, ts.isObjectLiteralExpression).filter(
        (literal) =>
          ts.isCallExpression(literal.parent) &&
          /\.find\w+$/.test(literal.parent.expression.getText()) &&
          !/\b(select|include)\b/.test(literal.getText()),
      ),
      random,
    );
    const [brace] = argument?.getChildren() ?? [];
    return brace
      ? [inserting(brace.end, random.pick([' select: { id: true },', ' select: { id: true, name: true },']))]
      : [];
  }),
  JavaScript: ({ file, text }) => {
    if (!file.endsWith('.ts')) return undefined;
    const { outputText } = ts.transpileModule(text, {
      fileName: file,
      compilerOptions: { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext },
    });
    return { file: file.replace(/ts$/, 'js'), text: outputText };
  },
};

function isInnerStatement(node: ts.Node): node is ts.Statement {
  return ts.isStatement(node) && !ts.isBlock(node) && ts.isBlock(node.parent);
}
