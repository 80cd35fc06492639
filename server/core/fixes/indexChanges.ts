import { findAttribute, mappedName, namedArgument, positionalArgument, stringValue } from '../model/schemas/attributes';
import { constraintName } from '../model/schemas/constraintName';
import { declaredIndexes } from '../model/schemas/declaredIndexes';
import { isBtree } from '../model/schemas/indexCoverage';
import type { Index, Model, Schema } from '../model/schemas/schema';
import type { ModelFact } from '../syntax/prisma/facts';
import { readPrismaFacts } from '../syntax/prisma/readPrismaFacts';
import { applyEdits, type FileEdit } from '../text/textEdit';
import { type DatabaseIndex, TRIGRAMS } from './indexStatements';
import type { Sources } from './sources';

/** What a schema's edit means for the indexes of the database. */
export interface IndexChanges {
  readonly created: readonly DatabaseIndex[];
  readonly dropped: readonly DatabaseIndex[];
}

interface Declared extends DatabaseIndex {
  readonly index: Index;
}

/**
 * Returns the indexes that edits of a schema add and take away, in the names that the database knows
 * them by. Undefined where a plain `CREATE INDEX` does not say it all: keys, kinds of their own, names that
 * stay, or tables and columns that no migration has made yet.
 */
export function indexChanges(edits: readonly FileEdit[], schema: Schema, sources: Sources): IndexChanges | undefined {
  const created: Declared[] = [];
  const dropped: Declared[] = [];
  for (const { file, edits: own } of edits) {
    const text = sources.text(file);
    if (text === undefined) return undefined;
    const facts = new Map(readPrismaFacts(applyEdits(text, own)).models.map((fact) => [fact.name, fact]));
    for (const model of schema.models.values()) {
      const fact = facts.get(model.name);
      if (model.file !== file || !fact) continue;
      const before = declared(model.fact, file, schema);
      const after = declared(fact, file, schema);
      const added = after.filter((one) => !before.some((other) => isSame(one, other)));
      const removed = before.filter((one) => !after.some((other) => isSame(one, other)));
      if (!added.every((one) => canBeMade(one, model)) || !removed.every((one) => canBeDropped(one, model))) {
        return undefined;
      }
      created.push(...added);
      dropped.push(...removed);
    }
  }
  return { created, dropped };
}

function declared(fact: ModelFact, file: string, { provider }: Schema): Declared[] {
  const table = mappedName(fact.attributes, fact.name);
  const schema = databaseSchema(fact);
  const fields = new Map(fact.fields.map((field) => [field.name, mappedName(field.attributes, field.name)]));
  const attributes = new Map(fact.attributes.map((attribute) => [attribute.range, attribute]));
  return declaredIndexes(file, fact).map((index) => {
    const columns = index.fields.map((field) => ({ ...field, name: fields.get(field.name) ?? field.name }));
    const attribute = index.attribute && attributes.get(index.attribute);
    const given = stringValue(namedArgument(attribute?.arguments ?? [], 'map'));
    const names = columns.map(({ name }) => name);
    const name = given ?? constraintName(provider, table, names, index.kind === 'unique' ? 'key' : 'idx');
    const trigrams = index.type === 'Gin' && columns.every(({ ops }) => ops === TRIGRAMS);
    return {
      index,
      name,
      table,
      ...(schema !== undefined && { schema }),
      columns,
      ...(trigrams && { trigrams: true as const }),
    };
  });
}

function databaseSchema({ attributes }: ModelFact): string | undefined {
  return stringValue(positionalArgument(findAttribute(attributes, 'schema')?.arguments ?? []));
}

function isSame(a: Declared, b: Declared): boolean {
  const spelled = ({ index: { kind, type, partial, clustered }, name, columns }: Declared) =>
    JSON.stringify([
      kind,
      type,
      partial,
      clustered,
      name,
      columns.map((each) => [each.name, each.sort, each.ops, each.length]),
    ]);
  return spelled(a) === spelled(b);
}

function canBeMade({ index, name, columns, trigrams }: Declared, { table }: Model): boolean {
  const isPlain =
    index.kind === 'index' &&
    !index.partial &&
    index.clustered !== true &&
    (trigrams || (isBtree(index) && columns.every(({ ops }) => ops === undefined)));
  const isNew = table !== undefined && !table.indexes.has(name);
  return isPlain && isNew && columns.every((column) => table.columns.has(column.name));
}

function canBeDropped({ index, name }: Declared, { table }: Model): boolean {
  return index.kind === 'index' && table !== undefined && table.indexes.has(name);
}
