import ts from 'typescript';
import type { ColumnsRead } from '../model/queries/columnsRead';
import type { Query } from '../model/queries/query';
import { unreadIncludes } from '../model/queries/unreadIncludes';
import { primaryKey } from '../model/schemas/indexCoverage';
import type { Fix } from '../rules/rule';
import { outerParent, unwrap } from '../syntax/typescript/nodes';
import type { TextEdit } from '../text/textEdit';
import { findProperty } from './objectLiteral';
import { findQueryArguments, type QueryArguments } from './queryArguments';
import { includeToSelect, selectProperty } from './selectText';
import type { Sources } from './sources';
import { enumeration } from './words';

/**
 * Lets a find select the columns that the code reads, and the relations that it includes. Not offered where its
 * arguments are written elsewhere, where a relation is to be left out first, and where Prisma would no longer
 * send it together with another query.
 */
export function selectFields(query: Query, { read }: ColumnsRead, sources: Sources): Fix | undefined {
  const found = findQueryArguments(sources, query);
  if (!found || !query.model || found.call.arguments.length > 1 || found.call.typeArguments) return undefined;
  if (!isWrittenInCall(found) || unreadIncludes(query).length > 0 || isBatchedWithOthers(found.call)) return undefined;
  const names = read.map(({ name }) => name);
  const include = found.object && findProperty(found.object, 'include');
  const columns = names.length > 0 || include ? names : primaryKey(query.model).slice(0, 1);
  const edits = include ? includeToSelect(include, columns) : added(found, columns);
  if (!edits) return undefined;
  const title = columns.length === 0 ? 'Select the relations alone' : `Select only ${listed(columns)}`;
  return { title, kind: 'safe', edits: [{ file: query.file, edits }] };
}

function listed(columns: readonly string[]): string {
  return enumeration(columns.map((name) => `\`${name}\``));
}

/** All of the options, so that none of them can be another `select` or `include`. */
function isWrittenInCall({ call, object }: QueryArguments): boolean {
  const [argument] = call.arguments;
  if (!argument) return true;
  return unwrap(argument) === object && !object.properties.some(ts.isSpreadAssignment);
}

function added({ call, object, add }: QueryArguments, columns: readonly string[]): TextEdit[] | undefined {
  return columns.length === 0 ? undefined : add([selectProperty(call, object, columns)]);
}

/**
 * Prisma sends `findUnique`s of one model together if they are asked for at once and select the same:
 * `Promise.all([prisma.user.findUnique(…), prisma.user.findUnique(…)])`.
 */
function isBatchedWithOthers(call: ts.CallExpression): boolean {
  const list = outerParent(call);
  if (!ts.isArrayLiteralExpression(list)) return false;
  const callee = (node: ts.Expression) => {
    const element = unwrap(node);
    return ts.isCallExpression(element) ? element.expression.getText() : undefined;
  };
  const own = call.expression.getText();
  return own.includes('findUnique') && list.elements.filter((element) => callee(element) === own).length > 1;
}
