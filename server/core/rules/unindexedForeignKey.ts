import { indexFix, leadingIndexFix } from '../fixes/indexFix';
import { withMigration } from '../fixes/migrationFile';
import { indexPlanOf } from '../model/indexPlan/indexPlanOf';
import { type ForeignKeyUse, foreignKeyUses } from '../model/queries/relationUse';
import {
  type ForeignKey,
  foreignKeysOf,
  indexesForeignKeysItself,
  isCovered,
  isEnforced,
} from '../model/schemas/foreignKeys';
import type { Schema } from '../model/schemas/schema';
import { isCopy } from '../model/schemas/schemaCopies';
import { defineRule } from './rule';

interface Data {
  readonly model: string;
  readonly parent: string;
  readonly columns: readonly string[];
  /** What proves the cost; `none`: nothing in the code does. */
  readonly cause: 'queries' | 'delete' | 'none';
  readonly queries: number;
  readonly onDelete: string;
}

const RELATED_SHOWN = 5;
const RELATED_MESSAGE: Readonly<Record<ForeignKeyUse['how'], string>> = {
  include: 'Fetched by the key here',
  filter: 'Filtered by the key here',
  delete: 'Deletes what the key points at',
};

/** A relation's scalar fields that no index starts with. */
export const unindexedForeignKey = defineRule<Data>({
  id: 'unindexed-foreign-key',
  title: 'Foreign key without an index',
  category: 'schema',
  severity: 'warning',
  fix: 'suggestion',
  runtimeOnly: true,
  check({ scope, isAside, report }) {
    for (const { schema, model } of scope.models()) {
      if (model.kind === 'view' || indexesForeignKeysItself(schema) || isCopy(scope.project, schema)) continue;
      const { ofForeignKeys } = indexPlanOf(scope.project, schema, model, isAside);
      for (const key of foreignKeysOf(model)) {
        if (isCovered(schema, model, key)) continue;
        const columns = key.scalars.map(({ name }) => name);
        const enforced = isEnforced(schema, model, key);
        const uses = foreignKeyUses(scope.project, schema, model, key.relation).filter(
          ({ file, how }) => !isAside(file) && (how !== 'delete' || (enforced && looksForChildren(schema, key))),
        );
        const queries = uses.filter(({ how }) => how !== 'delete').length;
        // A key that the database was told to forget, and no query goes by, is nobody's way to the rows.
        if (queries === 0 && !enforced) continue;
        const cause = queries > 0 ? 'queries' : uses.length > 0 || changesChildren(key) ? 'delete' : 'none';
        // With what the queries by the key sort by: one index instead of two.
        const wider = ofForeignKeys.get(columns.join());
        report({
          at: { file: model.file, range: (columns.length === 1 ? key.scalars[0] : key.relation).fact.nameRange },
          severity: cause === 'none' ? 'information' : 'warning',
          data: { model: model.name, parent: key.parent, columns, cause, queries, onDelete: key.onDelete },
          related: uses
            .slice(0, RELATED_SHOWN)
            .map(({ file, range, how }) => ({ file, range, message: RELATED_MESSAGE[how] })),
          fixes: (sources) => {
            const fix = wider
              ? indexFix(sources, model, { columns: wider.columns })
              : leadingIndexFix(sources, model, columns);
            return withMigration(fix, schema, sources);
          },
        });
      }
    }
  },
  message: ({ model, parent, columns, cause, queries, onDelete }) => {
    const list = columns.join(', ');
    const key = columns.length === 1 ? `${model}.${list}` : `The foreign key (${list}) of ${model}`;
    const cost = {
      queries: `${queries === 1 ? 'a query goes' : `${queries} queries go`} through it and must read the whole table each time`,
      delete: `deleting a row of ${parent} (onDelete: ${onDelete}) reads the whole table for what points at it`,
      none: `finding what belongs to a row of ${parent} would read the whole table, though no query here does so yet`,
    }[cause];
    return `${key} has no index: ${cost}. Add @@index([${list}]).`;
  },
});

/** A deletion of the parent changes or deletes the rows, by what the schema says. */
function changesChildren({ onDelete }: ForeignKey): boolean {
  return onDelete === 'Cascade' || onDelete === 'SetNull' || onDelete === 'SetDefault';
}

/** Also a deletion that would be refused looks for the rows first; only Prisma's own `NoAction` does not. */
function looksForChildren(schema: Schema, { onDelete }: ForeignKey): boolean {
  return schema.relationMode === 'foreignKeys' || onDelete !== 'NoAction';
}
