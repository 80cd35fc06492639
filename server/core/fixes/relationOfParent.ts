import ts from 'typescript';
import type { Query } from '../model/queries/query';
import type { FieldResolver } from '../model/resolvers/fieldResolvers';
import { isUniqueField } from '../model/schemas/indexCoverage';
import type { Field, Model } from '../model/schemas/schema';
import { propertyName, unwrap } from '../syntax/typescript/nodes';
import { shapeOf } from './expressionShapes';
import { nodeAt, type OpenFile, openFile } from './nodeAt';
import { findProperty, propertyValue } from './objectLiteral';
import { parentMember } from './parentMember';
import type { Sources } from './sources';

/** A resolver's query for what a relation of its parent leads to, in the syntax tree. */
export interface RelationSite extends OpenFile {
  readonly call: ts.CallExpression;
  readonly callee: ts.PropertyAccessExpression;
  /** The client: `ctx.prisma`. */
  readonly client: ts.Expression;
  readonly argument: ts.ObjectLiteralExpression;
  /** The parent's model. */
  readonly parent: Model;
  /** The parent's relation that the query follows. */
  readonly relation: string;
  /** The parent's unique key as a `where` says it: `id: user.id`. */
  readonly key: string;
  readonly where: ts.ObjectLiteralExpression;
  /** The condition in it that ties the rows to the parent. */
  readonly condition: ts.PropertyAssignment;
}

/**
 * Opens a query that reads the rows which a relation of a resolver's parent leads to: the GraphQL type is a
 * model, and exactly one condition follows one of its relations by a unique key of it. `findFirst` follows
 * one to a single row, the others one to many. Undefined for any other query.
 */
export function openRelationSite(resolver: FieldResolver, query: Query, sources: Sources): RelationSite | undefined {
  const parent = modelOf(resolver, query);
  const open = parent && query.model ? openFile(query.file, sources) : undefined;
  const call = open && nodeAt(open.tables.file, query.call.range, ts.isCallExpression);
  const callee = call?.expression;
  if (!parent || !query.model || !open || !callee || !ts.isPropertyAccessExpression(callee)) return undefined;
  const delegate = callee.expression;
  const [argument, ...others] = call.arguments;
  if (!ts.isPropertyAccessExpression(delegate) || delegate.name.text !== query.model.accessor) return undefined;
  if (!argument || others.length > 0 || !ts.isObjectLiteralExpression(argument)) return undefined;
  const followed = followedRelation(
    argument,
    parent,
    query.model,
    resolver,
    open,
    query.schema.models,
    !query.operation.startsWith('findFirst'),
  );
  return followed && { ...open, call, callee, client: delegate.expression, argument, parent, ...followed };
}

/** The model of the resolver's type; Pothos' references are often called after it, `UserType`, `UserRef`. */
function modelOf({ type = '' }: FieldResolver, { schema: { models } }: Query): Model | undefined {
  return models.get(type) ?? models.get(type.replace(/(Type|Ref|Object|Node)$/, ''));
}

type Followed = Pick<RelationSite, 'relation' | 'key' | 'where' | 'condition'>;

function followedRelation(
  argument: ts.ObjectLiteralExpression,
  parent: Model,
  child: Model,
  resolver: FieldResolver,
  open: OpenFile,
  models: ReadonlyMap<string, Model>,
  toMany: boolean,
): Followed | undefined {
  const written = findProperty(argument, 'where');
  const where = written && ts.isPropertyAssignment(written) ? written.initializer : undefined;
  if (!where || !ts.isObjectLiteralExpression(where) || where.properties.some(ts.isSpreadAssignment)) return undefined;
  const found = where.properties.flatMap((condition): Followed[] => {
    if (!ts.isPropertyAssignment(condition)) return [];
    const tie = tieOf(condition, resolver, open, models);
    const relation = tie && relationBetween(parent, child, tie, toMany);
    if (!tie || !relation) return [];
    const key = tie.member === tie.value ? tie.member : `${tie.member}: ${tie.value}`;
    return [{ relation: relation.name, key, where, condition }];
  });
  return found.length === 1 ? found[0] : undefined;
}

interface Tie {
  /** `authorId`; `author.id`; `comments.some.id`. */
  readonly path: readonly string[];
  /** What of the parent it equals, and how that is written. */
  readonly member: string;
  readonly value: string;
}

/** `authorId: user.id`, `author: { id: user.id }`, `comments: { some: { id: comment.id } }`. */
function tieOf(
  condition: ts.PropertyAssignment,
  resolver: FieldResolver,
  open: OpenFile,
  models: ReadonlyMap<string, Model>,
): Tie | undefined {
  const path: string[] = [];
  let property: ts.ObjectLiteralElementLike | undefined = condition;
  while (property) {
    const key = property.name && propertyName(property.name);
    const written = propertyValue(property);
    if (key === undefined || !written) return undefined;
    if (key !== 'equals') path.push(key);
    const value = unwrap(written);
    if (!ts.isObjectLiteralExpression(value)) {
      const member = parentMember(written, resolver, open);
      const mayBeMissing = shapeOf(written, { tables: open.tables, models }).kind === 'optional';
      return member === undefined || mayBeMissing ? undefined : { path, member, value: written.getText() };
    }
    property = value.properties.length === 1 ? value.properties[0] : undefined;
  }
  return undefined;
}

/** The one relation of `parent` to `child` that goes by the parent's unique `member`: to many rows, or to one. */
function relationBetween(parent: Model, child: Model, { path, member }: Tie, toMany: boolean): Field | undefined {
  if (!isUniqueField(parent, member)) return undefined;
  const found = [...parent.fields.values()].filter(({ fact, relation }) => {
    const inverse = relation?.inverse === undefined ? undefined : child.fields.get(relation.inverse);
    if (relation?.model !== child.name || !inverse || fact.list !== toMany) return false;
    const through = inverse.fact.list ? [inverse.name, 'some', member] : [inverse.name, member];
    if (path.join() === through.join()) return true;
    const { fields = [], references = [] } = inverse.relation ?? {};
    return fields.length === 1 && references[0] === member && path.join() === fields[0];
  });
  return found.length === 1 ? found[0] : undefined;
}
