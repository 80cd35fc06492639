import type { FieldFact, ModelFact, PrismaFacts } from '../../syntax/prisma/facts';
import { findAttribute, namedArgument, names, positionalArgument, stringValue } from './attributes';
import { declaredIndexes } from './declaredIndexes';
import type { Field, Model, Relation } from './schema';

interface Declared {
  readonly models: ReadonlyMap<string, ModelFact>;
  readonly composites: ReadonlySet<string>;
  readonly enums: ReadonlySet<string>;
}

/** Returns the models and views that the files of one schema declare, each name once (the first counts), by name. */
export function buildModels(files: ReadonlyMap<string, PrismaFacts>): ReadonlyMap<string, Model> {
  const declared = declaredNames(files);
  const models = new Map<string, Model>();
  for (const [file, facts] of files) {
    for (const fact of facts.models) {
      if (fact.kind === 'type' || models.has(fact.name)) continue;
      models.set(fact.name, {
        name: fact.name,
        accessor: fact.name.charAt(0).toLowerCase() + fact.name.slice(1),
        kind: fact.kind,
        file,
        fact,
        fields: new Map(fact.fields.map((field) => [field.name, buildField(fact, field, declared)])),
        indexes: declaredIndexes(file, fact),
      });
    }
  }
  return models;
}

function declaredNames(files: ReadonlyMap<string, PrismaFacts>): Declared {
  const models = new Map<string, ModelFact>();
  const composites = new Set<string>();
  const enums = new Set<string>();
  for (const facts of files.values()) {
    for (const model of facts.models) {
      if (model.kind === 'type') composites.add(model.name);
      else if (!models.has(model.name)) models.set(model.name, model);
    }
    for (const { name } of facts.enums) enums.add(name);
  }
  return { models, composites, enums };
}

function buildField(model: ModelFact, field: FieldFact, declared: Declared): Field {
  const other = declared.models.get(field.type);
  if (other) return { name: field.name, fact: field, kind: 'relation', relation: relationOf(model, field, other) };
  const kind = declared.enums.has(field.type) ? 'enum' : declared.composites.has(field.type) ? 'composite' : 'scalar';
  return { name: field.name, fact: field, kind };
}

function relationOf(model: ModelFact, field: FieldFact, other: ModelFact): Relation {
  const args = relationArguments(field);
  const inverse = inverseOf(model, field, other);
  const onDelete = namedArgument(args, 'onDelete');
  return {
    model: other.name,
    fields: names(namedArgument(args, 'fields')),
    references: names(namedArgument(args, 'references')),
    ...(inverse && { inverse: inverse.name }),
    ...(onDelete?.kind === 'name' && { onDelete: onDelete.value }),
  };
}

function inverseOf(model: ModelFact, field: FieldFact, other: ModelFact): FieldFact | undefined {
  const name = relationName(field);
  const candidates = other.fields.filter(
    (candidate) => candidate.type === model.name && candidate !== field && relationName(candidate) === name,
  );
  const holdsKey = holdsForeignKey(field);
  return candidates.find((candidate) => holdsForeignKey(candidate) !== holdsKey) ?? candidates[0];
}

function holdsForeignKey(field: FieldFact): boolean {
  return names(namedArgument(relationArguments(field), 'fields')).length > 0;
}

function relationName(field: FieldFact): string | undefined {
  const args = relationArguments(field);
  return stringValue(positionalArgument(args) ?? namedArgument(args, 'name'));
}

function relationArguments(field: FieldFact) {
  return findAttribute(field.attributes, 'relation')?.arguments ?? [];
}
