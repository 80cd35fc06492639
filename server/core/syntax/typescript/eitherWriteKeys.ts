import ts from 'typescript';
import type { EitherWriteFact, KeyFieldFact } from './eitherWriteFacts';
import type { EitherWrite } from './eitherWrites';
import { propertyName } from './nodes';
import { literalObject, sameExpression } from './sameExpression';
import type { Tables } from './tables';

/** A property somewhere within an object literal. */
interface Leaf {
  readonly path: readonly string[];
  readonly value: ts.Expression;
}

interface Parts {
  readonly leaves: readonly Leaf[];
  /** What stands for several properties: the object itself, or what is spread into it. */
  readonly wholes: readonly ts.Expression[];
  /** There are others. */
  readonly hidden: boolean;
}

/** More properties than this are no key that people write. */
const MAX_LEAVES = 40;
const MAX_DEPTH = 3;

/** How a find, and the two writes that it decides between, name their row; undefined where that can't be seen. */
export function readKeyFields(
  { find, found, missing, declaration }: EitherWrite,
  tables: Tables,
): Pick<EitherWriteFact, 'keys' | 'foundByRow' | 'foundByKeys'> | undefined {
  const asked = partsOf(optionOf(find, 'where', tables), 2, tables);
  const updated = partsOf(optionOf(found.write, 'where', tables), 2, tables);
  const made = partsOf(optionOf(missing.write, 'data', tables), MAX_DEPTH, tables);
  if (!isAll(asked) || !isAll(updated) || !made || asked.leaves.length === 0) return undefined;
  const name = declaration && ts.isIdentifier(declaration.name) ? declaration.name.text : undefined;
  const foundByRow = updated.leaves.every(({ path, value }) => isMemberOf(value, name, path.at(-1)));
  const foundByKeys =
    updated.leaves.length === asked.leaves.length &&
    asked.leaves.every((leaf) => {
      const same = updated.leaves.find(({ path }) => path.at(-1) === leaf.path.at(-1));
      return same !== undefined && sameExpression(same.value, leaf.value, tables);
    });
  if (!foundByRow && !foundByKeys) return undefined;
  return {
    keys: asked.leaves.map((leaf) => keyFact(leaf, made, tables)),
    ...(foundByRow ? { foundByRow: updated.leaves.map(({ path }) => path) } : {}),
    ...(foundByKeys ? { foundByKeys: true } : {}),
  };
}

function isAll(parts: Parts | undefined): parts is Parts {
  return parts?.wholes.length === 0 && !parts.hidden;
}

function keyFact({ path, value }: Leaf, made: Parts, tables: Tables): KeyFieldFact {
  const same = made.leaves.filter((leaf) => sameExpression(leaf.value, value, tables)).map((leaf) => leaf.path);
  const field = path.at(-1);
  const isPartOfWhole = field !== undefined && made.wholes.some((whole) => isTakenFrom(value, field, whole, tables));
  return {
    path,
    ...(isFixed(value) ? { fixed: true } : {}),
    made: isPartOfWhole ? [...same, [field]] : same,
  };
}

/** `input.email`, or a name from `const { email } = input`, where `input` is given as a whole. */
function isTakenFrom(value: ts.Expression, field: string, whole: ts.Expression, tables: Tables): boolean {
  if (ts.isPropertyAccessExpression(value)) {
    return value.name.text === field && sameExpression(value.expression, whole, tables);
  }
  const binding = ts.isIdentifier(value) ? tables.scopes.lookup(value.text, value) : undefined;
  const element = binding?.declaration;
  if (!element || !ts.isBindingElement(element) || element.initializer || element.dotDotDotToken) return false;
  if (propertyName(element.propertyName ?? element.name) !== field || binding.writes.length > 0) return false;
  const declaration = element.parent.parent;
  const source = ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
  return source !== undefined && sameExpression(source, whole, tables);
}

/** An option of a query, as written: in the call, or by way of constants. */
function optionOf(call: ts.CallExpression, option: string, tables: Tables): ts.Expression | undefined {
  const [argument] = call.arguments;
  const options = argument && literalObject(argument, tables);
  const property = options?.properties.find(({ name }) => name && propertyName(name) === option);
  return property && writtenValue(property);
}

function writtenValue(property: ts.ObjectLiteralElementLike): ts.Expression | undefined {
  if (ts.isPropertyAssignment(property)) return property.initializer;
  return ts.isShorthandPropertyAssignment(property) ? property.name : undefined;
}

/** The properties of an object, and of those in it. */
function partsOf(given: ts.Expression | undefined, depth: number, tables: Tables): Parts | undefined {
  if (!given) return undefined;
  const leaves: Leaf[] = [];
  const wholes: ts.Expression[] = [];
  let hidden = false;
  const visit = (node: ts.ObjectLiteralExpression, before: readonly string[]): void => {
    for (const property of node.properties) {
      const name = property.name && propertyName(property.name);
      const value = writtenValue(property);
      if (ts.isSpreadAssignment(property)) {
        if (before.length === 0) open(property.expression);
        else hidden = true;
      } else if (name === undefined || !value || leaves.length > MAX_LEAVES) hidden = true;
      else if (ts.isObjectLiteralExpression(value) && before.length + 1 < depth) visit(value, [...before, name]);
      else leaves.push({ path: [...before, name], value });
    }
  };
  const open = (expression: ts.Expression): void => {
    const object = literalObject(expression, tables);
    if (object) visit(object, []);
    else wholes.push(expression);
  };
  open(given);
  return { leaves, wholes, hidden };
}

/** `existing.id` for the field `id`. */
function isMemberOf(value: ts.Expression, name: string | undefined, field: string | undefined): boolean {
  if (name === undefined || !ts.isPropertyAccessExpression(value) || value.name.text !== field) return false;
  const owner = ts.isNonNullExpression(value.expression) ? value.expression.expression : value.expression;
  return ts.isIdentifier(owner) && owner.text === name;
}

/** The same in every run: `'pending'`, `true`, `Status.OPEN`. */
function isFixed(value: ts.Expression): boolean {
  if (ts.isPropertyAccessExpression(value)) return /^[A-Z]\w*$/.test(value.expression.getText());
  return (
    ts.isLiteralExpression(value) ||
    value.kind === ts.SyntaxKind.TrueKeyword ||
    value.kind === ts.SyntaxKind.FalseKeyword ||
    value.kind === ts.SyntaxKind.NullKeyword
  );
}
