import { isBtree } from '../model/indexCoverage';
import type { Index, Model } from '../model/schema';
import type { Fix } from '../rules/rule';
import { addIndex, extendIndex } from './schemaEdits';
import type { Sources } from './sources';

/**
 * Returns the fix that makes an index begin with these fields, in any order: it extends one that the
 * new one would make redundant, else adds one. Undefined where the model's block is unfinished.
 */
export function leadingIndexFix(sources: Sources, model: Model, fields: readonly string[]): Fix | undefined {
  const text = sources.text(model.file);
  if (text === undefined) return undefined;
  const beginning = model.indexes.find((index) => isBeginning(index, fields));
  const own = beginning?.fields.map(({ name }) => name) ?? [];
  const more = fields.filter((name) => !own.includes(name));
  const edit = beginning ? extendIndex(model, beginning, more) : addIndex(text, model, fields);
  const columns = [...own, ...more].join(', ');
  const title = beginning
    ? `Extend @@index([${own.join(', ')}]) to @@index([${columns}]) (needs a migration)`
    : `Add @@index([${columns}]) to ${model.name} (needs a migration)`;
  return edit && { title, kind: 'suggestion', edits: [{ file: model.file, edits: [edit] }] };
}

function isBeginning(index: Index, fields: readonly string[]): boolean {
  if (index.kind !== 'index' || !index.attribute || index.partial || !isBtree(index)) return false;
  return index.fields.every(({ name, ops, length }) => fields.includes(name) && !ops && length === undefined);
}
