import { indexesForeignKeysItself } from '../model/schemas/foreignKeys';
import { coversEquality, isUniqueField } from '../model/schemas/indexCoverage';
import type { MissingRelation } from '../model/schemas/missingRelations';
import type { Field, Model, Schema } from '../model/schemas/schema';
import type { Fix } from '../rules/rule';
import type { FileEdit } from '../text/textEdit';
import { addField, type FieldPlace } from './addRelationField';
import { relationNames } from './addRelationNames';
import { leadingIndexFix } from './indexFix';
import type { Sources } from './sources';

/**
 * Returns the fix that adds the relation, its other side, and the index that it needs. Undefined where a name
 * is taken or a block is unfinished.
 */
export function addRelationFix(sources: Sources, schema: Schema, missing: MissingRelation): Fix | undefined {
  const { model, field, target, key } = missing;
  const isUnique = isUniqueField(model, field.name);
  const names = relationNames(schema, missing, isUnique);
  const text = sources.text(model.file);
  const targetText = sources.text(target.file);
  const backPlace = placeOfBackRelation(target);
  if (!names || text === undefined || targetText === undefined || !backPlace) return undefined;

  const name = names.relation === undefined ? '' : `"${names.relation}"`;
  const args = [name, `fields: [${field.name}]`, `references: [${key}]`].filter((part) => part !== '').join(', ');
  const type = target.name + (field.fact.optional ? '?' : '');
  const own = addField(
    text,
    model,
    { name: names.field, type, rest: `@relation(${args})` },
    placeOfRelation(text, schema, missing),
  );
  const backType = model.name + (isUnique ? '?' : '[]');
  const back = addField(
    targetText,
    target,
    { name: names.back, type: backType, rest: name && `@relation(${name})` },
    backPlace,
  );
  const needsIndex = !coversEquality(model, [field.name]) && !indexesForeignKeysItself(schema);
  const index = needsIndex ? leadingIndexFix(sources, model, [field.name]) : undefined;
  if (!own || !back || (needsIndex && !index)) return undefined;
  return {
    title: title(schema, missing, names.field, needsIndex),
    kind: 'suggestion',
    edits: merged([{ file: model.file, edits: own }, { file: target.file, edits: back }, ...(index?.edits ?? [])]),
  };
}

/** Says what deleting the other row does from then on: Prisma's default for the field. */
function title(schema: Schema, { model, field, target }: MissingRelation, name: string, withIndex: boolean): string {
  const what = `Add the relation ${name}${withIndex ? ` and @@index([${field.name}])` : ''} to ${model.name}`;
  const migration = withIndex || schema.relationMode === 'foreignKeys' ? 'needs a migration; ' : '';
  const onDelete = field.fact.optional
    ? `deleting a row of ${target.name} then empties ${field.name}`
    : `a row of ${target.name} that is referred to can then not be deleted`;
  return `${what} (${migration}${onDelete})`;
}

/** Beside its scalar, on the side where the schema's other relations stand, or after the last of them. */
function placeOfRelation(text: string, schema: Schema, { model, field }: MissingRelation): FieldPlace {
  const side = usualSide(model) ?? usualSide(...schema.models.values()) ?? 'before';
  if (side === 'apart') {
    const fields = [...model.fields.values()];
    const last = fields.findLast(({ relation }) => relation) ?? fields.at(-1);
    return { beside: (last ?? field).fact, side: 'after' };
  }
  const hasCommentAbove = /\/\/[^\n]*\n[ \t]*$/.test(text.slice(0, field.fact.range.start));
  return { beside: field.fact, side: hasCommentAbove ? 'after' : side };
}

type Side = FieldPlace['side'] | 'apart';

function usualSide(...models: readonly Model[]): Side | undefined {
  const counts: Record<Side, number> = { before: 0, after: 0, apart: 0 };
  for (const model of models) {
    const order = [...model.fields.keys()];
    for (const { name, relation } of model.fields.values()) {
      const [scalar] = relation?.fields ?? [];
      if (scalar === undefined) continue;
      const distance = order.indexOf(name) - order.indexOf(scalar);
      counts[distance === -1 ? 'before' : distance === 1 ? 'after' : 'apart']++;
    }
  }
  const most = Math.max(counts.before, counts.after, counts.apart);
  if (most === 0) return undefined;
  return counts.before === most ? 'before' : counts.after === most ? 'after' : 'apart';
}

function placeOfBackRelation(target: Model): FieldPlace | undefined {
  const fields = [...target.fields.values()];
  const isBack = ({ relation }: Field) => relation?.fields.length === 0;
  const last = fields.findLast(isBack) ?? fields.at(-1);
  return last && { beside: last.fact, side: 'after' };
}

/** One entry a file; of edits at one place the first comes first. */
function merged(edits: readonly FileEdit[]): FileEdit[] {
  const byFile = new Map<string, FileEdit>();
  for (const { file, edits: more } of edits) {
    byFile.set(file, { file, edits: [...(byFile.get(file)?.edits ?? []), ...more] });
  }
  return [...byFile.values()];
}
