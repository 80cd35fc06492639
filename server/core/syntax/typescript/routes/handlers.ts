import ts from 'typescript';
import { unwrap } from '../nodes';

/** True for what can be a route's handler as it is written: a function, a name for one, a call that makes one. */
export function mayAnswer(node: ts.Expression): boolean {
  const expression = unwrap(node);
  if (ts.isArrayLiteralExpression(expression)) return expression.elements.some(mayAnswer);
  if (ts.isObjectLiteralExpression(expression)) {
    return expression.properties.some(({ name }) => name && ts.isIdentifier(name) && name.text === 'handler');
  }
  return (
    ts.isArrowFunction(expression) ||
    ts.isFunctionExpression(expression) ||
    ts.isIdentifier(expression) ||
    ts.isPropertyAccessExpression(expression) ||
    ts.isCallExpression(expression)
  );
}

const REQUEST = /^_?(req|request)$/;
const RESPONSE = /^_?(res|response|reply)$/;

/** True for a function, also one in a wrapper's call, whose first parameters are a request and a response. */
export function takesRequest(node: ts.Expression): boolean {
  const expression = unwrap(node);
  if (ts.isCallExpression(expression)) return expression.arguments.some(takesRequest);
  if (!ts.isArrowFunction(expression) && !ts.isFunctionExpression(expression)) return false;
  const [request, response] = expression.parameters;
  return isNamed(request, REQUEST) && isNamed(response, RESPONSE);
}

function isNamed(parameter: ts.ParameterDeclaration | undefined, name: RegExp): boolean {
  return parameter !== undefined && ts.isIdentifier(parameter.name) && name.test(parameter.name.text);
}
