import type { FieldTest } from '../queries/condition';
import { isForeignKey } from '../queries/rowBound';
import { findAttribute } from '../schemas/attributes';
import type { Field, Model, Schema } from '../schemas/schema';

const ORDERED_TYPES: ReadonlySet<string> = new Set([
  'String',
  'Int',
  'BigInt',
  'DateTime',
  'Decimal',
  'Float',
  'Boolean',
]);
/** Text of any length, which MySQL and SQL Server index only in part or not at all. */
const LONG_TEXT = /^db\.(?:\w*Text|\w*Blob|Xml)$/;
const LONG_PROVIDERS: ReadonlySet<string> = new Set(['mysql', 'sqlserver']);
/** Last words of names for what people write at length: on PostgreSQL, a row too long for its index can't be written. */
const PROSE: ReadonlySet<string> = new Set(
  (
    'content contents body text html markdown md description bio biography summary abstract excerpt notes message ' +
    'comment prompt transcript answer instructions essay article paragraph caption'
  ).split(' '),
);
/** Native types that say how long a text can get. */
const SHORT_TEXT = /^db\.(?:\w*Char|Uuid|Inet|Citext|ObjectId)$/;

/** True if an index of the model can hold the field in order. */
export function isIndexable(field: Field, { provider }: Schema): boolean {
  const { kind, fact } = field;
  if (fact.list || (kind !== 'enum' && (kind !== 'scalar' || !ORDERED_TYPES.has(fact.type)))) return false;
  if (isProse(field)) return false;
  if (!LONG_PROVIDERS.has(provider ?? '')) return true;
  return !fact.attributes.some(
    ({ name, arguments: given }) =>
      LONG_TEXT.test(name) || given.some(({ value }) => value.kind === 'name' && value.value === 'Max'),
  );
}

/** Text without a length, by its name a piece of writing. */
function isProse({ kind, name, fact }: Field): boolean {
  if (kind !== 'scalar' || fact.type !== 'String' || !PROSE.has(lastWord(name))) return false;
  return !fact.attributes.some(
    ({ name: attribute, arguments: given }) =>
      SHORT_TEXT.test(attribute) && (given.length > 0 || !/Char$/.test(attribute)),
  );
}

function lastWord(name: string): string {
  return (name.split(/_|(?=[A-Z])/).at(-1) ?? '').toLowerCase();
}

/** Last words of a column's name that promise a handful of values, or one for each of its sort. */
const FEW_VALUES: ReadonlySet<string> = new Set(
  (
    'status state type kind role category level priority mode source provider locale language lang currency country ' +
    'visibility platform channel method action event gender plan tier version severity theme direction format color ' +
    'colour period interval frequency environment env scope stage step region unit model entity resource origin ' +
    'reason class group position order rank sequence index year month week day hour count score rating age quantity ' +
    'percent name label'
  ).split(' '),
);

/** True if one value of the column is a share of the table: a boolean, an enum, a name for a sort of rows. */
export function isCoarse(field: Field, model: Model): boolean {
  if (field.kind === 'enum' || field.fact.type === 'Boolean' || field.fact.type === 'Float') return true;
  return FEW_VALUES.has(lastWord(field.name)) && !isForeignKey(field, model);
}

/** True if the rows with one value of the column may be many: it points at a row of another table. */
export function pointsElsewhere(name: string, model: Model): boolean {
  const field = model.fields.get(name);
  return field !== undefined && (/(?:Id|ID|_id)$/.test(name) || isForeignKey(field, model));
}

const COMES_FIRST = /publish|start|begin|release|effective|valid_?from/i;
const COMES_LAST = /expir|end|until|due|deadline|valid_?to/i;

/**
 * True for a stretch of time that leaves most of a growing table out: what is new, what has come due,
 * what lies between two days. Not for what has begun, or has not ended: that may be nearly every row.
 */
export function isNarrowStretch(field: Field, test: FieldTest & { operator: 'range' }): boolean {
  if (field.fact.type !== 'DateTime') return false;
  if (test.lower && test.upper) return true;
  return !(test.lower ? COMES_LAST : COMES_FIRST).test(field.name);
}

/** True for a column that is `null` but in deleted, archived and revoked rows. */
export function marksRemoval(name: string): boolean {
  return /^(?:is_?)?(?:deleted|archived|removed|trashed|revoked|disabled|banned|blocked|suspended|hidden)/i.test(name);
}

const STREAM =
  /(?:log|event|message|history|entry|reading|metric|run|execution|activity|notification|transaction|snapshot|visit|view|record|audit|delivery|attempt|session|click|impression|comment|response|result|trace|measurement)(?:ies|s|es)?$|(?:entries|histories|activities|deliveries)$/i;

/** True for a model whose rows are written one after another for as long as the application runs, by its name. */
export function isStream({ name }: Model): boolean {
  return STREAM.test(name);
}

const SET_UP_BY_HAND =
  /(?:token|key|folder|campaign|invitation|invite|invitedusers?|endpoint|webhook|integration|installation|connection|channel|domain|template|group|team|member|membership|project|workspace|organi[sz]ation|store|shop|site|app|application|client|credential|secret|segment|list|board|label|tag|form|dashboard|prompt|dataset|schedule|agent|bot|device|provider|plugin|feature|tool|badge|cosmetic|announcement)s?$/i;

/** True for a model whose rows somebody sets up, one by one: dozens for each parent, by its name. */
export function isSetUpByHand({ name }: Model): boolean {
  return SET_UP_BY_HAND.test(name);
}

/** True for a moment that is written again and again, each time moving the row in an index on it. */
export function isVolatile(name: string | undefined, model: Model): boolean {
  if (
    name === undefined ||
    /^(?:last(?!_?name)|updated|modified)|(?:updated|modified|seen|used)_?(?:at|on)?$/i.test(name)
  )
    return true;
  return findAttribute(model.fields.get(name)?.fact.attributes ?? [], 'updatedAt') !== undefined;
}

/** True for a model that others are parents of, and that is nobody's: what piles up usually stands there. */
export function isLeaf(model: Model): boolean {
  const relations = [...model.fields.values()].flatMap(({ relation }) => relation ?? []);
  return relations.length > 0 && relations.every(({ fields }) => fields.length > 0);
}

/** True for a field that holds a moment in time. */
export function isMoment(name: string | undefined, model: Model): boolean {
  return name !== undefined && model.fields.get(name)?.fact.type === 'DateTime';
}
