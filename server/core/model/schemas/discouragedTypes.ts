import type { AttributeFact } from '../../syntax/prisma/facts';
import type { Range } from '../../text/range';
import type { Field, Model, Schema } from './schema';

/** A native type that does harm, and the way out of it. */
export interface DiscouragedType {
  /** `@db.Char(2)`, without the blanks that may stand in it. */
  readonly written: string;
  /** The attribute in the schema. */
  readonly range: Range;
  /** What it does to the values, to follow "it is …:". */
  readonly defect: string;
  /** What to use, as a sentence. */
  readonly instead: string;
  /** The attribute to write in its place; absent where the right one can't be told. */
  readonly replacement?: string;
}

/** Values of one length by their nature, which are never padded. */
const FIXED_LENGTH = /hash|sha\d|md5|digest|checksum|fingerprint/i;

/** Returns the native type of a PostgreSQL field where it is a discouraged one, else undefined. */
export function discouragedTypeOf(field: Field): DiscouragedType | undefined {
  const attribute = field.fact.attributes.find(({ name }) => name.startsWith('db.'));
  if (!attribute || field.fact.list) return undefined;
  const size = numberOf(attribute);
  switch (attribute.name) {
    case 'db.Char':
      return size === undefined || size < 2 || FIXED_LENGTH.test(field.name) ? undefined : paddedText(attribute, size);
    case 'db.Money':
      return {
        written: '@db.Money',
        range: attribute.range,
        defect:
          'how many decimals it keeps, and how it is written, is a setting of the database server, not of the data',
        instead: 'Use @db.Decimal(19, 4) and a column for the currency, or whole cents in an Int or BigInt.',
      };
    case 'db.Timestamp':
    case 'db.Timestamptz':
      return size === 0 && isMomentOfWriting(field) ? roundedTime(attribute) : undefined;
    case 'db.Timetz':
      return {
        written: '@db.Timetz',
        range: attribute.range,
        defect: 'an offset without a date says nothing, since summer time changes it',
        instead: 'Use @db.Timestamptz for a moment; for a time of day @db.Time and the name of the time zone.',
      };
    default:
      return undefined;
  }
}

/** True if the field is part of a relation's key, on either side: both sides have one type. */
export function isKeyOfRelation(schema: Schema, model: Model, field: string): boolean {
  for (const other of schema.models.values()) {
    for (const { relation } of other.fields.values()) {
      if (other === model && relation?.fields.includes(field)) return true;
      if (relation?.model === model.name && relation.references.includes(field)) return true;
    }
  }
  return false;
}

/** A time that the clock gives; one that people choose (`startTime`) has no seconds to lose. */
function isMomentOfWriting({ name, fact: { attributes } }: Field): boolean {
  return (
    /(?:At|_at)$/.test(name) ||
    attributes.some(({ name: attribute }) => attribute === 'default' || attribute === 'updatedAt')
  );
}

function paddedText({ range }: AttributeFact, size: number): DiscouragedType {
  const replacement = `@db.VarChar(${size})`;
  const uuid = size === 36 ? ', or @db.Uuid if it holds UUIDs (16 bytes in place of 37)' : '';
  return {
    written: `@db.Char(${size})`,
    range,
    defect: 'a shorter value is padded with blanks, which come back with it, and nothing is faster for it',
    instead: `Use ${replacement}${uuid}.`,
    replacement,
  };
}

function roundedTime({ name, range }: AttributeFact): DiscouragedType {
  const replacement = `@${name}(3)`;
  return {
    written: `@${name}(0)`,
    range,
    defect: 'a moment is rounded, not cut, to the second, so that it may lie in the future',
    instead: `Use ${replacement}, the milliseconds of a JavaScript Date.`,
    replacement,
  };
}

function numberOf({ arguments: [first] }: AttributeFact): number | undefined {
  return first?.value.kind === 'number' ? Number(first.value.value) : undefined;
}
