import ts from 'typescript';
import { around, editing, inserting, nodesOf, oneOf, replacing, type Variation } from './variation';

/** The same code over other types: lists that are no arrays, values that may be missing, type parameters. */
export const typeVariations: Readonly<Record<string, Variation>> = {
  'a list that is not written to': editing((tree, random) => {
    const array = oneOf(parameterTypes(tree, ts.isArrayTypeNode), random);
    const element = array?.elementType.getText();
    return array ? [replacing(array, random.pick([`readonly ${array.getText()}`, `ReadonlyArray<${element}>`]))] : [];
  }),
  'a list that is no array': editing((tree, random) => {
    const array = oneOf(parameterTypes(tree, ts.isArrayTypeNode), random);
    const element = array?.elementType.getText();
    const kinds = [`Set<${element}>`, `Iterable<${element}>`, `ReadonlySet<${element}>`, `[${element}, ${element}]`];
    return array ? [replacing(array, random.pick(kinds))] : [];
  }),
  'a value that may be missing': editing((tree, random) => {
    const keyword = oneOf(parameterTypes(tree, isScalar), random);
    const text = keyword?.getText();
    return keyword ? [replacing(keyword, random.pick([`(${text} | null)`, `(${text} | undefined)`]))] : [];
  }),
  'a member that may be missing': editing((tree, random) => {
    const member = oneOf(nodesOf(tree, ts.isPropertySignature), random);
    return member && !member.questionToken ? [inserting(member.name.end, '?')] : [];
  }),
  'a value out of a few': editing((tree, random) => {
    const keyword = oneOf(parameterTypes(tree, isScalar), random);
    const few = keyword?.kind === ts.SyntaxKind.NumberKeyword ? '(1 | 2 | 3)' : "('north' | 'south')";
    return keyword && keyword.kind !== ts.SyntaxKind.BooleanKeyword ? [replacing(keyword, few)] : [];
  }),
  'a list that may be left out': editing((tree, random) => {
    const parameter = oneOf(nodesOf(tree, ts.isParameter).filter(isList), random);
    if (!parameter) return [];
    if (random.below(2) === 0) return [inserting(parameter.end, ' = []')];
    const uses = nodesOf(tree, ts.isForOfStatement).map(({ expression }) => expression);
    const named = uses.filter((use) => use.getText() === parameter.name.getText());
    return [inserting(parameter.name.end, '?'), ...named.map((use) => inserting(use.end, ' ?? []'))];
  }),
  'a type parameter': editing((tree, random) => {
    const array = oneOf(
      parameterTypes(tree, ts.isArrayTypeNode).filter(({ parent }) => ts.isParameter(parent)),
      random,
    );
    const fn = array?.parent.parent;
    if (!array || !fn || !ts.isFunctionDeclaration(fn) || !fn.name || fn.typeParameters) return [];
    const bound = array.elementType.getText();
    return [inserting(fn.name.end, `<T extends ${bound}>`), replacing(array, 'T[]')];
  }),
  'a result that is asserted': editing((tree, random) => {
    const awaited = oneOf(nodesOf(tree, ts.isAwaitExpression), random);
    return awaited ? around(awaited, '(', random.pick([')!', ' as any)', ')'])) : [];
  }),
  'an object type with a name': editing((tree, random) => {
    const literal = oneOf(parameterTypes(tree, ts.isTypeLiteralNode), random);
    if (!literal) return [];
    const declared = random.pick([`interface Row ${literal.getText()}`, `type Row = Readonly<${literal.getText()}>;`]);
    return [replacing(literal, 'Row'), inserting(importsEnd(tree), `\n\n${declared}\n`)];
  }),
};

/** Nodes of the types that functions' parameters are given. */
function parameterTypes<Node extends ts.Node>(tree: ts.SourceFile, test: (node: ts.Node) => node is Node): Node[] {
  return nodesOf(tree, ts.isParameter).flatMap(({ type }) => (type ? nodesOf(type, test) : []));
}

function isScalar(node: ts.Node): node is ts.KeywordTypeNode {
  return [ts.SyntaxKind.NumberKeyword, ts.SyntaxKind.StringKeyword, ts.SyntaxKind.BooleanKeyword].includes(node.kind);
}

function isList({ type, initializer, questionToken }: ts.ParameterDeclaration): boolean {
  return type !== undefined && ts.isArrayTypeNode(type) && !initializer && !questionToken;
}

function importsEnd(tree: ts.SourceFile): number {
  return nodesOf(tree, ts.isImportDeclaration).at(-1)?.end ?? 0;
}
