import ts from 'typescript';
import { isUniqueField } from '../model/indexCoverage';
import type { MultipliedQuery } from '../model/multipliedQueries';
import type { Fix } from '../rules/rule';
import { rangeOf } from '../syntax/typescript/nodes';
import { openLoopSite } from './loopSite';
import { findProperty } from './objectLiteral';
import type { Sources } from './sources';

/** `findFirst` by a unique key, in `Promise.all`, becomes `findUnique`: Prisma sends those of one tick as one query. */
export function findUniqueInstead(found: MultipliedQuery, sources: Sources): Fix | undefined {
  const { call, model, operation } = found.query;
  if (!model || !found.innermost.together || call.loops[0]?.awaitsBefore) return undefined;
  if (operation !== 'findFirst' && operation !== 'findFirstOrThrow') return undefined;
  const site = openLoopSite(found, sources);
  const callee = site?.query.expression;
  if (!site?.argument || !callee || !ts.isPropertyAccessExpression(callee)) return undefined;
  const options = site.argument.properties.map((property) => property.name?.getText() ?? '');
  const where = findProperty(site.argument, 'where');
  if (!options.every((name) => ['where', 'select', 'include', 'omit'].includes(name))) return undefined;
  if (!where || !ts.isPropertyAssignment(where) || !ts.isObjectLiteralExpression(where.initializer)) return undefined;
  const [condition, ...others] = where.initializer.properties;
  const field = condition?.name?.getText();
  if (condition && ts.isPropertyAssignment(condition) && ts.isObjectLiteralExpression(condition.initializer))
    return undefined;
  if (others.length > 0 || field === undefined || !isUniqueField(model, field)) return undefined;
  const newText = operation.replace('First', 'Unique');
  return {
    title: `Use ${newText}, which Prisma sends as one query for the whole Promise.all`,
    kind: 'suggestion',
    edits: [{ file: site.file, edits: [{ range: rangeOf(callee.name), newText }] }],
  };
}
