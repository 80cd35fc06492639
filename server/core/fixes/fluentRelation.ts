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
  const rows = toOne ? [] : rowsEdits(site);
  if (!rows) return undefined;
  const condition = withoutCondition(site);
  const read = { range: rangeOf(callee), newText: readThroughParent(site, condition) };
  const missing = toOne || rows.length > 0 ? '' : ` (null where the ${parent.name} is gone)`;
  return {
    title: `Read \`${relation}\` through \`${parent.accessor}.findUnique\`, one query for all parents${missing}`,
    kind: 'suggestion',
    edits: [{ file: site.file, edits: [read, condition, ...rows] }],
  };
}

/** `prisma.user.findUnique({ where: { id: user.id } }).posts`, as a chain of lines where one would get too long. */
function readThroughParent({ text, client, parent, key, relation, callee, call }: RelationSite, condition: TextEdit) {
  const style = readCodeStyle(text);
  const links = [`${client.getText()}.${parent.accessor}`, `.findUnique({ where: { ${key} } })`, `.${relation}`];
  const oneLine = links.join('');
  const start = text.lastIndexOf('\n', call.getStart()) + 1;
  const end = text.indexOf('\n', call.getStart());
  const line = text.slice(start, end < 0 ? text.length : end);
  const removed = condition.range.end - condition.range.start;
  const length = line.length + oneLine.length - callee.getText().length - removed;
  if (call.end > start + line.length || length <= style.lineWidth) return oneLine;
  return links.join(`${style.newline}${indentAt(text, start)}${style.indent}`);
}

/** A relation to one row takes no conditions or order of its own. */
function asksForOneRow({ argument, where }: RelationSite): boolean {
  const options = argument.properties.map(({ name }) => name?.getText() ?? '...');
  return where.properties.length === 1 && options.every((name) => /^(where|select|include|omit|\.\.\.)$/.test(name));
}

/**
 * The edits that make `(await read) ?? []` of rows that the resolver uses itself: a missing parent has no
 * children. None where it gives back what it read. Undefined where there is no telling.
 */
function rowsEdits({ call }: RelationSite): TextEdit[] | undefined {
  const awaited = call.parent;
  if (ts.isReturnStatement(awaited) || ts.isArrowFunction(awaited)) return [];
  if (!ts.isAwaitExpression(awaited)) return undefined;
  const { parent } = awaited;
  if (ts.isReturnStatement(parent) || ts.isArrowFunction(parent)) return [];
  if (ts.isBinaryExpression(parent)) return undefined;
  return [
    { range: { start: awaited.getStart(), end: awaited.getStart() }, newText: '(' },
    { range: { start: awaited.end, end: awaited.end }, newText: ') ?? []' },
  ];
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
