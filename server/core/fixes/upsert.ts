import ts from 'typescript';
import type { Upsertable } from '../model/queries/upsertable';
import { compoundKeyName } from '../model/schemas/compoundKey';
import type { Fix } from '../rules/rule';
import { type EitherWrite, readEitherWrite } from '../syntax/typescript/eitherWrites';
import { isAssignment } from '../syntax/typescript/purity';
import { nodeAt, openFile } from './nodeAt';
import { findProperty, propertyValue } from './objectLiteral';
import type { Sources } from './sources';
import { type UpsertOption, writeUpsert } from './upsertText';

const OF_FIND: ReadonlySet<string> = new Set(['where', 'select', 'include', 'omit']);
const OF_UPDATE: ReadonlySet<string> = new Set(['where', 'data', 'select', 'omit']);
const OF_CREATE: ReadonlySet<string> = new Set(['data', 'select', 'omit']);

/**
 * Puts one upsert in place of a find and the two writes that it decides between; undefined where it can't be
 * seen that the upsert takes the same key, does the same and says all that the code says.
 */
export function useUpsert(upsertable: Upsertable, sources: Sources): Fix | undefined {
  const { find, key, isHidden } = upsertable;
  // In a loop, it would be a write for each element: another finding, with another way out.
  if (!key || find.call.loops.length > 0) return undefined;
  const open = openFile(find.file, sources);
  const call = open && nodeAt(open.tables.file, find.call.range, ts.isCallExpression);
  const site = call && readEitherWrite(call, open.tables);
  if (!site) return undefined;
  const options = optionsOf(site, upsertable);
  const owner = ownerOf(site);
  const edits = options && owner && writeUpsert(site, owner, options, open.tables);
  if (!edits) return undefined;
  const values = [site.found.write, site.missing.write].some(callsSomething)
    ? 'the values of both writes are computed each time'
    : isHidden
      ? 'one statement, if the values write to no other model'
      : 'one statement, also for two requests at once';
  return {
    title: `Write it with one upsert (${values})`,
    kind: 'suggestion',
    edits: [{ file: find.file, edits }],
  };
}

/** The options of the upsert: the key as the find asks for it, and what the two writes write. */
function optionsOf(site: EitherWrite, upsertable: Upsertable): UpsertOption[] | undefined {
  const find = literalWith(site.find, OF_FIND);
  const update = literalWith(site.found.write, OF_UPDATE);
  const create = literalWith(site.missing.write, OF_CREATE);
  const where = find && whereOf(find, upsertable);
  const written = [update, create].map((options) => options && valueNamed(options, 'data'));
  const [updated, created] = written;
  if (!update || !create || !where || !updated || !created) return undefined;
  if (changesSomething(updated) || changesSomething(created)) return undefined;
  const answer: UpsertOption[] = [];
  for (const name of ['select', 'omit']) {
    const [ofUpdate, ofCreate] = [valueNamed(update, name), valueNamed(create, name)];
    if (withoutBlanks(ofUpdate) !== withoutBlanks(ofCreate)) return undefined;
    if (ofCreate) answer.push({ name, value: ofCreate });
  }
  return [
    where,
    { name: 'update', value: updated, arm: site.found },
    { name: 'create', value: created, arm: site.missing },
    ...answer,
  ];
}

/** The find's own `where`; of a `findFirst` by the fields of a compound key, the same under the key's name. */
function whereOf(
  options: ts.ObjectLiteralExpression,
  { find, model, key, fields }: Upsertable,
): UpsertOption | undefined {
  const value = valueNamed(options, 'where');
  if (!value || !key) return undefined;
  if (find.operation === 'findUnique') return { name: 'where', value };
  if (!ts.isObjectLiteralExpression(value) || value.properties.length !== fields.length) return undefined;
  // A column with a default may be left out of what is created: then it might be `undefined` here.
  const mayBeAbsent = fields.some(
    (name, index) =>
      find.call.eitherWrite?.keys[index]?.fixed !== true &&
      model.fields.get(name)?.fact.attributes.some((attribute) => attribute.name === 'default'),
  );
  if (mayBeAbsent) return undefined;
  if (fields.length === 1) return { name: 'where', value };
  const parts = key.fields.map(({ name }) => findProperty(value, name));
  if (!parts.every((part) => part !== undefined)) return undefined;
  return { name: 'where', value, compound: { name: compoundKeyName(model, key), parts } };
}

/** What both writes are called on, where that is the same. */
function ownerOf({ found, missing }: EitherWrite): string | undefined {
  const [a, b] = [found.write.expression, missing.write.expression].map((callee) =>
    ts.isPropertyAccessExpression(callee) && !callee.questionDotToken ? callee.expression.getText() : undefined,
  );
  return a === b && !/[\r\n]/.test(a ?? '') ? a : undefined;
}

/** The object literal that a call is given, if it has no other properties than these. */
function literalWith(call: ts.CallExpression, known: ReadonlySet<string>): ts.ObjectLiteralExpression | undefined {
  const [argument] = call.arguments;
  if (!argument || !ts.isObjectLiteralExpression(argument)) return undefined;
  const isKnown = (property: ts.ObjectLiteralElementLike) =>
    property.name !== undefined && propertyValue(property) !== undefined && known.has(property.name.getText());
  return argument.properties.every(isKnown) ? argument : undefined;
}

function valueNamed(object: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined {
  const property = findProperty(object, name);
  return property && propertyValue(property);
}

function withoutBlanks(node: ts.Expression | undefined): string | undefined {
  return node?.getText().replace(/[\s,]/g, '');
}

/** True if computing it does more than that: what only one of two branches did would be done by both. */
function changesSomething(node: ts.Node): boolean {
  const changes =
    ts.isAwaitExpression(node) ||
    ts.isYieldExpression(node) ||
    ts.isDeleteExpression(node) ||
    ts.isPostfixUnaryExpression(node) ||
    (ts.isBinaryExpression(node) && isAssignment(node)) ||
    (ts.isPrefixUnaryExpression(node) && STEPS.has(node.operator)) ||
    (ts.isCallExpression(node) && /\b(next|pop|shift|push)$/i.test(node.expression.getText()));
  return changes || (ts.forEachChild(node, (child) => changesSomething(child) || undefined) ?? false);
}

const STEPS: ReadonlySet<ts.SyntaxKind> = new Set([ts.SyntaxKind.PlusPlusToken, ts.SyntaxKind.MinusMinusToken]);

/** A call, of whatever, among the arguments of a call. */
function callsSomething(write: ts.CallExpression): boolean {
  const holdsCall = (node: ts.Node): boolean =>
    ts.isCallExpression(node) || (ts.forEachChild(node, (child) => holdsCall(child) || undefined) ?? false);
  return write.arguments.some(holdsCall);
}
