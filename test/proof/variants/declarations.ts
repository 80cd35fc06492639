import ts from 'typescript';
import { analyzeTexts, type Texts } from '../../support/analyzeTexts';
import { editing, importing, inserting, nodesOf, oneOf, replacing, type Variation } from './variation';

/** The same variables, declared otherwise. */
export const declarationVariations: Readonly<Record<string, Variation>> = {
  'let for const': editing((tree, random) => {
    const keyword = random.pick(['let', 'var']);
    return localLists(tree)
      .filter((list) => list.getText().startsWith('const'))
      .map((list) => ({ range: { start: list.getStart(), end: list.getStart() + 5 }, newText: keyword }));
  }),
  'a variable set later': editing((tree, random) => {
    const list = oneOf(
      localLists(tree).filter(
        ({ declarations: [first], parent }) => !!first?.initializer && ts.isVariableStatement(parent),
      ),
      random,
    );
    const [declaration, ...more] = list?.declarations ?? [];
    if (!list || !declaration?.initializer || more.length > 0 || !ts.isIdentifier(declaration.name)) return [];
    const { text } = declaration.name;
    const type = declaration.type ? `: ${declaration.type.getText()}` : '';
    return [replacing(list.parent, `let ${text}${type};\n  ${text} = ${declaration.initializer.getText()};`)];
  }),
  'a result with its type': editing((tree) => {
    const typed = nodesOf(tree, ts.isVariableDeclaration).flatMap((declaration) => {
      const type = declaration.type ? undefined : resultType(declaration.initializer);
      return type && ts.isIdentifier(declaration.name) ? [{ end: declaration.name.end, ...type }] : [];
    });
    const models = [...new Set(typed.flatMap(({ model }) => model ?? []))];
    const imported = models.length > 0 ? [importing(models.join(', '))] : [];
    return [...imported, ...typed.map(({ end, type }) => inserting(end, `: ${type}`))];
  }),
  'two declarations in one statement': editing((tree, random) => {
    const statement = oneOf(
      nodesOf(tree, ts.isVariableStatement).filter(({ parent }) => ts.isBlock(parent)),
      random,
    );
    const end = statement?.declarationList.end;
    return end === undefined ? [] : [inserting(end, ', limit = 10')];
  }),
};

/**
 * Returns a variation that declares, where it may be in the way, a name that the fixes of a workspace's
 * file would give to something.
 */
export function takenNames(beside: Texts): Variation {
  return ({ file, text }, random) => {
    const { findings, sources } = analyzeTexts(new Map([...beside, [file, text]]));
    const written = findings
      .flatMap((finding) => finding.fixes(sources))
      .flatMap(({ edits }) => edits.flatMap((each) => (each.file === file ? each.edits : [])))
      .map(({ newText }) => newText);
    const names = written.flatMap((newText) => [...newText.matchAll(/\bconst (\w+) =|\((\w+)\) =>/g)]);
    const name = oneOf(
      names
        .flatMap(([, constant, parameter]) => constant ?? parameter ?? [])
        .filter((each) => !text.includes(`${each}:`)),
      random,
    );
    if (name === undefined) return undefined;
    const declare = editing((tree) => {
      const block = random.below(4) > 0 ? oneOf(nodesOf(tree, ts.isBlock), random) : undefined;
      const imports = nodesOf(tree, ts.isImportDeclaration);
      const at = block ? block.getStart() + 1 : (imports.at(-1)?.end ?? 0);
      const isEnd = block !== undefined && random.below(3) === 0 && !endsEarly(block);
      return [inserting(isEnd ? block.end - 1 : at, `\nconst ${name} = 'taken';\nconsole.log(${name});\n`)];
    });
    return declare({ file, text }, random);
  };
}

function endsEarly({ statements }: ts.Block): boolean {
  const last = statements.at(-1);
  return last !== undefined && (ts.isReturnStatement(last) || ts.isThrowStatement(last));
}

function localLists(tree: ts.SourceFile): ts.VariableDeclarationList[] {
  return nodesOf(tree, ts.isVariableDeclarationList).filter(({ parent }) => parent.parent !== tree);
}

/** The type that a person writes for a query's whole rows; undefined where it takes more thought. */
function resultType(value: ts.Expression | undefined): { readonly type: string; readonly model?: string } | undefined {
  const call = value && ts.isAwaitExpression(value) ? value.expression : undefined;
  if (!call || !ts.isCallExpression(call) || /\b(select|include)\b/.test(call.getText())) return undefined;
  const [, accessor = '', operation] = /\.(\w+)\.(\w+)$/.exec(call.expression.getText()) ?? [];
  const model = accessor.charAt(0).toUpperCase() + accessor.slice(1);
  if (operation === 'findMany') return { type: `${model}[]`, model };
  if (operation === 'findFirst' || operation === 'findUnique') return { type: `${model} | null`, model };
  return operation === 'count' && !call.getText().includes('select') ? { type: 'number' } : undefined;
}
