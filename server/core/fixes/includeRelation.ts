import ts from 'typescript';
import type { MultipliedQuery } from '../model/loops/multipliedQueries';
import type { Query } from '../model/queries/query';
import type { Field, Model } from '../model/schemas/schema';
import type { Fix } from '../rules/rule';
import { isWithin, rangeOf } from '../syntax/typescript/nodes';
import type { TextEdit } from '../text/textEdit';
import { elementPath, isGuarded, type LoopSite, openLoopSite } from './loopSite';
import { bindingsIn, nodeAt } from './nodeAt';
import { addProperties, findProperty, propertyValue } from './objectLiteral';
import type { Sources } from './sources';

/** What the relation of an `include` may be given in place of the query's own options. */
const OPTIONS: Readonly<Record<string, readonly string[]>> = {
  findMany: ['where', 'select', 'include', 'omit', 'orderBy', 'take', 'skip'],
  findUnique: ['where', 'select', 'include', 'omit'],
  findFirst: ['where', 'select', 'include', 'omit'],
  count: ['where'],
};

/**
 * Reads the relation along with the rows that the loop goes through, and uses it in the query's place.
 * Offered where those rows come from a read of this function that stays in it, and the query follows
 * exactly one relation of their model.
 */
export function includeRelation(found: MultipliedQuery, sources: Sources): Fix | undefined {
  const { query, parent } = found;
  if (found.mayAnswerAnew) return undefined;
  const { model } = query;
  if (!parent?.model || parent.operation !== 'findMany' || !model || parent.call.result?.escapes !== false)
    return undefined;
  const site = openLoopSite(found, sources);
  if (!site || !ts.isIdentifier(site.element) || !ts.isIdentifier(site.collection)) return undefined;
  const parentCall = nodeAt(site.tables.file, parent.call.range, ts.isCallExpression);
  const relation = parentCall && followedRelation(site, parent, query);
  if (!parentCall || !relation || isTyped(parentCall) || parentCall.arguments.length > 1) return undefined;
  const options = relationOptions(site, query, relation, parentCall);
  if (options === undefined) return undefined;
  const { name } = relation.field;
  const isCount = query.operation === 'count';
  const property = isCount ? `_count: { select: { ${name}: ${options} } }` : `${name}: ${options}`;
  const edits = includeEdits(parentCall, property, isCount ? '_count' : name);
  if (!edits) return undefined;
  const row = site.element.text;
  const newText = isCount ? `${row}._count.${name}` : `${row}.${name}`;
  const what = isCount ? `the count of \`${name}\`` : `\`${name}\``;
  return {
    title: `Include ${what} in the query that reads \`${site.collection.text}\` (they are loaded with it)`,
    kind: 'suggestion',
    edits: [{ file: site.file, edits: [...edits, { range: rangeOf(site.rows), newText }] }],
  };
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
    const path = expression && !isGuarded(expression, site) ? elementPath(expression, site) : undefined;
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
    if (!toMany) return isPair(relation.fields, member) && isPair(relation.references, key);
    const inverse = relation.inverse === undefined ? undefined : child.fields.get(relation.inverse)?.relation;
    return inverse !== undefined && isPair(inverse.fields, key) && isPair(inverse.references, member);
  });
  return found.length === 1 ? found[0] : undefined;
}

function isPair(fields: readonly string[], name: string): boolean {
  return fields.length === 1 && fields[0] === name;
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
  // Line breaks can be given up; what stands in comments and templates can't.
  if ([...kept, ...others].some((node) => /`|\/[/*]/.test(node.getText()))) return undefined;
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

/** True if the parent's rows are declared with a type, which would not know the relation. */
function isTyped(parentCall: ts.CallExpression): boolean {
  const declaration = ts.findAncestor(parentCall, ts.isVariableDeclaration);
  return declaration === undefined || declaration.type !== undefined;
}

function includeEdits(parentCall: ts.CallExpression, property: string, name: string): TextEdit[] | undefined {
  const argument = parentCall.arguments[0];
  if (!argument) {
    const at = parentCall.end - 1;
    return [{ range: { start: at, end: at }, newText: `{ include: { ${property} } }` }];
  }
  if (!ts.isObjectLiteralExpression(argument) || argument.properties.some(ts.isSpreadAssignment)) return undefined;
  const existing = findProperty(argument, 'select') ?? findProperty(argument, 'include');
  if (!existing) return addProperties(argument, [`include: { ${property} }`]);
  if (!ts.isPropertyAssignment(existing) || !ts.isObjectLiteralExpression(existing.initializer)) return undefined;
  if (findProperty(existing.initializer, name) || existing.initializer.properties.some(ts.isSpreadAssignment))
    return undefined;
  return addProperties(existing.initializer, [property]);
}
