import { mappedName, nativeType } from '../schemas/attributes';
import { coversEquality } from '../schemas/indexCoverage';
import type { Field, Index, Model } from '../schemas/schema';
import { type Condition, conjuncts, type FieldTest, NO_CONDITION, type Quantifier } from './condition';

/** A test of a text that an ordinary index can't answer. */
export interface TextSearch {
  /** The model of the column: the query's own, or one that a relation leads to. */
  readonly model: Model;
  readonly field: Field;
  /** As it is written from the query's model on: `customer.name`. */
  readonly path: string;
  /** The whole value is compared, without regard to case; else a part of it. */
  readonly whole: boolean;
  /** An index of its trigrams can be made, and would be gone by. */
  readonly takesTrigrams: boolean;
}

/** Native types whose texts a trigram index takes; `undefined` is the provider's own `text`. */
const INDEXABLE = /^db\.(?:Text|VarChar)\b/;

/** Returns the tests of a condition that ask for a part of a text, or compare one without regard to case; not those within `NOT`. */
export function textSearches(condition: Condition, model: Model, prefix = ''): readonly TextSearch[] {
  switch (condition.kind) {
    case 'all':
    case 'any':
      return condition.parts.flatMap((part) => textSearches(part, model, prefix));
    case 'either':
      return condition.options.flatMap((part) => textSearches(part, model, prefix));
    case 'optional':
      return textSearches(condition.part, model, prefix);
    case 'relation': {
      const { quantifier, field, part } = condition;
      return leadsToRows(quantifier) ? textSearches(part, condition.model, `${prefix}${field.name}.`) : [];
    }
    case 'field': {
      const { field, test } = condition;
      if (!isTextSearch(field, test)) return [];
      const whole = test.operator === 'equals';
      return [{ model, field, path: prefix + field.name, whole, takesTrigrams: !whole && takesTrigrams(field) }];
    }
    case 'not':
    case 'hidden':
      return [];
  }
}

/** Returns the condition as the database can narrow by it without looking into texts: it asks nothing where a text is searched. */
export function withoutTextSearches(condition: Condition): Condition {
  switch (condition.kind) {
    case 'all':
    case 'any':
      return { ...condition, parts: condition.parts.map(withoutTextSearches) };
    case 'either':
      return { ...condition, options: condition.options.map(withoutTextSearches) };
    case 'optional':
    case 'relation':
      return { ...condition, part: withoutTextSearches(condition.part) };
    case 'field':
      return isTextSearch(condition.field, condition.test) ? NO_CONDITION : condition;
    case 'not':
    case 'hidden':
      return condition;
  }
}

/** True if an index of trigrams (or of a text search) stands on the column, alone or in an expression. */
export function hasTextIndex({ indexes }: Model, field: Field): boolean {
  return indexes.some(({ type, fields }) => isTextIndexType(type) && fields.some(({ name }) => mentions(name, field)));
}

/**
 * What indexes of trigrams on all columns that are searched would do: lead to the rows (`trigrams`), do so with
 * an index for each other way of the `OR` (`all-ways`), or nothing: the column's type has none (`type`), or the
 * search lies across tables or asks for what has too many rows or trigrams (`none`).
 */
export type WayToRows = 'trigrams' | 'all-ways' | 'type' | 'none';

/** Returns what indexes of trigrams would do for a condition; of several ways, the worst. */
export function wayToRows(condition: Condition): WayToRows {
  switch (condition.kind) {
    case 'all':
      return best(condition.parts.filter(searches).map(wayToRows));
    case 'any':
      // Ways that lead through other tables are joined first: then it is too late for an index.
      return worst(
        condition.parts.map((part) => (leadsAway(part) ? 'none' : searches(part) ? wayToRows(part) : byValue(part))),
      );
    case 'either':
      return best(condition.options.filter(searches).map(wayToRows));
    case 'optional':
      return wayToRows(condition.part);
    case 'relation':
      return leadsToRows(condition.quantifier) ? wayToRows(condition.part) : 'none';
    case 'field':
      // A whole value has so many trigrams that PostgreSQL rather reads the table.
      if (condition.test.operator === 'equals') return 'none';
      return takesTrigrams(condition.field) ? 'trigrams' : 'type';
    case 'not':
    case 'hidden':
      return 'none';
  }
}

/** True if every way of every `OR` that searches no text asks for columns that have an index. */
export function otherWaysHaveIndexes(condition: Condition, model: Model): boolean {
  switch (condition.kind) {
    case 'all':
      return condition.parts.every((part) => otherWaysHaveIndexes(part, model));
    case 'any':
      return condition.parts.every((part) =>
        searches(part) ? otherWaysHaveIndexes(part, model) : coversEquality(model, equalFields(part)),
      );
    case 'either':
      return condition.options.every((part) => otherWaysHaveIndexes(part, model));
    case 'optional':
      return otherWaysHaveIndexes(condition.part, model);
    case 'relation':
      return otherWaysHaveIndexes(condition.part, condition.model);
    default:
      return true;
  }
}

const ORDER: readonly WayToRows[] = ['trigrams', 'all-ways', 'type', 'none'];

function best(ways: readonly WayToRows[]): WayToRows {
  return ORDER.find((way) => ways.includes(way)) ?? 'none';
}

function worst(ways: readonly WayToRows[]): WayToRows {
  return ORDER.findLast((way) => ways.includes(way)) ?? 'none';
}

/** A way of an `OR` that searches no text. */
function byValue(way: Condition): WayToRows {
  return equalFields(way).length > 0 ? 'all-ways' : 'none';
}

function equalFields(way: Condition): string[] {
  return conjuncts(way.kind === 'optional' ? way.part : way).flatMap((part) => {
    if (part.kind !== 'field' || part.field.kind === 'enum' || part.field.fact.type === 'Boolean') return [];
    return part.test.operator === 'equals' || part.test.operator === 'in' ? [part.field.name] : [];
  });
}

/** True if a part of the condition is a search of a text. */
function searches(condition: Condition): boolean {
  switch (condition.kind) {
    case 'all':
    case 'any':
      return condition.parts.some(searches);
    case 'either':
      return condition.options.some(searches);
    case 'optional':
    case 'relation':
      return searches(condition.part);
    default:
      return condition.kind === 'field' && isTextSearch(condition.field, condition.test);
  }
}

function leadsToRows(quantifier: Quantifier): boolean {
  return quantifier === 'is' || quantifier === 'some';
}

function leadsAway(condition: Condition): boolean {
  switch (condition.kind) {
    case 'all':
    case 'any':
      return condition.parts.some(leadsAway);
    case 'either':
      return condition.options.some(leadsAway);
    case 'optional':
      return leadsAway(condition.part);
    default:
      return condition.kind === 'relation';
  }
}

function isTextSearch({ kind, fact }: Field, test: FieldTest): boolean {
  if (kind !== 'scalar' || fact.type !== 'String' || fact.list) return false;
  switch (test.operator) {
    case 'contains':
    case 'suffix':
      // What is written in the code stands for a sort of rows, perhaps most of them.
      return test.value.kind !== 'literal';
    case 'equals':
    case 'prefix':
      // Citext compares without regard to case by itself, and by its index.
      return test.insensitive && test.value.kind !== 'literal' && nativeType(fact.attributes) !== 'db.Citext';
    default:
      return false;
  }
}

function takesTrigrams({ fact }: Field): boolean {
  const type = nativeType(fact.attributes);
  return type === undefined || INDEXABLE.test(type);
}

function isTextIndexType(type: Index['type']): boolean {
  return type === 'Gin' || type === 'Gist';
}

/** The column's own name, or an expression that has it in it: `lower("name")`. */
function mentions(column: string, { name, fact }: Field): boolean {
  if (column === name) return true;
  const mapped = mappedName(fact.attributes, name);
  return column.split(/\W+/).some((word) => word === name || word === mapped);
}
