import ts from 'typescript';

/** The module that an import declares a name from; undefined for any other declaration. */
export function importedModule(declaration: ts.Node): string | undefined {
  const isImport =
    ts.isImportClause(declaration) || ts.isImportSpecifier(declaration) || ts.isNamespaceImport(declaration);
  if (!isImport) return undefined;
  let node: ts.Node = declaration;
  while (!ts.isImportDeclaration(node) && !ts.isSourceFile(node)) node = node.parent;
  return ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)
    ? node.moduleSpecifier.text
    : undefined;
}
