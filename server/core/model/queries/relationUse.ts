import type { Value } from '../../syntax/typescript/facts';
import type { Place } from '../../text/textEdit';
import type { Project } from '../project';
import { answersEquality, isUniqueKey } from '../schemas/indexCoverage';
import type { Field, Model, Schema } from '../schemas/schema';
import type { Query } from './query';
import { equalityFields, objectsOf, propertiesOf } from './whereShape';

/** A place in the workspace's code that makes the database look rows up by a foreign key. */
export interface ForeignKeyUse extends Place {
  /** `include`: the other side's rows are fetched with it; `delete`: rows of the parent are deleted. */
  readonly how: 'include' | 'filter' | 'delete';
}

/** The uses of each relation that holds a foreign key, by `Model.field`. */
type Uses = Map<string, ForeignKeyUse[]>;

const kept = new WeakMap<Project, Map<Schema, Uses>>();

/**
 * Returns the places whose queries look up the rows of `model` by the foreign key of its relation
 * `field`: an include from the other side, a filter by the key or through the relation for which no
 * other index serves, a deletion of the other side's rows. In the order of files and queries.
 */
export function foreignKeyUses(project: Project, schema: Schema, model: Model, field: Field): readonly ForeignKeyUse[] {
  let ofProject = kept.get(project);
  if (!ofProject) {
    ofProject = collectUses(project);
    kept.set(project, ofProject);
  }
  return ofProject.get(schema)?.get(`${model.name}.${field.name}`) ?? [];
}

function collectUses(project: Project): Map<Schema, Uses> {
  const all = new Map<Schema, Uses>();
  for (const [file, facts] of project.documents) {
    if (facts.kind !== 'typescript') continue;
    for (const query of project.queriesOf(file)) {
      if (!query.model) continue;
      let uses = all.get(query.schema);
      if (!uses) {
        uses = new Map();
        all.set(query.schema, uses);
      }
      new QueryReader(query, uses).read(query.model);
    }
  }
  return all;
}

class QueryReader {
  constructor(
    private readonly query: Query,
    private readonly uses: Uses,
  ) {}

  read(model: Model): void {
    const { args, operation, call } = this.query;
    if (operation === 'delete' || operation === 'deleteMany') this.deletes(model);
    const fluent = call.fluent === undefined ? undefined : model.fields.get(call.fluent);
    if (fluent) this.add(model, fluent, 'include');
    if (!args) return;
    this.selection(model, args);
    for (const { key, value } of propertiesOf(args)) {
      if (key === 'where') this.where(model, value, []);
      if (key === 'orderBy') this.orderBy(model, value);
    }
  }

  /** Deleting rows makes the database look for the rows that point at them. */
  private deletes(model: Model): void {
    for (const field of model.fields.values()) {
      if (field.relation?.fields.length === 0) this.add(model, field, 'delete');
    }
  }

  private selection(model: Model, args: Value): void {
    for (const { key, value } of propertiesOf(args)) {
      if (key !== 'include' && key !== 'select') continue;
      for (const { key: name, value: inner } of propertiesOf(value)) {
        if (inner.kind === 'undefined' || (inner.kind === 'literal' && inner.value === false)) continue;
        if (name === '_count') this.counts(model, inner);
        const field = model.fields.get(name);
        const other = field && this.otherModel(field);
        if (!field || !other) continue;
        const conditions = propertiesOf(inner)
          .filter((nested) => nested.key === 'where')
          .map((nested) => nested.value);
        if (!isServed(other, fixedIn(conditions, other))) this.add(model, field, 'include');
        this.selection(other, inner);
        for (const condition of conditions) this.where(other, condition, fixedBy(field, other));
      }
    }
  }

  private counts(model: Model, count: Value): void {
    const selected = propertiesOf(count).find((property) => property.key === 'select');
    const names = selected
      ? propertiesOf(selected.value).map((property) => property.key)
      : [...model.fields.values()].filter(({ fact }) => fact.list).map(({ name }) => name);
    for (const name of names) {
      const field = model.fields.get(name);
      if (field) this.add(model, field, 'include');
    }
  }

  private orderBy(model: Model, order: Value): void {
    for (const { key, value } of propertiesOf(order)) {
      const field = model.fields.get(key);
      if (field && propertiesOf(value).some((property) => property.key === '_count')) this.add(model, field, 'filter');
    }
  }

  /** `outer`: the fields that what is around the filter already fixes. */
  private where(model: Model, where: Value, outer: readonly string[]): void {
    const fixed = [...outer, ...equalityFields(where, model)];
    const served = isServed(model, fixed);
    for (const field of model.fields.values()) {
      const { relation } = field;
      if (!relation || relation.fields.length === 0 || served) continue;
      if (relation.fields.every((key) => fixed.includes(key) && !outer.includes(key)))
        this.add(model, field, 'filter', true);
    }
    for (const { key, value } of propertiesOf(where)) {
      if (key === 'AND' || key === 'OR') {
        for (const branch of objectsOf(value)) this.where(model, branch, fixed);
        continue;
      }
      const field = model.fields.get(key);
      const other = field && this.otherModel(field);
      if (!field || !other) continue;
      const inner = propertiesOf(value).filter(({ key: name }) => RELATION_OPERATORS.has(name));
      const conditions = inner.length > 0 ? inner.map((property) => property.value) : [value];
      const holdsKey = field.relation?.fields.length !== 0;
      const otherwise = holdsKey ? served || outer.length > 0 : isServed(other, fixedIn(conditions, other));
      if (!otherwise) this.add(model, field, 'filter', true);
      for (const condition of conditions) this.where(other, condition, fixedBy(field, other));
    }
  }

  private otherModel(field: Field): Model | undefined {
    return field.relation && this.query.schema.models.get(field.relation.model);
  }

  /**
   * Notes a use of the relation that `field` of `model` stands for, under the side that holds the key.
   * Seen from that side, only a filter goes by the key: an include goes by the other side's own key.
   */
  private add(model: Model, field: Field, how: ForeignKeyUse['how'], fromKeySide = false): void {
    const { relation } = field;
    if (!relation) return;
    const holdsKey = relation.fields.length > 0;
    if (holdsKey && !fromKeySide) return;
    const key = holdsKey ? `${model.name}.${field.name}` : `${relation.model}.${relation.inverse ?? ''}`;
    const use: ForeignKeyUse = { file: this.query.file, range: this.query.call.callee, how };
    const known = this.uses.get(key);
    const again = known?.some(({ file, range }) => file === use.file && range.start === use.range.start);
    if (!known) this.uses.set(key, [use]);
    else if (!again) known.push(use);
  }
}

const RELATION_OPERATORS: ReadonlySet<string> = new Set(['some', 'every', 'none', 'is', 'isNot']);

function fixedIn(conditions: readonly Value[], model: Model): string[] {
  return conditions.flatMap((condition) => equalityFields(condition, model));
}

/** The fields of the other model that a relation ties to the row it is read from. */
function fixedBy(field: Field, other: Model): readonly string[] {
  if (field.relation?.references.length) return field.relation.references;
  return other.fields.get(field.relation?.inverse ?? '')?.relation?.fields ?? [];
}

/** True if some index finds the rows without this relation's key: one of its own leads on a fixed field. */
function isServed(model: Model, fixed: readonly string[]): boolean {
  return (
    isUniqueKey(model, fixed) ||
    model.indexes.some((index) => answersEquality(index) && fixed.includes(index.fields[0]?.name ?? ''))
  );
}
