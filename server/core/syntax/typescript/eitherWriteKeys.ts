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

/** More properties than this are no key that people write. */
const MAX_LEAVES = 40;
const MAX_DEPTH = 3;

/** How a find, and the two writes that it decides between, name their row; undefined where that can't be seen. */
export function readKeyFields(
  { find, found, missing, declaration }: EitherWrite,
  tables: Tables,
): Pick<EitherWriteFact, 'keys' | 'foundByRow' | 'foundByKeys'> | undefined {
  const asked = leavesOf(optionOf(find, 'where', tables), 2, tables);
  const updated = leavesOf(optionOf(found.write, 'where', tables), 2, tables);
  const made = leavesOf(optionOf(missing.write, 'data', tables), MAX_DEPTH, tables);
  if (!asked?.closed || !updated?.closed || !made || asked.leaves.length === 0) return undefined;
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
    keys: asked.leaves.map((leaf) => keyFact(leaf, made.leaves, tables)),
    ...(foundByRow ? { foundByRow: updated.leaves.map(({ path }) => path) } : {}),
    ...(foundByKeys ? { foundByKeys: true } : {}),
  };
}

function keyFact({ path, value }: Leaf, made: readonly Leaf[], tables: Tables): KeyFieldFact {
  const same = made.filter((leaf) => sameExpression(leaf.value, value, tables));
  return {
    path,
    ...(isFixed(value) ? { fixed: true } : {}),
    made: same.map((leaf) => leaf.path),
  };
}

/** An option of a query, as written: in the call, or by way of constants. */
function optionOf(call: ts.CallExpression, option: string, tables: Tables): ts.ObjectLiteralExpression | undefined {
  const [argument] = call.arguments;
  const options = argument && literalObject(argument, tables);
  const property = options?.properties.find(({ name }) => name && propertyName(name) === option);
  if (!property) return undefined;
  const value = writtenValue(property);
  return value && literalObject(value, tables);
}

function writtenValue(property: ts.ObjectLiteralElementLike): ts.Expression | undefined {
  if (ts.isPropertyAssignment(property)) return property.initializer;
  return ts.isShorthandPropertyAssignment(property) ? property.name : undefined;
}

/** The properties of an object and of those in it; `closed` where there are no others. */
function leavesOf(
  object: ts.ObjectLiteralExpression | undefined,
  depth: number,
  tables: Tables,
): { readonly leaves: readonly Leaf[]; readonly closed: boolean } | undefined {
  if (!object) return undefined;
  const leaves: Leaf[] = [];
  let closed = true;
  const visit = (node: ts.ObjectLiteralExpression, before: readonly string[]): void => {
    for (const property of node.properties) {
      if (leaves.length > MAX_LEAVES) closed = false;
      else if (ts.isSpreadAssignment(property)) {
        const known = literalObject(property.expression, tables);
        if (known) visit(known, before);
        else closed = false;
      } else {
        const name = property.name && propertyName(property.name);
        const value = writtenValue(property);
        if (name === undefined || !value) closed = false;
        else {
          const path = [...before, name];
          if (ts.isObjectLiteralExpression(value) && path.length < depth) visit(value, path);
          else leaves.push({ path, value });
        }
      }
    }
  };
  visit(object, []);
  return { leaves, closed };
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
