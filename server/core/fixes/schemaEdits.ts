import { listItems, mappedName, namedArgument, positionalArgument } from '../model/schemas/attributes';
import type { Index, Model } from '../model/schemas/schema';
import type { AttributeFact, SchemaValue } from '../syntax/prisma/facts';
import { insertion, lineEnd, lineStart } from '../text/lines';
import type { TextEdit } from '../text/textEdit';
import { TRIGRAMS } from './indexStatements';

const INDEX_LIKE: ReadonlySet<string> = new Set(['id', 'unique', 'index', 'fulltext']);

/**
 * Returns the edit that adds `@@index([fields])` to a model, in the model's own style and beside its
 * other attributes; `text` is the text of the model's file. Undefined where the block is unfinished.
 */
export function addIndex(text: string, model: Model, fields: readonly string[]): TextEdit | undefined {
  const argument = indexArgument(model.fact.attributes, fields);
  return addAttribute(text, model, `@@index(${argument}${nameArgument(model, fields, 'btree')})`);
}

/**
 * Returns the edit that adds an index of the trigrams of some columns to a model, as {@link addIndex} adds
 * an ordinary one. Undefined where the block is unfinished.
 */
export function addTrigramIndex(text: string, model: Model, fields: readonly string[]): TextEdit | undefined {
  return addAttribute(text, model, trigramIndex(fields, nameArgument(model, fields, 'trgm')));
}

/** `@@index([name(ops: raw("gin_trgm_ops"))], type: Gin)`; `name` is one more argument, with its comma. */
export function trigramIndex(fields: readonly string[], name = ''): string {
  return `@@index([${fields.map((field) => `${field}(ops: raw("${TRIGRAMS}"))`).join(', ')}], type: Gin${name})`;
}

/** Returns the edit that puts a block attribute beside those that are there. */
function addAttribute(text: string, model: Model, written: string): TextEdit | undefined {
  const { attributes, range } = model.fact;
  if (text.charAt(range.end - 1) !== '}') return undefined;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const anchor = attributes.findLast(({ name }) => name === 'index') ?? attributes.findLast(isIndexLike);
  if (anchor) return insertion(endOfItsLine(text, anchor), `${eol}${indentOf(text, anchor)}${written}`);
  const [first] = attributes;
  if (first) {
    const line = lineStart(text, first.range.start);
    const stands = text.slice(line, first.range.start).trim() === '' && !isComment(lineAbove(text, line));
    if (stands) return insertion(line, `${indentOf(text, first)}${written}${eol}`);
  }
  const last = attributes.at(-1) ?? model.fact.fields.at(-1);
  if (!last) return undefined;
  const gap = attributes.length > 0 ? eol : eol + eol;
  const end = text.slice(0, range.end - 1).trimEnd().length;
  return insertion(end, `${gap}${indentOf(text, last)}${written}`);
}

/**
 * Returns the edit that gives an index of the schema more columns at its end: `@@index([a])` becomes
 * `@@index([a, b])`. Undefined where its columns can't be found.
 */
export function extendIndex(model: Model, index: Index, more: readonly string[]): TextEdit | undefined {
  const attribute = model.fact.attributes.find(({ range }) => range === index.attribute);
  const columns = attribute && columnsOf(attribute);
  const last = listItems(columns).at(-1);
  if (!columns || !last) return undefined;
  if (columns.kind === 'list') return insertion(last.range.end, `, ${more.join(', ')}`);
  return {
    range: columns.range,
    newText: `[${[columns.kind === 'name' ? columns.value : '', ...more].join(', ')}]`,
  };
}

/**
 * Returns the edit that removes a block attribute: its line (and a comment behind it), also the blank
 * line above where nothing is left to set apart. Undefined where the text is not the one it was read from.
 */
export function removeAttribute(text: string, index: Index): TextEdit | undefined {
  const range = index.attribute;
  if (!range || !text.startsWith('@@', range.start)) return undefined;
  const start = lineStart(text, range.start);
  const end = lineEnd(text, range.end);
  const isAlone = text.slice(start, range.start).trim() === '' && isBlankOrComment(text.slice(range.end, end));
  if (!isAlone) return { range, newText: '' };
  const next = Math.min(end + 1, text.length);
  const nextLine = text.slice(next, lineEnd(text, next)).trim();
  const aboveIsBlank = start > 0 && lineAbove(text, start).trim() === '';
  const from = aboveIsBlank && (nextLine === '' || nextLine === '}') ? lineStart(text, start - 1) : start;
  return { range: { start: from, end: next }, newText: '' };
}

/** The argument in the model's style: `[a]`, `a` where single columns stand without brackets, `fields: [a]`. */
function indexArgument(attributes: readonly AttributeFact[], fields: readonly string[]): string {
  const own = attributes.filter(({ name }) => name === 'index');
  const singles = own.map(columnsOf).filter((columns) => listItems(columns).length === 1);
  if (fields.length === 1 && singles.length > 0 && singles.every((columns) => columns?.kind === 'name')) {
    return fields.join();
  }
  const named = own.length > 0 && own.every(({ arguments: args }) => namedArgument(args, 'fields'));
  return `${named ? 'fields: ' : ''}[${fields.join(', ')}]`;
}

/** A name of its own where an index of another kind on the same columns has the name that Prisma would give. */
function nameArgument(model: Model, fields: readonly string[], kind: 'btree' | 'trgm'): string {
  const columns = fields.join();
  const isTaken = model.indexes.some(
    ({ kind, attribute, fields: own }) =>
      kind === 'index' && attribute && own.map(({ name }) => name).join() === columns,
  );
  return isTaken ? `, map: "${[mappedName(model.fact.attributes, model.name), ...fields].join('_')}_${kind}_idx"` : '';
}

function columnsOf(attribute: AttributeFact): SchemaValue | undefined {
  return namedArgument(attribute.arguments, 'fields') ?? positionalArgument(attribute.arguments);
}

function isIndexLike(attribute: AttributeFact): boolean {
  return INDEX_LIKE.has(attribute.name);
}

function lineAbove(text: string, start: number): string {
  return start === 0 ? '' : text.slice(lineStart(text, start - 1), start);
}

/** Behind a trailing comment; right behind the attribute where something else follows. */
function endOfItsLine(text: string, { range }: AttributeFact): number {
  const rest = text.slice(range.end, lineEnd(text, range.end));
  return isBlankOrComment(rest) ? range.end + rest.trimEnd().length : range.end;
}

function indentOf(text: string, { range }: Pick<AttributeFact, 'range'>): string {
  return /^[ \t]*/.exec(text.slice(lineStart(text, range.start), range.start))?.[0] ?? '';
}

function isBlankOrComment(text: string): boolean {
  return /^\s*(?:\/\/.*)?$/.test(text.trimEnd());
}

function isComment(line: string): boolean {
  return /^\s*(?:\/\/|\/\*|\*)/.test(line);
}
