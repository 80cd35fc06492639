import ts from 'typescript';
import type { Query } from '../model/queries/query';
import { nativeType } from '../model/schemas/attributes';
import type { Field, Schema } from '../model/schemas/schema';
import type { Fix } from '../rules/rule';
import { memberName, outerParent, propertyName, rangeOf, unwrap } from '../syntax/typescript/nodes';
import { nodeAt, openFile } from './nodeAt';
import { findProperty, propertyValue } from './objectLiteral';
import { isOrderUnseen } from './orderUnseen';
import { removeProperty } from './removeProperty';
import type { Sources } from './sources';
import { enumeration } from './words';

const KNOWN: ReadonlySet<string> = new Set(['where', 'distinct', 'select', 'orderBy', 'take', 'skip']);
/** The types whose values are equal to the database when they are equal to Prisma. */
const GROUPED: ReadonlySet<string> = new Set(['String', 'Int', 'BigInt', 'Boolean', 'DateTime']);
/** Databases that may hold that `a` and `A` are one text. */
const CASELESS: ReadonlySet<string> = new Set(['mysql', 'sqlserver']);

/**
 * Returns the fix that has the database find the distinct values: `groupBy` for `findMany`. Undefined unless
 * nothing but the distinct fields is selected, and the rows come in the same order: one that these fields
 * decide, or one that nobody sees.
 */
export function groupInstead(sources: Sources, query: Query): Fix | undefined {
  const open = openFile(query.file, sources);
  const call = open && nodeAt(open.tables.file, query.call.range, ts.isCallExpression);
  const callee = call?.expression;
  const [argument] = call?.arguments ?? [];
  const args = argument && unwrap(argument);
  if (!open || !callee || !ts.isPropertyAccessExpression(callee) || isInTransactionList(call)) return undefined;
  if (!args || !ts.isObjectLiteralExpression(args) || !args.properties.every(isKnown)) return undefined;
  const distinct = findProperty(args, 'distinct');
  const select = findProperty(args, 'select');
  const by = stringsOf(distinct && propertyValue(distinct));
  if (!distinct || !ts.isPropertyAssignment(distinct) || !select || !ts.isPropertyAssignment(select)) return undefined;
  if (!by || !isSame(by, selectedFields(select.initializer)) || !by.every((name) => canBeGrouped(query, name))) {
    return undefined;
  }
  const order = findProperty(args, 'orderBy');
  const sorted = order && propertyValue(order);
  const keepsOrder = order ? isSame(by, sortedFields(sorted)) : false;
  const pages = ['take', 'skip'].map((name) => findProperty(args, name)).filter((page) => page !== undefined);
  const isPaged = pages.length > 0;
  if (!pages.every(isPlainNumber) || !(keepsOrder || (!isPaged && !order && isOrderUnseen(call, open.tables)))) {
    return undefined;
  }
  return {
    title: `Use \`groupBy\`: the database finds the distinct ${enumeration(by.map((name) => `\`${name}\``))}`,
    kind: 'suggestion',
    edits: [
      {
        file: query.file,
        edits: [
          { range: rangeOf(callee.name), newText: 'groupBy' },
          { range: rangeOf(distinct.name), newText: 'by' },
          removeProperty(select),
        ],
      },
    ],
  };
}

function isKnown(property: ts.ObjectLiteralElementLike): boolean {
  const name = property.name && propertyName(property.name);
  return name !== undefined && KNOWN.has(name) && !ts.isMethodDeclaration(property);
}

/** `$transaction([…])`, whose types do not take a `groupBy`. */
function isInTransactionList(call: ts.CallExpression): boolean {
  const list = outerParent(call);
  const around = ts.isArrayLiteralExpression(list) ? list.parent : undefined;
  return around !== undefined && ts.isCallExpression(around) && memberName(around.expression) === '$transaction';
}

function canBeGrouped({ model, schema }: Query, name: string): boolean {
  const field = model?.fields.get(name);
  return field !== undefined && !field.fact.list && isGrouped(field, schema);
}

function isGrouped({ kind, fact }: Field, { provider }: Schema): boolean {
  if (kind === 'enum') return true;
  if (kind !== 'scalar' || !GROUPED.has(fact.type)) return false;
  return fact.type !== 'String' || (!CASELESS.has(provider ?? '') && nativeType(fact.attributes) !== 'db.Citext');
}

/** `['a', 'b']` or `'a'`; undefined for anything else. */
function stringsOf(node: ts.Expression | undefined): string[] | undefined {
  const written = node && unwrap(node);
  if (!written) return undefined;
  const elements = ts.isArrayLiteralExpression(written) ? [...written.elements] : [written];
  const strings = elements.filter(ts.isStringLiteralLike).map(({ text }) => text);
  return strings.length === elements.length && strings.length > 0 ? strings : undefined;
}

/** The names of `{ a: true, b: true }`; undefined for anything else. */
function selectedFields(node: ts.Expression): string[] | undefined {
  if (!ts.isObjectLiteralExpression(node)) return undefined;
  const names = node.properties.flatMap((property) => {
    const isTrue = ts.isPropertyAssignment(property) && property.initializer.kind === ts.SyntaxKind.TrueKeyword;
    return (isTrue && propertyName(property.name)) || [];
  });
  return names.length === node.properties.length ? names : undefined;
}

/** The fields of `{ a: 'asc' }` or `[{ a: 'asc' }, { b: order }]`; undefined for anything else. */
function sortedFields(node: ts.Expression | undefined): string[] | undefined {
  const written = node && unwrap(node);
  if (!written) return undefined;
  const steps = ts.isArrayLiteralExpression(written) ? written.elements : [written];
  const names = steps.flatMap((step) => {
    const [property, ...others] = ts.isObjectLiteralExpression(step) ? step.properties : [];
    const name = others.length === 0 && property?.name ? propertyName(property.name) : undefined;
    return name ?? [];
  });
  return names.length === steps.length ? names : undefined;
}

/** A negative one would count from the end. */
function isPlainNumber(property: ts.ObjectLiteralElementLike): boolean {
  const value = propertyValue(property);
  return value !== undefined && ts.isNumericLiteral(value);
}

function isSame(by: readonly string[], names: readonly string[] | undefined): boolean {
  return names !== undefined && names.length === by.length && by.every((name) => names.includes(name));
}
