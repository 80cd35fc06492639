import ts from 'typescript';
import type { Query } from '../model/queries/query';
import type { FieldResolver } from '../model/resolvers/fieldResolvers';
import type { Fix } from '../rules/rule';
import { rangeOf } from '../syntax/typescript/nodes';
import { applyEdits, type TextEdit } from '../text/textEdit';
import { indentAt, readCodeStyle } from './codeStyle';
import { openRelationSite, type RelationSite } from './relationOfParent';
import { removeProperty } from './removeProperty';
import type { Sources } from './sources';
import { isReserved } from './words';

/** Reads what a relation of a resolver's parent leads to through `findUnique` of the parent, which Prisma gathers. */
export function fluentRelation(resolver: FieldResolver, query: Query, sources: Sources): Fix | undefined {
  const site = /^find(Many|First)$/.test(query.operation) ? openRelationSite(resolver, query, sources) : undefined;
  if (!site || !spreadsOnlyQuery(site, resolver)) return undefined;
  const toOne = query.operation === 'findFirst';
  if (toOne && !asksForOneRow(site)) return undefined;
  const { parent, relation } = site;
  const read = toOne ? rangeAndText(site, site.call, '', '') : readOfRows(site);
  if (!read) return undefined;
  return {
    title: `Read \`${relation}\` through \`${parent.accessor}.findUnique\`, one query for all parents`,
    kind: 'suggestion',
    edits: [{ file: site.file, edits: [read] }],
  };
}

/** The read of many rows: of a missing parent there are none, as before. Undefined where there is no telling. */
function readOfRows(site: RelationSite): TextEdit | undefined {
  const { call, relation, tables } = site;
  const { parent } = call;
  if (ts.isAwaitExpression(parent)) {
    return ts.isBinaryExpression(parent.parent) ? undefined : rangeAndText(site, parent, '(await ', ') ?? []');
  }
  if (!ts.isReturnStatement(parent) && !ts.isArrowFunction(parent)) return undefined;
  const name = isReserved(relation) || tables.scopes.lookup(relation, call) ? 'found' : relation;
  return rangeAndText(site, call, '', '', `.then((${name}) => ${name} ?? [])`);
}

/**
 * `prisma.user.findUnique({ where: { id: user.id } }).posts({ … })` in the place of a node, between two texts: on
 * one line, or as a chain of lines where that gets too long or the last link would hang on many lines.
 */
function rangeAndText(site: RelationSite, place: ts.Node, before: string, after: string, last = ''): TextEdit {
  const { text, client, parent, key, relation, call } = site;
  const style = readCodeStyle(text);
  const argument = argumentWithoutCondition(site);
  const links = [`${client.getText()}.${parent.accessor}`, `.findUnique({ where: { ${key} } })`];
  const lineStart = text.lastIndexOf('\n', place.getStart()) + 1;
  const lineEnd = text.indexOf('\n', place.end);
  const rest = text.slice(place.end, lineEnd < 0 ? text.length : lineEnd);
  const oneLine = `${before}${links.join('')}.${relation}(${argument})${last}${after}`;
  const [firstLine = ''] = oneLine.split('\n');
  const isLong =
    place.getStart() - lineStart + firstLine.length + (argument.includes('\n') ? 0 : rest.length) > style.lineWidth;
  const isChain = isLong || (argument.includes('\n') && last !== '' && !argument.includes('`'));
  if (!isChain) return { range: rangeOf(place), newText: oneLine };
  const line = `${style.newline}${indentAt(text, call.getStart())}${style.indent}`;
  const deeper = argument.replaceAll(/\n(?=[ \t]*\S)/g, `\n${style.indent}`);
  const chain = [...links, `.${relation}(${deeper})`, ...(last === '' ? [] : [last])].join(line);
  return { range: rangeOf(place), newText: `${before}${chain}${after}` };
}

/** A relation to one row takes no conditions or order of its own. */
function asksForOneRow({ argument, where }: RelationSite): boolean {
  const options = argument.properties.map(({ name }) => name?.getText() ?? '...');
  return where.properties.length === 1 && options.every((name) => /^(where|select|include|omit|\.\.\.)$/.test(name));
}

/** `...query`, which Pothos gives to a `prismaField`, says only what to select. */
function spreadsOnlyQuery({ argument, tables }: RelationSite, { parent }: FieldResolver): boolean {
  return argument.properties.filter(ts.isSpreadAssignment).every(({ expression }) => {
    if (parent !== 1 || !ts.isIdentifier(expression)) return false;
    const declaration = tables.scopes.lookup(expression.text, expression)?.declaration;
    return declaration !== undefined && ts.isParameter(declaration) && declaration.parent.parameters[0] === declaration;
  });
}

/** What the read is given without the condition; without the `where` if it was its only one; nothing if that was all. */
function argumentWithoutCondition({ argument, where, condition, text }: RelationSite): string {
  const { start, end } = rangeOf(argument);
  if (where.properties.length === 1 && argument.properties.length === 1) return '';
  const isOnly = where.properties.length === 1 && ts.isPropertyAssignment(where.parent);
  const { range, newText } = removeProperty(isOnly ? where.parent : condition);
  return applyEdits(text.slice(start, end), [
    { range: { start: range.start - start, end: range.end - start }, newText },
  ]);
}
