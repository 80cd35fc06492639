import ts from 'typescript';
import type { MultipliedQuery } from '../model/loops/multipliedQueries';
import type { Model } from '../model/schemas/schema';
import type { Fix } from '../rules/rule';
import { rangeOf } from '../syntax/typescript/nodes';
import { applyEdits } from '../text/textEdit';
import { type CodeStyle, indentAt } from './codeStyle';
import { elementOf, shapeOf } from './expressionShapes';
import { elementPath } from './loopSite';
import { isOutside } from './nodeAt';
import { propertyValue } from './objectLiteral';
import type { Sources } from './sources';
import { memberOf, present } from './typeShapes';
import { declaredMembers } from './visibleNumbers';
import {
  declaredType,
  mayBeNothing,
  openWriteLoop,
  type WriteLoop,
  type WrittenOption,
  wholeStatement,
} from './writeLoop';
import { callbackText, indentedAt, mappingHead } from './writeMapping';

/** What one query for all rows can do here. */
export interface WriteAbilities {
  /** `createManyAndReturn` is there. */
  readonly returnsCreated: boolean;
}

/**
 * `createMany` in place of a loop of `create`s, where all that is written are columns; where something takes the
 * rows, `createManyAndReturn`.
 */
export function createMany(
  found: MultipliedQuery,
  sources: Sources,
  { returnsCreated }: WriteAbilities,
): Fix | undefined {
  const { model, operation } = found.query;
  const loop = operation === 'create' ? openWriteLoop(found, sources) : undefined;
  if (!loop || !model || (loop.taken && !returnsCreated)) return undefined;
  const [data, ...others] = loop.argument.properties;
  if (data?.name?.getText() !== 'data') return undefined;
  const selection = others.map((property) => selectionOf(property, loop, model));
  if (selection.length > 1 || selection.some((one) => !one)) return undefined;
  const row = propertyValue(data);
  const rows = row && (elementsThemselves(row, loop, model) ?? rowsOf(row, loop, model));
  if (!rows) return undefined;
  const query = loop.taken ? 'createManyAndReturn' : 'createMany';
  const options = [{ name: 'data', value: rows }, ...(loop.taken ? selection : [])].filter((one) => one !== undefined);
  return {
    title: `Write them with one ${query} (all rows or none)`,
    kind: 'suggestion',
    edits: [wholeStatement(loop, query, options)],
  };
}

/** `select` or `omit` of columns, which `createManyAndReturn` knows too. */
function selectionOf(
  property: ts.ObjectLiteralElementLike,
  { loop, tables }: WriteLoop,
  model: Model,
): WrittenOption | undefined {
  const name = property.name?.getText() ?? '';
  const value = propertyValue(property);
  if (!/^(select|omit)$/.test(name) || !value || !ts.isObjectLiteralExpression(value)) return undefined;
  const isPlain = writesColumns(value, model) && isOutside(value, loop, tables);
  return isPlain ? { name, value: (indent) => indentedAt(value, indent) } : undefined;
}

/** `rows`, where their type says that each is what `createMany` takes. */
function elementsThemselves(row: ts.Expression, loop: WriteLoop, model: Model): WrittenOption['value'] | undefined {
  const { collection, tables, round } = loop;
  const type = declaredType(collection, tables);
  const isRow = elementPath(row, loop)?.length === 0 && ts.isIdentifier(loop.element);
  if (!type || round.steps.length !== 1 || round.skips || !isRow) return undefined;
  const isInput = /^(?:readonly )?[\w.]*CreateManyInput\[\]$|^(?:\w*Array|\w*Set|Iterable)<[\w.]*CreateManyInput>$/;
  if (mayBeNothing(collection, tables) || (!isInput.test(type.getText()) && !holdsColumns(type, model)))
    return undefined;
  return () => listText(loop);
}

/** `{ name: string }[]`, `Row[]` of an interface of this file: nothing but columns, which `createMany` takes. */
function holdsColumns(type: ts.TypeNode, model: Model): boolean {
  const element = elementType(type);
  const members = element && declaredMembers(element);
  const owner = members?.[0]?.parent;
  if (!members || !owner || (ts.isInterfaceDeclaration(owner) && owner.heritageClauses)) return false;
  return members.every(({ name }) => {
    const field = name && model.fields.get(name.getText());
    return field !== undefined && field.kind !== 'relation';
  });
}

/** `Row` of `Row[]`, `readonly Row[]`, `Array<Row>`. */
function elementType(type: ts.TypeNode): ts.TypeNode | undefined {
  const list = ts.isTypeOperatorNode(type) ? type.type : type;
  if (ts.isArrayTypeNode(list)) return list.elementType;
  const isGeneric = ts.isTypeReferenceNode(list) && /^(Readonly)?Array$/.test(list.typeName.getText());
  return isGeneric ? list.typeArguments?.[0] : undefined;
}

function rowsOf(row: ts.Expression, loop: WriteLoop, model: Model): WrittenOption['value'] | undefined {
  if (!ts.isObjectLiteralExpression(row) || !writesColumns(row, model) || mayLackValues(row, loop, model))
    return undefined;
  return (indent) => `${mappingHead(loop)}${callbackText(loop, row, indent)})`;
}

/** True if what a row must have is given by a name that may hold nothing: the types of `createMany` are stricter. */
function mayLackValues({ properties }: ts.ObjectLiteralExpression, { tables }: WriteLoop, { fields }: Model): boolean {
  return properties.some((property) => {
    const value = propertyValue(property);
    const field = property.name && fields.get(property.name.getText());
    return value !== undefined && field?.fact.optional === false && mayBeNothing(value, tables);
  });
}

/** `updateMany` or `deleteMany` with `in`, where the rounds differ in one key of `where` only. */
export function writeManyIn(found: MultipliedQuery, sources: Sources): Fix | undefined {
  const { model, operation } = found.query;
  if (!/^(update|delete)(Many)?$/.test(operation)) return undefined;
  const loop = openWriteLoop(found, sources);
  if (!loop || !model || loop.taken) return undefined;
  const options = new Map(loop.argument.properties.map((property) => [property.name?.getText() ?? '', property]));
  const [where, data] = [options.get('where'), options.get('data')];
  const isUpdate = operation.startsWith('update');
  if (!where || options.size !== (isUpdate ? 2 : 1) || isUpdate !== (data !== undefined)) return undefined;
  const condition = conditionIn(where, loop, model, found);
  if (!condition || (data && !isSameForAll(data, loop, model))) return undefined;
  const many = isUpdate ? 'updateMany' : 'deleteMany';
  const passesOver = operation.endsWith('Many') ? '' : ' (passes over rows that are gone)';
  const values = [{ name: 'where', value: condition }];
  if (data) values.push({ name: 'data', value: (indent) => indentedAt(propertyValue(data) ?? data, indent) });
  return {
    title: `Write them with one ${many} and \`in\`${passesOver}`,
    kind: 'suggestion',
    edits: [wholeStatement(loop, many, values)],
  };
}

/** True if a row is written without relations, and all of it can be seen. */
function writesColumns({ properties }: ts.ObjectLiteralExpression, model: Model): boolean {
  return properties.every((property) => {
    const field = property.name && propertyValue(property) && model.fields.get(property.name.getText());
    return field !== undefined && field.kind !== 'relation';
  });
}

/** Types that `in` takes lists of, and whose values an element holds as they are. */
const KEY_TYPES: ReadonlySet<string> = new Set(['String', 'Int', 'BigInt']);

/** The condition for all elements at once: the one key that follows the element takes a list. */
function conditionIn(
  where: ts.ObjectLiteralElementLike,
  loop: WriteLoop,
  model: Model,
  { parent }: MultipliedQuery,
): ((indent: string) => string) | undefined {
  const object = propertyValue(where);
  if (!object || !ts.isObjectLiteralExpression(object)) return undefined;
  // `orgId_slug: { … }` finds one row: a query for many does not know it.
  const isKnown = ({ name }: ts.ObjectLiteralElementLike) =>
    name !== undefined && (model.fields.has(name.getText()) || /^(AND|OR|NOT)$/.test(name.getText()));
  if (!object.properties.every(isKnown)) return undefined;
  const followers = object.properties.filter((property) => !isOutside(property, loop.loop, loop.tables));
  const [key, ...others] = followers;
  const expression = key && propertyValue(key);
  const path = expression && elementPath(expression, loop);
  const field = key?.name && model.fields.get(key.name.getText());
  if (!key || !expression || !path || others.length > 0) return undefined;
  if (field?.kind !== 'scalar' || field.fact.optional || !KEY_TYPES.has(field.fact.type)) return undefined;
  const [first] = path;
  const mayBeNull = parent?.model && first !== undefined && parent.model.fields.get(first)?.fact.optional !== false;
  if (mayBeNull || path.length > 1 || holdsCall(object) || mayLackKeys(loop, first)) return undefined;
  const isElement = path.length === 0 && ts.isIdentifier(loop.element) && loop.round.steps.length === 1;
  const mapping = (at: string) => `${mappingHead(loop)}${callbackText(loop, expression, at)})`;
  return (indent) => {
    const list = isElement && !loop.round.skips ? listText(loop) : mapping(indent);
    if (list.includes('\n')) return spreadCondition(object, key, `${field.name}: {`, mapping, loop.style, indent);
    const { start } = rangeOf(object);
    const { start: from, end } = rangeOf(key);
    const newText = `${field.name}: { in: ${list} }`;
    const text = applyEdits(object.getText(), [{ range: { start: from - start, end: end - start }, newText }]);
    return text.replaceAll(`\n${indentAt(loop.text, start)}`, `\n${indent}`);
  };
}

/** The condition with each part on lines of its own, for a list that takes several. */
function spreadCondition(
  object: ts.ObjectLiteralExpression,
  key: ts.ObjectLiteralElementLike,
  head: string,
  mapping: (indent: string) => string,
  { indent: unit, newline, trailingCommas }: CodeStyle,
  indent: string,
): string {
  const [one, two] = [indent + unit, indent + unit + unit];
  const comma = trailingCommas ? ',' : '';
  const parts = object.properties.map((property) =>
    property === key
      ? `${head}${newline}${two}in: ${mapping(two)}${comma}${newline}${one}}`
      : indentedAt(property, one),
  );
  return `{${newline}${one}${parts.join(`,${newline}${one}`)}${comma}${newline}${indent}}`;
}

/** What a row of the schema may lack is asked of the schema itself. */
const NO_MODELS: ReadonlyMap<string, Model> = new Map();

/** True if the type of the elements says that the key may be missing. */
function mayLackKeys({ collection, tables }: WriteLoop, member: string | undefined): boolean {
  const context = { tables, models: NO_MODELS };
  const one = elementOf(present(shapeOf(collection, context)));
  if ((member === undefined ? one : memberOf(one, member, context)).kind === 'optional') return true;
  const type = declaredType(collection, tables);
  if (!type) return false;
  if (member === undefined) return /\b(?:undefined|null)\b/.test(type.getText());
  const element = elementType(type);
  const declared = element && declaredMembers(element)?.find(({ name }) => name?.getText() === member);
  return (
    declared !== undefined &&
    (declared.questionToken !== undefined || /\b(?:undefined|null)\b/.test(declared.getText()))
  );
}

/** The elements as a list that Prisma's types take: none of `readonly number[]`. */
function listText({ collection, tables, isArray }: WriteLoop): string {
  const isOwn = isArray && !/^readonly\b|^ReadonlyArray\b/.test(declaredType(collection, tables)?.getText() ?? '');
  return isOwn ? collection.getText() : `[...${collection.getText()}]`;
}

/** True if an update writes the same columns with the same values in every round. */
function isSameForAll(data: ts.ObjectLiteralElementLike, { loop, tables }: WriteLoop, model: Model): boolean {
  const object = propertyValue(data);
  if (!object || !ts.isObjectLiteralExpression(object) || !writesColumns(object, model)) return false;
  // `{ increment: 1 }` counts the rounds.
  const isPlain = object.properties.every((property) => {
    const value = propertyValue(property);
    return value !== undefined && !ts.isObjectLiteralExpression(value);
  });
  return isPlain && isOutside(object, loop, tables) && !holdsCall(object);
}

/** True for a call whose answer may differ from round to round; the time of day may not matter. */
function holdsCall(node: ts.Node): boolean {
  if (ts.isCallExpression(node) && node.getText() !== 'Date.now()') return true;
  return ts.forEachChild(node, (child) => holdsCall(child) || undefined) ?? false;
}
