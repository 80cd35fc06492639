import ts from 'typescript';
import type { FieldResolver } from '../model/fieldResolvers';
import { isUniqueField } from '../model/indexCoverage';
import type { Query } from '../model/query';
import type { Field, Model } from '../model/schema';
import { propertyName, unwrap } from '../syntax/typescript/nodes';
import { nodeAt, type OpenFile, openFile } from './nodeAt';
import { findProperty, propertyValue } from './objectLiteral';
import { parentMember } from './parentMember';
import type { Sources } from './sources';

/** A resolver's query for the children of its parent, in the syntax tree. */
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
  /** The condition in it that ties the children to the parent. */
  readonly condition: ts.PropertyAssignment;
}

/**
 * Opens a query that reads a resolver's parent's children: the GraphQL type is a model, and exactly one
 * condition follows one of its to-many relations by a unique key of it. Undefined for any other query.
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
  const followed = followedRelation(argument, parent, query.model, resolver, open);
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
): Followed | undefined {
  const written = findProperty(argument, 'where');
  const where = written && ts.isPropertyAssignment(written) ? written.initializer : undefined;
  if (!where || !ts.isObjectLiteralExpression(where) || where.properties.some(ts.isSpreadAssignment)) return undefined;
  const found = where.properties.flatMap((condition): Followed[] => {
    if (!ts.isPropertyAssignment(condition)) return [];
    const tie = tieOf(condition, resolver, open);
    const relation = tie && relationBetween(parent, child, tie.path, tie.member);
    if (!tie || !relation) return [];
    const key = tie.member === tie.value ? tie.member : `${tie.member}: ${tie.value}`;
    return [{ relation: relation.name, key, where, condition }];
  });
  return found.length === 1 ? found[0] : undefined;
}

interface Tie {
  /** `authorId`, or `author.id`. */
  readonly path: readonly string[];
  /** What of the parent it equals, and how that is written. */
  readonly member: string;
  readonly value: string;
}

/** `authorId: user.id`, `author: { id: user.id }`. */
function tieOf(condition: ts.PropertyAssignment, resolver: FieldResolver, open: OpenFile): Tie | undefined {
  const key = propertyName(condition.name);
  const value = unwrap(condition.initializer);
  const inner = ts.isObjectLiteralExpression(value) && value.properties.length === 1 ? value.properties[0] : undefined;
  const written = inner ? propertyValue(inner) : condition.initializer;
  const innerKey = inner?.name && propertyName(inner.name);
  const member = written && parentMember(written, resolver, open);
  if (key === undefined || !written || member === undefined || (inner && innerKey === undefined)) return undefined;
  const path = innerKey === undefined || innerKey === 'equals' ? [key] : [key, innerKey];
  return { path, member, value: written.getText() };
}

/** The one relation of `parent` to many of `child` in which the child's key equals the parent's unique `member`. */
function relationBetween(parent: Model, child: Model, path: readonly string[], member: string): Field | undefined {
  if (!isUniqueField(parent, member)) return undefined;
  const found = [...parent.fields.values()].filter(({ fact, relation }) => {
    if (relation?.model !== child.name || !fact.list || relation.inverse === undefined) return false;
    const inverse = child.fields.get(relation.inverse)?.relation;
    if (inverse?.fields.length !== 1 || inverse.references[0] !== member) return false;
    const [first, second] = path;
    return second === undefined ? inverse.fields[0] === first : first === relation.inverse && second === member;
  });
  return found.length === 1 ? found[0] : undefined;
}
