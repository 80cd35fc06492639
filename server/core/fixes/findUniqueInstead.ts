import ts from 'typescript';
import type { MultipliedQuery } from '../model/loops/multipliedQueries';
import type { Query } from '../model/queries/query';
import type { FieldResolver } from '../model/resolvers/fieldResolvers';
import { isUniqueField } from '../model/schemas/indexCoverage';
import type { Fix } from '../rules/rule';
import { isBroken, rangeOf } from '../syntax/typescript/nodes';
import { shapeOf } from './expressionShapes';
import { nodeAt, openFile } from './nodeAt';
import { findProperty, propertyValue } from './objectLiteral';
import { parentMember } from './parentMember';
import type { Sources } from './sources';

/** `findFirst` by a unique key, in `Promise.all`, becomes `findUnique`: Prisma sends those of one tick as one query. */
export function findUniqueInstead(found: MultipliedQuery, sources: Sources): Fix | undefined {
  if (!found.innermost.together || found.query.call.loops[0]?.awaitsBefore) return undefined;
  const { file, call: fact, schema } = found.query;
  const open = found.depth === 1 ? openFile(file, sources) : undefined;
  const call = open && nodeAt(open.tables.file, fact.range, ts.isCallExpression);
  if (!call || isBroken(call)) return undefined;
  const context = { tables: open.tables, models: schema.models };
  // `findUnique` takes no null and no undefined.
  return renamed(found.query, call, 'the whole Promise.all', (key) => shapeOf(key, context).kind === 'scalar');
}

/** `findFirst` by a unique key, in a field's resolver, becomes `findUnique`, which Prisma gathers for all parents. */
export function findUniqueInResolver(resolver: FieldResolver, query: Query, sources: Sources): Fix | undefined {
  const open = openFile(resolver.file, sources);
  const call = open && nodeAt(open.tables.file, query.call.range, ts.isCallExpression);
  const models = query.schema.models;
  const parent = resolver.type === undefined ? undefined : models.get(resolver.type);
  return (
    call &&
    renamed(query, call, 'all parents', (key) => {
      const shape = shapeOf(key, { tables: open.tables, models });
      const member = parentMember(key, resolver, open);
      const field = member === undefined ? undefined : parent?.fields.get(member);
      return shape.kind === 'scalar' || (shape.kind === 'unknown' && field?.fact.optional === false);
    })
  );
}

function renamed(
  { file, model, operation }: Query,
  call: ts.CallExpression,
  whose: string,
  isKey: (key: ts.Expression) => boolean,
): Fix | undefined {
  if (!model || (operation !== 'findFirst' && operation !== 'findFirstOrThrow')) return undefined;
  const callee = call.expression;
  const [argument] = call.arguments;
  if (!argument || !ts.isObjectLiteralExpression(argument) || !ts.isPropertyAccessExpression(callee)) return undefined;
  const options = argument.properties.map((property) => property.name?.getText() ?? '');
  const where = findProperty(argument, 'where');
  if (!options.every((name) => ['where', 'select', 'include', 'omit'].includes(name))) return undefined;
  if (!where || !ts.isPropertyAssignment(where) || !ts.isObjectLiteralExpression(where.initializer)) return undefined;
  const [condition, ...others] = where.initializer.properties;
  const key = condition && propertyValue(condition);
  const field = condition?.name?.getText();
  if (others.length > 0 || field === undefined || !isUniqueField(model, field) || !key || !isKey(key)) return undefined;
  const newText = operation.replace('First', 'Unique');
  return {
    title: `Use ${newText}, which Prisma sends as one query for ${whose}`,
    kind: 'suggestion',
    edits: [{ file, edits: [{ range: rangeOf(callee.name), newText }] }],
  };
}
