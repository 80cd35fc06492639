import ts from 'typescript';
import type { Query } from '../model/queries/query';
import type { UnreadInclude } from '../model/queries/unreadIncludes';
import type { Fix } from '../rules/rule';
import { propertyName, rangeOf } from '../syntax/typescript/nodes';
import type { TextEdit } from '../text/textEdit';
import { holdsComment } from './movedText';
import { nodeAt, type OpenFile, openFile } from './nodeAt';
import type { Sources } from './sources';
import { enumeration } from './words';

/**
 * Leaves the relations that nobody reads out of a query, and the whole `include` with its last one. Not offered
 * where the rows are given to a type that may name them.
 */
export function removeIncludes(query: Query, unread: readonly UnreadInclude[], sources: Sources): Fix | undefined {
  const open = openFile(query.file, sources);
  const call = open && nodeAt(open.tables.file, query.call.range, ts.isCallExpression);
  const properties = unread.map(({ place }) => open && propertyNamedAt(open.tables.file, place.start));
  if (!open || !call || !areAll(properties)) return undefined;
  const types = query.call.rows?.types ?? [];
  if (!types.every((type) => isPlainModel(type, query, call, open))) return undefined;
  if (properties.some(isExplained)) return undefined;
  const edits = editsWithout(properties);
  const names = [...new Set(unread.map(({ relation }) => `\`${relation}\``))];
  return {
    title: `Leave ${enumeration(names)} out of the query`,
    kind: 'safe',
    edits: [{ file: query.file, edits }],
  };
}

function areAll<Item>(items: readonly (Item | undefined)[]): items is readonly Item[] {
  return items.every((item) => item !== undefined);
}

function propertyNamedAt(tree: ts.SourceFile, start: number): ts.PropertyAssignment | undefined {
  let found: ts.PropertyAssignment | undefined;
  const visit = (node: ts.Node): void => {
    if (start < node.pos || start >= node.end) return;
    if (ts.isPropertyAssignment(node) && node.name.getStart() === start) found = node;
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

/** True where a comment beside it says something about it. */
function isExplained(property: ts.Node): boolean {
  const { text } = property.getSourceFile();
  const end = /^\s*,/.exec(text.slice(property.end, property.end + 200))?.[0].length ?? 0;
  return (
    holdsComment(text, { start: property.pos, end: property.getStart() }) ||
    ts.getTrailingCommentRanges(text, property.end + end) !== undefined
  );
}

/** `User` of the generated client has columns only; any other type may ask for the relation. */
function isPlainModel(type: string, { model }: Query, call: ts.Node, { tables }: OpenFile): boolean {
  const [name] = /^\w+/.exec(type) ?? [];
  if (type !== name || name !== model?.name) return false;
  const declared = tables.scopes.lookup(name, call)?.declaration;
  const statement = declared && ts.findAncestor(declared, ts.isImportDeclaration);
  return statement !== undefined && /prisma/i.test(statement.moduleSpecifier.getText());
}

/** The edits that take properties out of their object; where none is left, what would be empty goes too. */
function editsWithout(unread: readonly ts.PropertyAssignment[]): TextEdit[] {
  const objects = new Set(unread.map(({ parent }) => parent));
  return [...objects].flatMap((object) => {
    const isUnread = (property: ts.ObjectLiteralElementLike) => unread.some((one) => one === property);
    if (!object.properties.every(isUnread)) return runsOf(object.properties, isUnread).map(withoutRun);
    const { parent } = object;
    if (!ts.isPropertyAssignment(parent)) return [{ range: rangeOf(object), newText: '' }];
    return propertyName(parent.name) === 'include'
      ? editsWithout([parent])
      : [{ range: rangeOf(object), newText: 'true' }];
  });
}

/** Neighbours that go, with the one behind them that stays. */
interface Run {
  readonly before?: ts.Node;
  readonly first: ts.Node;
  readonly last: ts.Node;
  readonly behind?: ts.Node;
}

function runsOf(
  all: readonly ts.ObjectLiteralElementLike[],
  goes: (one: ts.ObjectLiteralElementLike) => boolean,
): Run[] {
  return all.flatMap((first, index): Run[] => {
    const before = all[index - 1];
    if (!goes(first) || (before && goes(before))) return [];
    const rest = all.slice(index);
    const behind = rest.find((one) => !goes(one));
    const last = (behind ? rest[rest.indexOf(behind) - 1] : rest.at(-1)) ?? first;
    return [{ first, last, ...(before ? { before } : {}), ...(behind ? { behind } : {}) }];
  });
}

/** At the end of the object, a trailing comma is then that of the property before. */
function withoutRun({ before, first, last, behind }: Run): TextEdit {
  const start = behind || !before ? first.getStart() : before.end;
  return { range: { start, end: behind ? behind.getStart() : last.end }, newText: '' };
}
