import ts from 'typescript';
import type { Query } from '../model/queries/query';
import type { FieldResolver } from '../model/resolvers/fieldResolvers';
import type { Fix } from '../rules/rule';
import { rangeOf } from '../syntax/typescript/nodes';
import type { TextEdit } from '../text/textEdit';
import { indentAt, readCodeStyle } from './codeStyle';
import { openRelationSite, type RelationSite } from './relationOfParent';
import { removeProperty } from './removeProperty';
import type { Sources } from './sources';

/** Reads what a relation of a resolver's parent leads to through `findUnique` of the parent, which Prisma gathers. */
export function fluentRelation(resolver: FieldResolver, query: Query, sources: Sources): Fix | undefined {
  const site = /^find(Many|First)$/.test(query.operation) ? openRelationSite(resolver, query, sources) : undefined;
  if (!site || !spreadsOnlyQuery(site, resolver)) return undefined;
  const toOne = query.operation === 'findFirst';
  if (toOne && !asksForOneRow(site)) return undefined;
  const { parent, relation, callee } = site;
  const condition = withoutCondition(site);
  const isChain = isTooLong(site, condition, toOne ? 0 : `.then((${relation}) => ${relation} ?? [])`.length);
  const rows = toOne ? [] : rowsEdits(site, isChain);
  if (!rows) return undefined;
  const read = { range: rangeOf(callee), newText: readThroughParent(site, isChain) };
  return {
    title: `Read \`${relation}\` through \`${parent.accessor}.findUnique\`, one query for all parents`,
    kind: 'suggestion',
    edits: [{ file: site.file, edits: [read, condition, ...rows] }],
  };
}

/** `prisma.user.findUnique({ where: { id: user.id } }).posts`, or as a chain of lines. */
function readThroughParent(site: RelationSite, isChain: boolean): string {
  return linksOf(site).join(isChain ? linkBreak(site.text, site.call) : '');
}

function linksOf({ client, parent, key, relation }: RelationSite): string[] {
  return [`${client.getText()}.${parent.accessor}`, `.findUnique({ where: { ${key} } })`, `.${relation}`];
}

/** What stands between two links of a chain of lines. */
function linkBreak(text: string, call: ts.Node): string {
  const style = readCodeStyle(text);
  const start = text.lastIndexOf('\n', call.getStart()) + 1;
  return `${style.newline}${indentAt(text, start)}${style.indent}`;
}

/** True if the read stands on one line, which would get too long; `more` is added at its end. */
function isTooLong(site: RelationSite, condition: TextEdit, more: number): boolean {
  const { text, call, callee } = site;
  const start = text.lastIndexOf('\n', call.getStart()) + 1;
  const end = text.indexOf('\n', call.getStart());
  const line = text.slice(start, end < 0 ? text.length : end);
  const removed = condition.range.end - condition.range.start;
  const length = line.length + linksOf(site).join('').length - callee.getText().length - removed + more;
  return call.end <= start + line.length && length > readCodeStyle(text).lineWidth;
}

/** A relation to one row takes no conditions or order of its own. */
function asksForOneRow({ argument, where }: RelationSite): boolean {
  const options = argument.properties.map(({ name }) => name?.getText() ?? '...');
  return where.properties.length === 1 && options.every((name) => /^(where|select|include|omit|\.\.\.)$/.test(name));
}

/** The edits by which a missing parent has no children, as before. Undefined where there is no telling. */
function rowsEdits({ call, relation, text }: RelationSite, isChain: boolean): TextEdit[] | undefined {
  const { parent } = call;
  if (ts.isAwaitExpression(parent)) {
    if (ts.isBinaryExpression(parent.parent)) return undefined;
    return [insert(parent.getStart(), '('), insert(parent.end, ') ?? []')];
  }
  if (!ts.isReturnStatement(parent) && !ts.isArrowFunction(parent)) return undefined;
  const line = isChain ? linkBreak(text, call) : '';
  return [insert(call.end, `${line}.then((${relation}) => ${relation} ?? [])`)];
}

function insert(at: number, newText: string): TextEdit {
  return { range: { start: at, end: at }, newText };
}

/** `...query`, which Pothos gives to a `prismaField`, says only what to select. */
function spreadsOnlyQuery({ argument, tables }: RelationSite, { parent }: FieldResolver): boolean {
  return argument.properties.filter(ts.isSpreadAssignment).every(({ expression }) => {
    if (parent !== 1 || !ts.isIdentifier(expression)) return false;
    const declaration = tables.scopes.lookup(expression.text, expression)?.declaration;
    return declaration !== undefined && ts.isParameter(declaration) && declaration.parent.parameters[0] === declaration;
  });
}

/** Drops the condition; the `where` if it was its only one; the whole argument if that was all of it. */
function withoutCondition({ argument, where, condition }: RelationSite): TextEdit {
  if (where.properties.length > 1) return removeProperty(condition);
  if (argument.properties.length === 1) return { range: rangeOf(argument), newText: '' };
  return ts.isPropertyAssignment(where.parent) ? removeProperty(where.parent) : removeProperty(condition);
}
