import type { TextSearch } from '../model/queries/textSearches';
import type { Model, Schema } from '../model/schemas/schema';
import type { Fix } from '../rules/rule';
import type { TextEdit } from '../text/textEdit';
import { withMigration } from './migrationFile';
import { addTrigramIndex, trigramIndex } from './schemaEdits';
import type { Sources } from './sources';

/**
 * Returns the fixes that index the trigrams of columns that are searched, one index for each model: in the
 * schema, and there with its migrations. None where a model's block is unfinished, or where the schema lists
 * the extensions of its database and `pg_trgm` is not among them.
 */
export function textIndexFix(sources: Sources, schema: Schema, searches: readonly TextSearch[]): Fix[] {
  if (schema.extensions && !schema.extensions.includes('pg_trgm')) return [];
  const columns = columnsByModel(searches);
  const edits = new Map<string, TextEdit[]>();
  for (const [model, fields] of columns) {
    const text = sources.text(model.file);
    const edit = text === undefined ? undefined : addTrigramIndex(text, model, fields);
    if (!edit) return [];
    edits.set(model.file, [...(edits.get(model.file) ?? []), edit]);
  }
  const added = [...columns].map(([model, fields]) => `${trigramIndex(fields)} to ${model.name}`);
  const fix: Fix = {
    title: `Add ${added.join(' and ')} (needs pg_trgm and a migration)`,
    kind: 'suggestion',
    edits: [...edits].map(([file, own]) => ({ file, edits: own })),
  };
  return withMigration(fix, schema, sources);
}

function columnsByModel(searches: readonly TextSearch[]): Map<Model, string[]> {
  const columns = new Map<Model, string[]>();
  for (const { model, field } of searches) {
    const own = columns.get(model) ?? [];
    if (!own.includes(field.name)) columns.set(model, [...own, field.name]);
  }
  return columns;
}
