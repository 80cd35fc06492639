import { extendableIndex } from '../model/schemas/indexCoverage';
import type { Index, IndexField, Model } from '../model/schemas/schema';
import type { Fix } from '../rules/rule';
import { addIndex, extendIndex } from './schemaEdits';
import type { Sources } from './sources';

/** An index that a model should have. */
export interface WantedIndex {
  /** All its columns; first those of `extended`, as they stand there. */
  readonly columns: readonly Pick<IndexField, 'name' | 'sort'>[];
  /** The index of the schema that gets the columns it lacks; absent for a new one. */
  readonly extended?: Index;
}

/**
 * Returns the fix that makes an index begin with these fields, in any order: it extends one that the
 * new one would make redundant, else adds one. Undefined where the model's block is unfinished.
 */
export function leadingIndexFix(sources: Sources, model: Model, fields: readonly string[]): Fix | undefined {
  const extended = extendableIndex(model, fields);
  const own = extended?.fields ?? [];
  const more = fields.filter((name) => !own.some((field) => field.name === name));
  const columns = [...own, ...more.map((name) => ({ name, sort: 'Asc' as const }))];
  return indexFix(sources, model, { columns, ...(extended ? { extended } : {}) });
}

/** Returns the fix that adds an index to a model, or extends one. Undefined where the model's block is unfinished. */
export function indexFix(sources: Sources, model: Model, { columns, extended }: WantedIndex): Fix | undefined {
  const text = sources.text(model.file);
  if (text === undefined) return undefined;
  const written = columns.map(writtenColumn);
  const more = written.slice(extended?.fields.length ?? 0);
  const edit = extended ? extendIndex(model, extended, more) : addIndex(text, model, written);
  const title = `${indexAdvice({ columns, ...(extended ? { extended } : {}) }, model)} (needs a migration)`;
  return edit && { title, kind: 'suggestion', edits: [{ file: model.file, edits: [edit] }] };
}

/** `Add @@index([a, b]) to Order`, `Extend @@index([a]) to @@index([a, b])`. */
export function indexAdvice({ columns, extended }: WantedIndex, { name }: Pick<Model, 'name'>): string {
  const wanted = writtenIndex(columns);
  if (!extended) return `Add ${wanted} to ${name}`;
  return `Extend @@index([${extended.fields.map((field) => field.name).join(', ')}]) to ${wanted}`;
}

/** `@@index([a, b(sort: Desc)])` */
export function writtenIndex(columns: WantedIndex['columns']): string {
  return `@@index([${columns.map(writtenColumn).join(', ')}])`;
}

function writtenColumn({ name, sort }: Pick<IndexField, 'name' | 'sort'>): string {
  return sort === 'Desc' ? `${name}(sort: Desc)` : name;
}
