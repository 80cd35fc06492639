import { isBtree } from '../model/schemas/indexCoverage';
import type { Index, Model, Schema } from '../model/schemas/schema';
import { isCopy } from '../model/schemas/schemaCopies';
import { isInUse } from '../model/schemas/tablesInUse';
import { defineRule } from './rule';

interface Data {
  readonly model: string;
  readonly columns: readonly string[];
  /** The database can index some of the rows only. */
  readonly canBePartial: boolean;
}

/** Flags of work to be done: the value that is looked for is rare, so that an index on it finds few rows. */
const WORK_FLAG = /^(?:is|was|has|been)*(?:sent|processed|pending|done|handled|synced|notified|delivered|completed)/i;
const WITH_PARTIAL_INDEXES: ReadonlySet<string> = new Set(['postgresql', 'cockroachdb', 'sqlite', 'sqlserver']);

/** An index on nothing but booleans: each of their values stands for a large part of the table. */
export const lowSelectivityIndex = defineRule<Data>({
  id: 'low-selectivity-index',
  title: 'Index on a boolean alone',
  category: 'schema',
  severity: 'hint',
  fix: 'none',
  runtimeOnly: true,
  check({ scope, report }) {
    for (const { schema, model } of scope.models()) {
      if (isCopy(scope.project, schema)) continue;
      for (const index of model.indexes) {
        if (!holdsOnlyFlags(model, index) || isServedByAnother(model, index)) continue;
        if (!isInUse(scope.project, schema, model)) continue;
        const columns = index.fields.map(({ name }) => name);
        report({ at: index.place, data: { model: model.name, columns, canBePartial: canBePartial(schema) } });
      }
    }
  },
  message: ({ model, columns, canBePartial }) => {
    const flags = `${columns.join(' and ')} ${columns.length === 1 ? 'has two values' : 'have two values each'}`;
    const partial = canBePartial ? ', or, for a rare value, by a partial index' : '';
    return (
      `${flags}: unless one is rare, an index on nothing else finds a large part of ${model} and is left unused, yet ` +
      `every write keeps it up to date. Replace it by one that goes on with what the queries sort or narrow by${partial}.`
    );
  },
});

function holdsOnlyFlags(model: Model, index: Index): boolean {
  if (index.kind !== 'index' || !index.attribute || index.partial) return false;
  return index.fields.every(({ name }) => {
    const field = model.fields.get(name);
    return field?.fact.type === 'Boolean' && !field.fact.list && !WORK_FLAG.test(name);
  });
}

/** Another index that begins with the same columns makes this one redundant, which another rule says. */
function isServedByAnother(model: Model, index: Index): boolean {
  return model.indexes.some(
    (other) =>
      other !== index &&
      isBtree(other) &&
      !other.partial &&
      index.fields.every(({ name }, position) => other.fields[position]?.name === name),
  );
}

function canBePartial(schema: Schema): boolean {
  return schema.provider !== undefined && WITH_PARTIAL_INDEXES.has(schema.provider);
}
