import { nativeType } from './attributes';
import { isDeliberatelyLoose, isRepeatedFromParent, standsAlone } from './looseReferences';
import { createModelNames } from './modelNames';
import type { Field, Model, Schema } from './schema';

/** A scalar field that is, by its name and type, the id of another model's row, with no relation that says so. */
export interface MissingRelation {
  readonly model: Model;
  readonly field: Field;
  /** The model that the field names. */
  readonly target: Model;
  /** The target's `@id`. */
  readonly key: string;
}

/** Fewer references without a relation than this are no style. */
const STYLE = 3;
/** How many models with a relation to the target make one without it an exception. */
const USUAL = 2;

const kept = new WeakMap<Schema, readonly MissingRelation[]>();

/**
 * Returns the references of a schema that lack their relation, in the order of its models. A schema, or a
 * target, that is mostly referred to by bare ids has none: there the bare ids are its style.
 */
export function missingRelations(schema: Schema): readonly MissingRelation[] {
  let found = kept.get(schema);
  if (!found) {
    found = schema.provider === 'mongodb' ? [] : findMissing(schema);
    kept.set(schema, found);
  }
  return found;
}

function findMissing(schema: Schema): MissingRelation[] {
  const bare = bareReferences(schema);
  const related = relatedModels(schema);
  const relations = [...related.values()].reduce((sum, models) => sum + models, 0);
  if (bare.length >= STYLE && bare.length > relations) return [];
  return bare.filter(({ model, field, target }) => {
    const alike = bare.filter((other) => other.target === target).length;
    const usual = related.get(target.name) ?? 0;
    if (alike > Math.max(1, usual / USUAL)) return false;
    return (
      !isDeliberatelyLoose(model, field, target, usual) &&
      !standsAlone(model) &&
      !isRepeatedFromParent(schema, model, field, target)
    );
  });
}

/** Every scalar of the schema that is named after another model and has the type of its single `@id`. */
function bareReferences(schema: Schema): MissingRelation[] {
  const modelNamed = createModelNames(schema.models.values());
  return [...schema.models.values()].flatMap((model) => {
    if (model.kind !== 'model') return [];
    const linked = new Set([...model.fields.values()].flatMap(({ relation }) => relation?.fields ?? []));
    return [...model.fields.values()].flatMap((field) => {
      if (field.kind !== 'scalar' || field.fact.list || linked.has(field.name)) return [];
      const base = referenceBase(field.name);
      const target = base === undefined ? undefined : modelNamed(base);
      if (base === undefined || !target || target === model || target.kind !== 'model') return [];
      if (model.fields.get(base)?.relation) return [];
      const key = singleId(target);
      // An id of the target's own making beside its `@id` is what the field holds, rather.
      if (!key || (target.fields.has(field.name) && key.name !== field.name)) return [];
      return hasSameType(field, key) ? [{ model, field, target, key: key.name }] : [];
    });
  });
}

/** `authorId`, `author_id` → `author`; undefined for a field that is not named as an id of something. */
export function referenceBase(name: string): string | undefined {
  return /^(\w*[a-zA-Z0-9])(?:Id|ID|_id)$/.exec(name)?.[1];
}

/** By target how many models have a relation to it that holds its key. */
function relatedModels(schema: Schema): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const model of schema.models.values()) {
    const targets = new Set<string>();
    for (const { relation } of model.fields.values()) if (relation?.fields.length) targets.add(relation.model);
    for (const target of targets) counts.set(target, (counts.get(target) ?? 0) + 1);
  }
  return counts;
}

function singleId(model: Model): Field | undefined {
  const id = model.indexes.find(({ kind }) => kind === 'id');
  const [only, ...more] = id?.fields ?? [];
  return only && more.length === 0 ? model.fields.get(only.name) : undefined;
}

function hasSameType(a: Field, b: Field): boolean {
  return a.fact.type === b.fact.type && nativeType(a.fact.attributes) === nativeType(b.fact.attributes);
}
