import { addRelationFix } from '../fixes/addRelation';
import { missingRelations } from '../model/schemas/missingRelations';
import { isCopy } from '../model/schemas/schemaCopies';
import { isInUse } from '../model/schemas/tablesInUse';
import { defineRule } from './rule';

interface Data {
  readonly column: string;
  readonly target: string;
  /** The database itself keeps foreign keys, where the schema has relations. */
  readonly isEnforced: boolean;
}

/** A scalar field that holds another model's id, with no relation to that model. */
export const missingRelation = defineRule<Data>({
  id: 'missing-relation',
  title: 'Id of another model without a relation',
  category: 'schema',
  severity: 'information',
  fix: 'suggestion',
  runtimeOnly: true,
  check({ scope, report }) {
    for (const { schema, model } of scope.models()) {
      if (isCopy(scope.project, schema)) continue;
      for (const missing of missingRelations(schema)) {
        if (missing.model !== model || !isInUse(scope.project, schema, model)) continue;
        const { field, target } = missing;
        report({
          at: { file: model.file, range: field.fact.nameRange },
          data: {
            column: `${model.name}.${field.name}`,
            target: target.name,
            isEnforced: schema.relationMode === 'foreignKeys',
          },
          related: [{ file: target.file, range: target.fact.nameRange, message: `${target.name}, whose id it holds` }],
          fixes: (sources) => [addRelationFix(sources, schema, missing)],
        });
      }
    }
  },
  message: ({ column, target, isEnforced }) => {
    const keeper = isEnforced ? 'the database' : 'Prisma';
    return (
      `${column} holds an id of ${target}, by its name and type, but no relation says so: queries cannot include the ` +
      `row, so that code must fetch it with queries of its own, and ${keeper} lets the row be deleted under its id. ` +
      `Add the relation.`
    );
  },
});
