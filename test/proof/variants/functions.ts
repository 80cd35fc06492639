import ts from 'typescript';
import type { TextEdit } from '../../../server/core/text/textEdit';
import { editing, importing, inserting, nodesOf, oneOf, type Random, replacing, type Variation } from './variation';

type Declared = ts.FunctionDeclaration & { readonly body: ts.Block; readonly name: ts.Identifier };

/** The same functions, written as arrows, as methods, or with another way to the client. */
export const functionVariations: Readonly<Record<string, Variation>> = {
  'an arrow in a constant': editing((tree, random) => oneFunction(tree, random, asArrow)),
  'a method of a class': editing((tree, random) => oneFunction(tree, random, asMethod)),
  'a function in a function': editing((tree, random) => oneFunction(tree, random, asNested)),
  'the client as a parameter': editing((tree, random) =>
    oneFunction(tree, random, (fn) => [importing('PrismaClient'), addedParameter(fn, 'prisma: PrismaClient')]),
  ),
  'a transaction as a parameter': editing((tree, random) =>
    oneFunction(tree, random, (fn) => [
      importing('Prisma'),
      addedParameter(fn, 'tx: Prisma.TransactionClient'),
      ...clientAs(fn, 'tx'),
    ]),
  ),
  'the client in a context': editing((tree, random) =>
    oneFunction(tree, random, (fn) => [
      importing('PrismaClient'),
      addedParameter(fn, 'ctx: { prisma: PrismaClient }'),
      ...clientAs(fn, 'ctx.prisma'),
    ]),
  ),
  'an expression for a block with one return': editing((tree, random) => {
    const arrow = oneOf(nodesOf(tree, ts.isArrowFunction).filter(returned), random);
    const value = arrow && returned(arrow);
    return value ? [replacing(arrow.body, asBody(value))] : [];
  }),
  'a block for an expression': editing((tree, random) => {
    const arrow = oneOf(
      nodesOf(tree, ts.isArrowFunction).filter(({ body }) => !ts.isBlock(body)),
      random,
    );
    return arrow ? [replacing(arrow.body, `{\n      return ${arrow.body.getText()};\n    }`)] : [];
  }),
};

function oneFunction(
  tree: ts.SourceFile,
  random: Random,
  edits: (fn: Declared) => readonly TextEdit[],
): readonly TextEdit[] {
  const fn = oneOf(tree.statements.filter(isPlainFunction), random);
  return fn ? edits(fn) : [];
}

function isPlainFunction(node: ts.Statement): node is Declared {
  return ts.isFunctionDeclaration(node) && !!node.body && !!node.name && !node.asteriskToken;
}

function asArrow(fn: Declared): TextEdit[] {
  const { name, body } = fn;
  const head = fn.getSourceFile().text.slice(name.end, body.getStart()).trimEnd();
  const range = { start: fn.getStart(), end: body.getStart() };
  return [
    { range, newText: `${exportOf(fn)}const ${name.text} = ${asyncOf(fn)}${head} => ` },
    inserting(body.end, ';'),
  ];
}

function asMethod(fn: Declared): TextEdit[] {
  const { name } = fn;
  const range = { start: fn.getStart(), end: name.getStart() };
  const opening = `${exportOf(fn)}class Shop {\n  constructor(private readonly prisma: PrismaClient) {}\n\n  `;
  return [
    importing('PrismaClient'),
    { range, newText: opening + asyncOf(fn) },
    ...clientAs(fn, 'this.prisma'),
    inserting(fn.end, '\n}'),
  ];
}

function asNested(fn: Declared): TextEdit[] {
  const range = { start: fn.getStart(), end: fn.name.getStart() };
  return [
    { range, newText: `${exportOf(fn)}function make() {\n  return ${asyncOf(fn)}function ` },
    inserting(fn.end, ';\n}'),
  ];
}

function exportOf({ modifiers }: Declared): string {
  return modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ? 'export ' : '';
}

function asyncOf({ modifiers }: Declared): string {
  return modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) ? 'async ' : '';
}

function addedParameter({ parameters }: Declared, text: string): TextEdit {
  return inserting(parameters.pos, parameters.length > 0 ? `${text}, ` : text);
}

function clientAs({ body }: Declared, text: string): TextEdit[] {
  return nodesOf(body, ts.isPropertyAccessExpression)
    .map(({ expression }) => expression)
    .filter((expression) => ts.isIdentifier(expression) && expression.text === 'prisma')
    .map((expression) => replacing(expression, text));
}

function returned({ body }: ts.ArrowFunction): ts.Expression | undefined {
  const [only, ...more] = ts.isBlock(body) ? body.statements : [];
  return only && more.length === 0 && ts.isReturnStatement(only) ? only.expression : undefined;
}

function asBody(value: ts.Expression): string {
  return ts.isObjectLiteralExpression(value) ? `(${value.getText()})` : value.getText();
}
