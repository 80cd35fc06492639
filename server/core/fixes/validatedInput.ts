import ts from 'typescript';
import { memberName, propertyName, unwrap } from '../syntax/typescript/nodes';
import type { Tables } from '../syntax/typescript/tables';
import { findProperty, propertyValue } from './objectLiteral';

/** What may follow `z.array(…)` and leaves it an array. */
const KEEPS_ARRAY = /^(?:min|max|length|nonempty|default|describe|refine|superRefine|meta)$/;

/**
 * True for `input.ids`, or `ids` of `const { ids } = input`, of a procedure whose `.input(z.object({ ids: z.array(…) }))`
 * says that it is an array.
 */
export function isValidatedArray(node: ts.Expression, tables: Tables): boolean {
  if (ts.isPropertyAccessExpression(node)) return isArrayOfInput(node.expression, node.name.text, tables);
  const declared = ts.isIdentifier(node) ? tables.scopes.lookup(node.text, node)?.declaration : undefined;
  if (!declared || !ts.isBindingElement(declared) || declared.initializer || declared.dotDotDotToken) return false;
  const owner = declared.parent.parent;
  const name = propertyName(declared.propertyName ?? declared.name);
  if (name === undefined || !ts.isVariableDeclaration(owner) || !owner.initializer) return false;
  return isArrayOfInput(owner.initializer, name, tables);
}

function isArrayOfInput(input: ts.Expression, name: string, tables: Tables): boolean {
  const shape = schemaOfInput(input, tables);
  const property = shape && findProperty(shape, name);
  let schema = property && propertyValue(property);
  while (schema && ts.isCallExpression(schema) && KEEPS_ARRAY.test(memberName(schema.expression) ?? '')) {
    schema = ts.isPropertyAccessExpression(schema.expression) ? schema.expression.expression : undefined;
  }
  return schema !== undefined && ts.isCallExpression(schema) && schema.expression.getText() === 'z.array';
}

/** The members that `.input(z.object({ … }))` gives the `input` of what a procedure runs. */
function schemaOfInput(input: ts.Expression, { scopes }: Tables): ts.ObjectLiteralExpression | undefined {
  const declared = ts.isIdentifier(input) ? scopes.lookup(input.text, input)?.declaration : undefined;
  if (!declared || !ts.isBindingElement(declared)) return undefined;
  if (propertyName(declared.propertyName ?? declared.name) !== 'input') return undefined;
  const parameter = declared.parent.parent;
  const run = ts.isParameter(parameter) ? parameter.parent.parent : undefined;
  let step: ts.Expression | undefined = run && ts.isCallExpression(run) ? run.expression : undefined;
  while (step && ts.isPropertyAccessExpression(step) && ts.isCallExpression(step.expression)) {
    const call = step.expression;
    if (memberName(call.expression) === 'input') return membersOf(call.arguments[0], scopes);
    step = call.expression;
  }
  return undefined;
}

function membersOf(
  schema: ts.Expression | undefined,
  scopes: Tables['scopes'],
): ts.ObjectLiteralExpression | undefined {
  const declared = schema && ts.isIdentifier(schema) ? scopes.lookup(schema.text, schema)?.declaration : undefined;
  const given = declared && ts.isVariableDeclaration(declared) ? declared.initializer : schema;
  const call = given && unwrap(given);
  if (!call || !ts.isCallExpression(call) || call.expression.getText() !== 'z.object') return undefined;
  const members = call.arguments[0];
  return members && ts.isObjectLiteralExpression(members) ? members : undefined;
}
