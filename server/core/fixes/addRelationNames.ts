import type { MissingRelation } from '../model/schemas/missingRelations';
import { referenceBase } from '../model/schemas/missingRelations';
import type { Field, Relation, Schema } from '../model/schemas/schema';
import { capitalise, plural } from './words';

/** What a new relation and its two fields are called. */
export interface RelationNames {
  /** The field beside the scalar. */
  readonly field: string;
  /** The field of the other model. */
  readonly back: string;
  /** The relation's own name; absent where it is the only one between the two models. */
  readonly relation?: string;
}

/** A field's name compared with its type's: `posts`, `post`, or the type's very name, as introspection writes it. */
type Spelling = 'plural' | 'singular' | 'type';

/**
 * Returns the names of a relation that is added, chosen as the schema chooses its others. Undefined where
 * a model has a field of that name already.
 */
export function relationNames(schema: Schema, missing: MissingRelation, isUnique: boolean): RelationNames | undefined {
  const { model, field, target } = missing;
  const name = fieldName(schema, missing);
  const isSecond = [...model.fields.values()].some(({ relation }) => relation?.model === target.name);
  const spelling = usualSpelling(schema, ({ relation, fact }) => relation.fields.length === 0 && fact.list);
  const simple = backName(model.name, isUnique ? (spelling === 'type' ? 'type' : 'singular') : (spelling ?? 'plural'));
  const back = isSecond ? lowerFirst(name) + capitalise(simple) : simple;
  const hasBackAlready = [...target.fields.values()].some(({ relation }) => relation?.model === model.name);
  if (model.fields.has(name) || target.fields.has(back) || field.name === name) return undefined;
  return { field: name, back, ...((isSecond || hasBackAlready) && { relation: model.name + capitalise(name) }) };
}

/** As most of the schema's relations to the same model by a scalar of the same name, else after the scalar. */
function fieldName(schema: Schema, { field, target }: MissingRelation): string {
  const alike = relationFields(schema).filter(
    ({ relation }) =>
      relation.model === target.name && relation.fields.length === 1 && relation.fields[0] === field.name,
  );
  const usual = mostFrequent(alike.map(({ name }) => name));
  if (usual !== undefined) return usual;
  const spelling = usualSpelling(schema, ({ relation }) => relation.fields.length > 0);
  return spelling === 'type' ? target.name : (referenceBase(field.name) ?? target.accessor);
}

function backName(model: string, spelling: Spelling): string {
  if (spelling === 'type') return model;
  return spelling === 'plural' ? plural(lowerFirst(model)) : lowerFirst(model);
}

type RelationField = Field & { readonly relation: Relation };

/** How most of the relation fields that are asked for are spelled; undefined where there are none. */
function usualSpelling(schema: Schema, isAsked: (field: RelationField) => boolean): Spelling | undefined {
  const spellings = relationFields(schema)
    .filter(isAsked)
    .map(({ name, relation: { model } }): Spelling | undefined => {
      if (name === model) return 'type';
      if (name === plural(lowerFirst(model))) return 'plural';
      return name === lowerFirst(model) ? 'singular' : undefined;
    });
  return mostFrequent(spellings.filter((spelling) => spelling !== undefined));
}

function relationFields(schema: Schema): RelationField[] {
  return [...schema.models.values()].flatMap(({ fields }) => [...fields.values()].filter(isRelationField));
}

function isRelationField(field: Field): field is RelationField {
  return field.relation !== undefined;
}

function mostFrequent<Item extends string>(items: readonly Item[]): Item | undefined {
  const counts = new Map<Item, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
