import ts from 'typescript';
import type { QueryShape } from '../model/queries/queryShape';
import { primaryKey } from '../model/schemas/indexCoverage';
import type { Model } from '../model/schemas/schema';
import { enclosingFunction, isFunctionNode } from '../syntax/typescript/nodes';
import type { TextEdit } from '../text/textEdit';
import { findProperty } from './objectLiteral';
import { addParameter } from './optionalParameter';
import type { QueryArguments } from './queryArguments';
import { areReturned, isOnlyList } from './returnedRows';

/** The options that read the page behind the row that a cursor names, and where the cursor comes from. */
export interface CursorPage {
  readonly options: readonly string[];
  /** The name of the parameter that is added for the cursor; absent where the function has one. */
  readonly addedParameter?: string;
  /** The edits outside the query's arguments. */
  readonly edits: readonly TextEdit[];
}

const CURSOR = /^(cursor|after|after_?id|last_?id|start_?after)$/i;
const TYPES: Readonly<Record<string, string>> = { String: 'string', Int: 'number', BigInt: 'bigint' };

/**
 * Returns how to page a query by the primary key; undefined where the key has several fields, where the
 * order can't be seen, or where no cursor can come in.
 */
export function cursorPage({ call, object }: QueryArguments, model: Model, shape: QueryShape): CursorPage | undefined {
  const [key, ...more] = primaryKey(model);
  const type = key === undefined ? undefined : TYPES[model.fields.get(key)?.fact.type ?? ''];
  if (key === undefined || more.length > 0 || type === undefined) return undefined;
  if (shape.options.has('skip') || shape.options.has('cursor')) return undefined;
  const order = shape.options.has('orderBy') ? object && orderEndingWith(key, object, model) : [];
  const given = givenCursor(call, type);
  if (!order || given === 'other') return undefined;
  if (given) return { options: optionsFor(key, given), edits: order };
  const edit = areReturned(call) && isOnlyList(call) ? addParameter(call, 'cursor', type) : undefined;
  if (!edit) return undefined;
  const options = optionsFor(key, { name: 'cursor', absent: 'undefined' });
  return { options, edits: [edit, ...order], addedParameter: 'cursor' };
}

/**
 * Returns the edits that make the order end with the key, so that no two rows are equal in it; undefined
 * where the order is not written out here, or goes by a column that may be NULL: no cursor gets past that.
 */
function orderEndingWith(key: string, object: ts.ObjectLiteralExpression, model: Model): TextEdit[] | undefined {
  const property = findProperty(object, 'orderBy');
  const order = property && ts.isPropertyAssignment(property) ? property.initializer : undefined;
  const steps = order && ts.isArrayLiteralExpression(order) ? [...order.elements] : order ? [order] : [];
  const last = steps.at(-1);
  if (!order || !last || !steps.every((one) => isByColumn(one, model))) return undefined;
  if (ts.isObjectLiteralExpression(last) && findProperty(last, key)) return [];
  const direction = /(['"])(?:asc|desc)\1/.exec(last.getText())?.[0];
  const step = `{ ${key}: ${direction} }`;
  if (!ts.isArrayLiteralExpression(order)) return [insert(order.getStart(), '['), insert(order.end, `, ${step}]`)];
  const { text } = object.getSourceFile();
  const lineBreak = /\r?\n[ \t]*$/.exec(text.slice(order.getStart(), last.getStart()))?.[0];
  return [insert(last.end, `,${lineBreak ?? ' '}${step}`)];
}

/** `{ createdAt: 'desc' }`, where the column is there in every row. */
function isByColumn(step: ts.Expression, model: Model): boolean {
  const column = /^\{\s*(\w+):\s*(['"])(?:asc|desc)\2,?\s*\}$/.exec(step.getText())?.[1];
  const field = column === undefined ? undefined : model.fields.get(column);
  return field !== undefined && field.kind !== 'relation' && !field.fact.optional;
}

function insert(at: number, newText: string): TextEdit {
  return { range: { start: at, end: at }, newText };
}

interface Cursor {
  readonly name: string;
  /** What it is where there is none; absent where there always is one. */
  readonly absent?: 'undefined' | 'null';
}

function optionsFor(key: string, { name, absent }: Cursor): string[] {
  const cursor = `cursor: ${name === key ? `{ ${key} }` : `{ ${key}: ${name} }`}`;
  if (absent === undefined) return [cursor, 'skip: 1'];
  const none = absent === 'null' ? `${name} == null` : `${name} === undefined`;
  return [`...(${none} ? {} : { ${cursor}, skip: 1 })`];
}

/** The cursor among the parameters around the call; `other` for one that is not known to be of the key's type. */
function givenCursor(call: ts.Node, type: string): Cursor | 'other' | undefined {
  for (let fn = enclosingFunction(call); isFunctionNode(fn); fn = enclosingFunction(fn)) {
    for (const parameter of fn.parameters) {
      const found = cursorOf(parameter, type);
      if (found) return found;
    }
  }
  return undefined;
}

function cursorOf(
  { name, type: declared, questionToken }: ts.ParameterDeclaration,
  type: string,
): Cursor | 'other' | undefined {
  if (ts.isIdentifier(name))
    return CURSOR.test(name.text) ? typed(name.text, declared, !!questionToken, type) : undefined;
  const element = ts.isObjectBindingPattern(name)
    ? name.elements.find((one) => ts.isIdentifier(one.name) && CURSOR.test(one.name.text))
    : undefined;
  if (!element || !ts.isIdentifier(element.name)) return undefined;
  const key = element.name.text;
  const members = declared && ts.isTypeLiteralNode(declared) ? declared.members : [];
  const member = members.find((one) => one.name && ts.isIdentifier(one.name) && one.name.text === key);
  if (element.propertyName || element.initializer || !member || !ts.isPropertySignature(member)) return 'other';
  return typed(key, member.type, !!member.questionToken, type);
}

function typed(name: string, declared: ts.TypeNode | undefined, optional: boolean, type: string): Cursor | 'other' {
  if (!declared) return 'other';
  const parts = (ts.isUnionTypeNode(declared) ? declared.types : [declared]).map((part) => part.getText());
  const given = parts.filter((part) => part !== 'undefined' && part !== 'null');
  if (given.length !== 1 || given[0] !== type) return 'other';
  if (parts.includes('null')) return { name, absent: 'null' };
  return optional || parts.includes('undefined') ? { name, absent: 'undefined' } : { name };
}
