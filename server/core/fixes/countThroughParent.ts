import ts from 'typescript';
import type { Query } from '../model/queries/query';
import type { FieldResolver } from '../model/resolvers/fieldResolvers';
import type { Fix } from '../rules/rule';
import { indentAt, readCodeStyle } from './codeStyle';
import { openRelationSite } from './relationOfParent';
import type { Sources } from './sources';

/** Counts the children of a resolver's parent with `_count` in `findUnique` of the parent, which Prisma gathers. */
export function countThroughParent(resolver: FieldResolver, query: Query, sources: Sources): Fix | undefined {
  const site = query.operation === 'count' ? openRelationSite(resolver, query, sources) : undefined;
  if (!site || site.argument.properties.length > 1) return undefined;
  const { client, parent, key, relation, where, condition, text, call } = site;
  const others = where.properties.filter((property) => property !== condition).map((property) => property.getText());
  if (others.some((other) => /[\r\n]|\/[/*]/.test(other))) return undefined;
  const { indent, newline, trailingCommas } = readCodeStyle(text);
  const arrow = ts.isArrowFunction(call.parent) ? call.parent.equalsGreaterThanToken : undefined;
  const outer = `${newline}${indentAt(text, call.getStart())}`;
  // On the arrow's own line, the chain moves to the next; on a line of its own already, it stays.
  const moves = arrow !== undefined && !/\n/.test(text.slice(arrow.end, call.getStart()));
  const line = moves ? `${outer}${indent}` : outer;
  const counted = others.length > 0 ? `{ where: { ${others.join(', ')} } }` : 'true';
  const newText = [
    `${moves ? line : ''}${client.getText()}.${parent.accessor}`,
    `${line}${indent}.findUnique({`,
    `${line}${indent}${indent}where: { ${key} },`,
    `${line}${indent}${indent}select: { _count: { select: { ${relation}: ${counted} } } }${trailingCommas ? ',' : ''}`,
    `${line}${indent}})`,
    `${line}${indent}.then((found) => found?._count.${relation} ?? 0)`,
  ].join('');
  const range = { start: moves && arrow ? arrow.end : call.getStart(), end: call.end };
  return {
    title: `Count \`${relation}\` through \`${parent.accessor}.findUnique\`, one query for all parents`,
    kind: 'suggestion',
    edits: [{ file: site.file, edits: [{ range, newText }] }],
  };
}
