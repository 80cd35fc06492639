import { withMigration } from '../fixes/migrationFile';
import { removeAttribute } from '../fixes/schemaEdits';
import { isBtree } from '../model/schemas/indexCoverage';
import type { Index, IndexField, Model } from '../model/schemas/schema';
import { isCopy } from '../model/schemas/schemaCopies';
import { defineRule } from './rule';

interface Data {
  readonly model: string;
  readonly index: string;
  readonly other: string;
  readonly isSame: boolean;
}

/** An index whose columns another index of the same kind already begins with. */
export const redundantIndex = defineRule<Data>({
  id: 'redundant-index',
  title: 'Index that another one already covers',
  category: 'schema',
  severity: 'warning',
  fix: 'suggestion',
  runtimeOnly: true,
  check({ scope, report }) {
    for (const { schema, model } of scope.models()) {
      if (isCopy(scope.project, schema)) continue;
      for (const index of model.indexes) {
        const other = coveringIndex(model, index);
        if (!other) continue;
        const isSame = index.fields.length === other.fields.length;
        const data = { model: model.name, index: nameOf(index, model), other: nameOf(other, model), isSame };
        report({
          at: index.place,
          data,
          related: [{ ...other.place, message: `${data.other} serves the same queries` }],
          fixes: (sources) => {
            const text = sources.text(model.file);
            const edit = text === undefined ? undefined : removeAttribute(text, index);
            const title = `Remove ${data.index} (needs a migration)`;
            const edits = edit && [{ file: model.file, edits: [edit] }];
            return withMigration(edits && { title, kind: 'suggestion', edits }, schema, sources);
          },
        });
      }
    }
  },
  message: ({ model, index, other, isSame }) =>
    `${index} of ${model} ${isSame ? 'has the same columns as' : 'is the beginning of'} ${other}, which serves the same ` +
    `queries: every write keeps both up to date, for nothing. Remove it.`,
});

/** The index of the schema that makes this one superfluous; of two that are alike, the first stays. */
function coveringIndex(model: Model, index: Index): Index | undefined {
  if (index.kind !== 'index' || !index.attribute || index.partial || index.clustered) return undefined;
  const position = model.indexes.indexOf(index);
  return model.indexes.find((other, otherPosition) => {
    if (other === index || !other.attribute || other.partial || other.kind === 'fulltext') return false;
    if (!isSameType(index, other) || !isPrefix(index.fields, other.fields)) return false;
    if (index.fields.length < other.fields.length) return isBtree(index);
    return other.kind !== 'index' || other.clustered === true || otherPosition < position;
  });
}

function isSameType(a: Index, b: Index): boolean {
  return a.type === b.type || (isBtree(a) && isBtree(b));
}

function isPrefix(short: readonly IndexField[], long: readonly IndexField[]): boolean {
  return short.every((field, position) => {
    const other = long[position];
    return (
      other &&
      field.name === other.name &&
      field.sort === other.sort &&
      field.ops === other.ops &&
      field.length === other.length
    );
  });
}

/** As it is written: `@@index([a, b])`, or `@unique on a` where it stands on the field. */
function nameOf({ kind, fields, place }: Index, model: Model): string {
  const { start } = place.range;
  const owner = model.fact.fields.find(({ range }) => range.start <= start && start < range.end);
  if (owner && place.file === model.file) return `@${kind} on ${owner.name}`;
  const columns = fields.map(({ name, sort }) => (sort === 'Desc' ? `${name}(sort: Desc)` : name)).join(', ');
  return `@@${kind}([${columns}])`;
}
