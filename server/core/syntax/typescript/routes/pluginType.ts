import ts from 'typescript';
import type { Value } from '../facts';
import { outerParent } from '../nodes';
import type { Tables } from '../tables';
import type { Values } from '../values';

/**
 * What is known of an untyped parameter by the type of the constant that holds its function:
 * `const orders: FastifyPluginAsync = async (fastify) => …`.
 */
export function pluginType(node: ts.Expression, tables: Tables, values: Values): Value | undefined {
  if (!ts.isIdentifier(node)) return undefined;
  const parameter = tables.scopes.lookup(node.text, node)?.declaration;
  if (!parameter || !ts.isParameter(parameter) || parameter.type || parameter.parent.parameters[0] !== parameter) {
    return undefined;
  }
  const owner = outerParent(parameter.parent);
  if (!ts.isVariableDeclaration(owner) || !owner.type) return undefined;
  const value = values.ofType(owner.type);
  return value.kind === 'instance' ? value.type : undefined;
}
