import ts from 'typescript';
import type { MultipliedQuery } from '../model/loops/multipliedQueries';
import type { Query } from '../model/queries/query';
import type { FieldResolver } from '../model/resolvers/fieldResolvers';
import { isUniqueField } from '../model/schemas/indexCoverage';
import type { Fix } from '../rules/rule';
import { rangeOf } from '../syntax/typescript/nodes';
import { openLoopSite } from './loopSite';
import { nodeAt } from './nodeAt';
import { findProperty } from './objectLiteral';
import type { Sources } from './sources';

/** `findFirst` by a unique key, in `Promise.all`, becomes `findUnique`: Prisma sends those of one tick as one query. */
export function findUniqueInstead(found: MultipliedQuery, sources: Sources): Fix | undefined {
  if (!found.innermost.together || found.query.call.loops[0]?.awaitsBefore) return undefined;
  const site = openLoopSite(found, sources);
  return site && renamed(found.query, site.query, 'the whole Promise.all');
}

/** `findFirst` by a unique key, in a field's resolver, becomes `findUnique`, which Prisma gathers for all parents. */
export function findUniqueInResolver(resolver: FieldResolver, query: Query, sources: Sources): Fix | undefined {
  const tree = sources.tree(resolver.file);
  const call = tree && nodeAt(tree, query.call.range, ts.isCallExpression);
  return call && renamed(query, call, 'all parents');
}

function renamed({ file, model, operation }: Query, call: ts.CallExpression, whose: string): Fix | undefined {
  if (!model || (operation !== 'findFirst' && operation !== 'findFirstOrThrow')) return undefined;
  const callee = call.expression;
  const [argument] = call.arguments;
  if (!argument || !ts.isObjectLiteralExpression(argument) || !ts.isPropertyAccessExpression(callee)) return undefined;
  const options = argument.properties.map((property) => property.name?.getText() ?? '');
  const where = findProperty(argument, 'where');
  if (!options.every((name) => ['where', 'select', 'include', 'omit'].includes(name))) return undefined;
  if (!where || !ts.isPropertyAssignment(where) || !ts.isObjectLiteralExpression(where.initializer)) return undefined;
  const [condition, ...others] = where.initializer.properties;
  const field = condition?.name?.getText();
  if (condition && ts.isPropertyAssignment(condition) && ts.isObjectLiteralExpression(condition.initializer))
    return undefined;
  if (others.length > 0 || field === undefined || !isUniqueField(model, field)) return undefined;
  const newText = operation.replace('First', 'Unique');
  return {
    title: `Use ${newText}, which Prisma sends as one query for ${whose}`,
    kind: 'suggestion',
    edits: [{ file, edits: [{ range: rangeOf(callee.name), newText }] }],
  };
}
