import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path/posix';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** One `import`, `export … from` or `import()` of a file of this repository. */
export interface Import {
  /** As written. */
  readonly module: string;
  /** The file it names, relative to the repository; absent for a package. */
  readonly file?: string;
  readonly typeOnly: boolean;
}

export interface SourceFile {
  /** Relative to the repository. */
  readonly file: string;
  readonly tree: ts.SourceFile;
  readonly imports: readonly Import[];
}

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));

/** Reads the TypeScript files below a folder of this repository. Throws if an import leads nowhere. */
export function readSourceFiles(folder: string): SourceFile[] {
  return readdirSync(join(REPOSITORY, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name))
    .sort()
    .map((file) => {
      const tree = ts.createSourceFile(
        file,
        readFileSync(join(REPOSITORY, file), 'utf8'),
        ts.ScriptTarget.Latest,
        true,
      );
      return { file, tree, imports: importsOf(file, tree) };
    });
}

function importsOf(file: string, tree: ts.SourceFile): Import[] {
  const found: Import[] = [];
  const add = (specifier: ts.Node | undefined, typeOnly: boolean) => {
    if (!specifier || !ts.isStringLiteralLike(specifier)) return;
    const target = specifier.text.startsWith('.') ? { file: resolve(file, specifier.text) } : {};
    found.push({ module: specifier.text, typeOnly, ...target });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node))
      add(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, true);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], false);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

function resolve(from: string, specifier: string): string {
  const path = join(dirname(from), specifier);
  const file = [path, `${path}.ts`, `${path}/index.ts`].find((candidate) =>
    ts.sys.fileExists(join(REPOSITORY, candidate)),
  );
  if (!file)
    throw new Error(
      `${from} imports ${specifier}, which is no file of ${relative('.', REPOSITORY) || 'the repository'}`,
    );
  return file;
}
