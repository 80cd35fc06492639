import ts from 'typescript';
import type { MultipliedQuery } from '../model/loops/multipliedQueries';
import type { Project } from '../model/project';
import type { Query } from '../model/queries/query';
import type { Field, Model, Schema } from '../model/schemas/schema';
import type { Fix } from '../rules/rule';
import { isWithin, rangeOf } from '../syntax/typescript/nodes';
import { areChanged } from './changedRows';
import { countEdits, includeEdits, relationUse } from './includeEdits';
import { elementPath, type LoopSite } from './loopSite';
import { mayBeOutdated } from './loopWork';
import { openMovableRead } from './movableRead';
import { holdsComment } from './movedText';
import { bindingsIn, nodeAt } from './nodeAt';
import { findProperty, propertyValue } from './objectLiteral';
import { areReadByMember } from './rowsInSight';
import { withoutWaiting } from './settledLoop';
import type { Sources } from './sources';

/** What the relation of an `include` may be given in place of the query's own options. */
const OPTIONS: Readonly<Record<string, readonly string[]>> = {
  findMany: ['where', 'select', 'include', 'omit', 'orderBy', 'take', 'skip'],
  findUnique: ['where', 'select', 'include', 'omit'],
  findUniqueOrThrow: ['where', 'select', 'include', 'omit'],
  findFirst: ['where', 'select', 'include', 'omit'],
  findFirstOrThrow: ['where', 'select', 'include', 'omit'],
  count: ['where'],
};

/**
 * Reads the relation along with the rows that the loop goes through, and uses it in the query's place.
 * Offered where those rows come from a read of this function that stays in it, and the query follows
 * exactly one relation of their model.
 */
export function includeRelation(found: MultipliedQuery, project: Project, sources: Sources): Fix | undefined {
  const { query, parent } = found;
  if (!parent?.model || parent.operation !== 'findMany' || !query.model) return undefined;
  const site = openMovableRead(found, sources);
  if (!site || !ts.isIdentifier(site.collection) || holdsComment(site.text, rangeOf(site.rows))) return undefined;
  const parentCall = nodeAt(site.tables.file, parent.call.range, ts.isCallExpression);
  if (!parentCall || !areRowsInSight(parentCall, site) || !haveSameClient(parentCall, site)) return undefined;
  if (mayBeOutdated(found, site, parentCall.end, project)) return undefined;
  const relation = followedRelation(site, parent, query);
  const options = relation && relationOptions(site, query, relation, parentCall);
  if (options === undefined || !relation || !mayStandFor(relation.field, query, site)) return undefined;
  const { name } = relation.field;
  const isCount = query.operation === 'count';
  const edits = isCount ? countEdits(parentCall, name, options) : includeEdits(parentCall, `${name}: ${options}`, name);
  const uses = edits && relationUse(site, name, isCount);
  if (!edits || !uses) return undefined;
  const what = isCount ? `the count of \`${name}\`` : `\`${name}\``;
  return {
    title: `Include ${what} in the query that reads \`${site.collection.text}\` (they are loaded with it)`,
    kind: 'suggestion',
    edits: [{ file: site.file, edits: [...edits, ...withoutWaiting(site, uses)] }],
  };
}

/** True if the parent's rows go by a name without a type of its own, and only their members are read. */
function areRowsInSight(parentCall: ts.CallExpression, { tables, collection }: LoopSite): boolean {
  if (parentCall.arguments.length > 1 || parentCall.typeArguments || !ts.isIdentifier(collection)) return false;
  const binding = tables.scopes.lookup(collection.text, collection);
  const declaration = binding?.declaration;
  if (!binding || binding.writes.length > 0 || !declaration || !ts.isVariableDeclaration(declaration)) return false;
  if (declaration.type || !declaration.initializer || !ts.isIdentifier(declaration.name)) return false;
  const isDirect = ts.isAwaitExpression(declaration.initializer) && declaration.initializer.expression === parentCall;
  return isDirect && areReadByMember(declaration.name, tables);
}

/** Another client may be another transaction, or another database. */
function haveSameClient(parentCall: ts.CallExpression, { query, tables }: LoopSite): boolean {
  const [own, others] = [clientOf(query), clientOf(parentCall)];
  if (!own || own.getText() !== others?.getText()) return false;
  const [bindings, known] = [bindingsIn(own, tables), bindingsIn(others, tables)];
  return bindings.every((binding, index) => binding === known[index] && binding.writes.length === 0);
}

function clientOf({ expression }: ts.CallExpression): ts.Expression | undefined {
  const delegate = ts.isPropertyAccessExpression(expression) ? expression.expression : undefined;
  return delegate && ts.isPropertyAccessExpression(delegate) ? delegate.expression : undefined;
}

interface FollowedRelation {
  /** The relation field of the parent's model. */
  readonly field: Field;
  /** The conditions of the query that are not the relation itself. */
  readonly others: readonly ts.ObjectLiteralElementLike[];
}

/** The relation of the parent's model that the query's `where` follows, by its keys. */
function followedRelation(site: LoopSite, parent: Query, query: Query): FollowedRelation | undefined {
  const where = site.argument && findProperty(site.argument, 'where');
  if (!where || !ts.isPropertyAssignment(where) || !ts.isObjectLiteralExpression(where.initializer)) return undefined;
  if (!parent.model || !query.model) return undefined;
  const ties = where.initializer.properties.flatMap((property) => {
    const expression = propertyValue(property);
    const path = expression && elementPath(expression, site);
    const [member] = path ?? [];
    return path?.length === 1 && member !== undefined && property.name
      ? [{ property, key: property.name.getText(), member }]
      : [];
  });
  const [tie] = ties;
  if (!tie || ties.length > 1) return undefined;
  const field = relationBetween(parent.model, query.model, tie.member, tie.key, query.operation);
  return field && { field, others: where.initializer.properties.filter((property) => property !== tie.property) };
}

/** The one relation of `parent` to `child` in which `parent.member` equals `child.key`. */
function relationBetween(
  parent: Model,
  child: Model,
  member: string,
  key: string,
  operation: string,
): Field | undefined {
  const toMany = operation === 'findMany' || operation === 'count';
  const found = [...parent.fields.values()].filter(({ fact, relation }) => {
    if (relation?.model !== child.name || fact.list !== toMany) return false;
    if (!toMany && relation.fields.length > 0)
      return isPair(relation.fields, member) && isPair(relation.references, key);
    const inverse = relation.inverse === undefined ? undefined : child.fields.get(relation.inverse)?.relation;
    return inverse !== undefined && isPair(inverse.fields, key) && isPair(inverse.references, member);
  });
  return found.length === 1 ? found[0] : undefined;
}

function isPair(fields: readonly string[], name: string): boolean {
  return fields.length === 1 && fields[0] === name;
}

/**
 * True if the relation holds what the query gives: a row that need not be there is null in both, and one that
 * must be there is, by its foreign key. One row for several parents must not be changed by the first of them.
 */
function mayStandFor({ fact }: Field, { operation, schema }: Query, { rows, tables }: LoopSite): boolean {
  if (fact.list) return true;
  if (areChanged(rows, tables)) return false;
  if (fact.optional) return !operation.endsWith('OrThrow');
  return hasForeignKeys(schema);
}

function hasForeignKeys({ relationMode, provider }: Schema): boolean {
  return relationMode === 'foreignKeys' && provider !== 'mongodb';
}

/** `true`, or the query's remaining options as an object; undefined where they can't move to the parent's read. */
function relationOptions(
  site: LoopSite,
  { operation }: Query,
  { others }: FollowedRelation,
  parentCall: ts.CallExpression,
): string | undefined {
  const allowed = OPTIONS[operation];
  const properties = site.argument?.properties ?? [];
  if (!allowed || !properties.every(({ name }) => allowed.includes(name?.getText() ?? ''))) return undefined;
  // Of a to-one relation Prisma takes no `where`.
  if (others.length > 0 && operation !== 'findMany' && operation !== 'count') return undefined;
  const kept = properties.filter(({ name }) => name?.getText() !== 'where');
  if (![...kept, ...others].every((node) => isKnownAt(node, parentCall, site))) return undefined;
  // Line breaks can be given up; what stands in templates can't.
  if ([...kept, ...others].some((node) => node.getText().includes('`'))) return undefined;
  const where = others.length > 0 ? [`where: { ${others.map(onOneLine).join(', ')} }`] : [];
  const options = [...where, ...kept.map(onOneLine)];
  return options.length === 0 ? 'true' : `{ ${options.join(', ')} }`;
}

function onOneLine(node: ts.Node): string {
  return node
    .getText()
    .replace(/,?\s*\n\s*(?=[}\])])/g, ' ')
    .replace(/\s*\n\s*/g, ' ');
}

/** True if all that an expression reads has its value before the parent's read, and keeps it until the loop. */
function isKnownAt(node: ts.Node, parentCall: ts.CallExpression, { tables, loop }: LoopSite): boolean {
  return bindingsIn(node, tables).every(
    ({ declaration, writes, memberWrites, mutations }) =>
      declaration.end <= parentCall.pos &&
      !isWithin(declaration, loop) &&
      writes.length + memberWrites.length + mutations.length === 0,
  );
}
