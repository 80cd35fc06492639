import ts from 'typescript';
import { nativeType } from '../model/schemas/attributes';
import { isUniqueKey } from '../model/schemas/indexCoverage';
import type { Field, Model, Schema } from '../model/schemas/schema';
import { propertyName } from '../syntax/typescript/nodes';
import { shapeOf } from './expressionShapes';
import { elementPath, isMentionedInCondition, type LoopSite } from './loopSite';
import { isOutside } from './nodeAt';
import { findProperty, propertyValue } from './objectLiteral';
import { excludedAt } from './presenceGuards';

/** The one condition of a query that ties it to the loop's element: `authorId: user.id`. */
export interface LoopKey {
  readonly field: Field;
  readonly property: ts.ObjectLiteralElementLike;
  /** Where it stands in a compound key, `orgId_userId: { orgId, userId: user.id }`: that key. */
  readonly compound?: { readonly property: ts.PropertyAssignment; readonly parts: ts.ObjectLiteralExpression };
  /** What it equals. */
  readonly expression: ts.Expression;
  /** The members of the element that it reads: `id`; none for the element itself. */
  readonly path: readonly string[];
  /** `guarded`: some elements have none, and the loop asks before it sends the query. */
  readonly presence: 'sure' | 'guarded';
  /** At most one row has it, the other conditions given. */
  readonly unique: boolean;
}

/** Types whose values a `Map` finds again: no dates, decimals and bytes, which are other objects each time. */
export const KEY_TYPES: Readonly<Record<string, string>> = { String: 'string', Int: 'number', BigInt: 'bigint' };

/**
 * Returns the condition that ties a query to the loop's element; undefined where it is none or several, is no
 * plain equality, may ask for no value at all, or compares otherwise than a `Map` does.
 */
export function loopKeyOf(site: LoopSite, model: Model, operation: string, schema: Schema): LoopKey | undefined {
  const where = site.argument && findProperty(site.argument, 'where');
  if (!where || !ts.isPropertyAssignment(where) || !ts.isObjectLiteralExpression(where.initializer)) return undefined;
  const conditions = where.initializer.properties;
  const ties: Tie[] = [];
  for (const property of conditions) {
    if (isOutside(property, site.loop, site.tables)) continue;
    const found = tiesOf(property, site, model);
    if (!found) return undefined;
    ties.push(...found);
  }
  const [tie, ...others] = ties;
  if (!tie || others.length > 0 || !isComparedAlike(tie, site, schema)) return undefined;
  const presence = presenceOf(tie, site, schema, operation);
  const given = [tie.field.name, ...fixedFields(conditions, tie, site, schema)];
  return presence && { ...tie, presence, unique: isUniqueKey(model, given) };
}

type Tie = Omit<LoopKey, 'presence' | 'unique'>;

function tiesOf(property: ts.ObjectLiteralElementLike, site: LoopSite, model: Model): Tie[] | undefined {
  const tie = tieOf(property, site, model);
  if (tie) return [tie];
  const name = property.name && propertyName(property.name);
  if (name === undefined || model.fields.has(name) || !ts.isPropertyAssignment(property)) return undefined;
  const parts = property.initializer;
  if (!ts.isObjectLiteralExpression(parts) || /^(AND|OR|NOT)$/.test(name)) return undefined;
  const ties: Tie[] = [];
  for (const part of parts.properties) {
    if (isOutside(part, site.loop, site.tables)) continue;
    const inner = tieOf(part, site, model);
    if (!inner) return undefined;
    ties.push({ ...inner, compound: { property, parts } });
  }
  return ties;
}

function tieOf(property: ts.ObjectLiteralElementLike, site: LoopSite, model: Model): Tie | undefined {
  const expression = propertyValue(property);
  const path = expression && elementPath(expression, site);
  const name = property.name && propertyName(property.name);
  const field = name === undefined ? undefined : model.fields.get(name);
  if (!expression || !path || !field || field.kind !== 'scalar' || field.fact.list) return undefined;
  return { field, property, expression, path };
}

/** True if the database finds equal what a `Map` does, and gives the key back as it was asked for. */
function isComparedAlike({ field, expression }: Tie, { tables }: LoopSite, { provider, models }: Schema): boolean {
  const { fact, relation, name } = field;
  if (!KEY_TYPES[fact.type] || relation) return false;
  const owner = ts.isPropertyAccessExpression(expression) ? expression.expression : undefined;
  const isFromDatabase = owner !== undefined && shapeOf(owner, { tables, models }).kind === 'row';
  const native = nativeType(fact.attributes) ?? '';
  if (/Citext/i.test(native) || (/\.(N?Char|Uuid|UniqueIdentifier)\b/.test(native) && !isFromDatabase)) return false;
  // Their usual collations don't tell upper from lower case. Ids come from the database as they are.
  const isLenient = fact.type === 'String' && (provider === 'mysql' || provider === 'sqlserver');
  return !isLenient || /id$/i.test(name);
}

/** Whether every element has the key, as far as types and guards tell; undefined where one may ask without. */
function presenceOf(
  { expression, path, field }: Tie,
  site: LoopSite,
  { models }: Schema,
  operation: string,
): LoopKey['presence'] | undefined {
  const shape = shapeOf(expression, { tables: site.tables, models });
  if (shape.kind === 'scalar') return 'sure';
  if (shape.kind !== 'optional' && shape.kind !== 'unknown') return undefined;
  const isSame = (node: ts.Expression) => elementPath(node, site)?.join() === path.join();
  const excluded = excludedAt(site.query, site.loop, isSame);
  // Prisma's types let no null and no undefined into the key of a `findUnique`.
  const isStrict = operation === 'findUnique';
  if (shape.kind === 'unknown' && isStrict && !isMentionedInCondition(expression, site)) return 'sure';
  const mayBeNull = shape.kind === 'optional' ? shape.nulls : field.fact.optional;
  const mayBeUndefined = shape.kind === 'optional' ? shape.undefineds : !isStrict;
  const isGuarded = (!mayBeNull || excluded.nulls) && (!mayBeUndefined || excluded.undefineds);
  return isGuarded && (excluded.nulls || excluded.undefineds) ? 'guarded' : undefined;
}

/** The other fields that the query fixes to one value each. */
function fixedFields(
  conditions: readonly ts.ObjectLiteralElementLike[],
  { property: own, compound }: Tie,
  { tables }: LoopSite,
  { models }: Schema,
): string[] {
  if (compound) return compound.parts.properties.flatMap(({ name }) => (name && propertyName(name)) ?? []);
  return conditions.flatMap((property) => {
    const value = property === own ? undefined : propertyValue(property);
    const name = property.name && propertyName(property.name);
    const isFixed = value !== undefined && shapeOf(value, { tables, models }).kind === 'scalar';
    return isFixed && name !== undefined ? [name] : [];
  });
}
