import { type DiscouragedType, discouragedTypeOf, isKeyOfRelation } from '../model/schemas/discouragedTypes';
import type { Model } from '../model/schemas/schema';
import { isCopy } from '../model/schemas/schemaCopies';
import { isInUse } from '../model/schemas/tablesInUse';
import type { Fix } from './rule';
import { defineRule } from './rule';

interface Data {
  readonly column: string;
  readonly type: DiscouragedType;
}

/** A PostgreSQL column type that loses, pads or rounds what is stored in it, and is no faster for it. */
export const discouragedColumnType = defineRule<Data>({
  id: 'discouraged-column-type',
  title: 'Column type that PostgreSQL advises against',
  category: 'schema',
  severity: 'hint',
  fix: 'suggestion',
  runtimeOnly: true,
  check({ scope, report }) {
    for (const { schema, model } of scope.models()) {
      const isPostgres = schema.provider === 'postgresql' || schema.provider === 'cockroachdb';
      if (!isPostgres || model.kind === 'view' || isCopy(scope.project, schema)) continue;
      for (const field of model.fields.values()) {
        const type = discouragedTypeOf(field);
        if (!type || !isInUse(scope.project, schema, model)) continue;
        report({
          at: { file: model.file, range: type.range },
          data: { column: `${model.name}.${field.name}`, type },
          fixes: () => [isKeyOfRelation(schema, model, field.name) ? undefined : replaceType(model, type)],
        });
      }
    }
  },
  message: ({ column, type: { written, defect, instead } }) => `${column} is ${written}: ${defect}. ${instead}`,
});

function replaceType(model: Model, { written, replacement, range }: DiscouragedType): Fix | undefined {
  if (replacement === undefined) return undefined;
  return {
    title: `Replace ${written} by ${replacement} (needs a migration)`,
    kind: 'suggestion',
    edits: [{ file: model.file, edits: [{ range, newText: replacement }] }],
  };
}
