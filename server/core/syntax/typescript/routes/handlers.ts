import ts from 'typescript';
import { unwrap } from '../nodes';

/** True for what can be a route's handler as it is written: a function, a name for one, a call that makes one. */
export function mayAnswer(node: ts.Expression): boolean {
  const expression = unwrap(node);
  if (ts.isArrayLiteralExpression(expression)) return expression.elements.some(mayAnswer);
  if (ts.isObjectLiteralExpression(expression)) {
    return expression.properties.some(({ name }) => name && ts.isIdentifier(name) && name.text === 'handler');
  }
  return mayBeFunction(expression);
}

/** True for a function, a name for one, and a call that may make one. */
export function mayBeFunction(node: ts.Expression): boolean {
  const expression = unwrap(node);
  return (
    ts.isArrowFunction(expression) ||
    ts.isFunctionExpression(expression) ||
    ts.isIdentifier(expression) ||
    ts.isPropertyAccessExpression(expression) ||
    ts.isCallExpression(expression)
  );
}

const REQUEST = /^_?(req|request)$/;
const RESPONSE = /^_?(res|response)$/;
const REPLY = /^_?reply$/;

/**
 * Returns the framework whose handlers are like a function, also one in a wrapper's call, by its first parameters:
 * a request, and a response or, with Fastify, a reply.
 */
export function handlerLike(node: ts.Expression): 'express' | 'fastify' | undefined {
  const expression = unwrap(node);
  if (ts.isCallExpression(expression))
    return expression.arguments.map(handlerLike).find((found) => found !== undefined);
  if (!ts.isArrowFunction(expression) && !ts.isFunctionExpression(expression)) return undefined;
  const [request, response] = expression.parameters;
  if (!isNamed(request, REQUEST)) return undefined;
  if (isNamed(response, REPLY)) return 'fastify';
  return isNamed(response, RESPONSE) ? 'express' : undefined;
}

function isNamed(parameter: ts.ParameterDeclaration | undefined, name: RegExp): boolean {
  return parameter !== undefined && ts.isIdentifier(parameter.name) && name.test(parameter.name.text);
}
