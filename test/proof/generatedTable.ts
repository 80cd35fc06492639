import type { PGlite } from '@electric-sql/pglite';
import { mappedName } from '../../server/core/model/schemas/attributes';
import { foreignKeysOf } from '../../server/core/model/schemas/foreignKeys';
import type { Field, Model, Schema } from '../../server/core/model/schemas/schema';

const TYPES: Readonly<Record<string, string>> = {
  String: 'text',
  Int: 'integer',
  BigInt: 'bigint',
  Float: 'double precision',
  Decimal: 'numeric',
  Boolean: 'boolean',
  DateTime: 'timestamp(3)',
  Json: 'jsonb',
  Bytes: 'bytea',
};

/** Parents that a foreign key points at: some have many rows, most have few. */
const PARENTS = 1000;
const FEW_VALUES =
  /^(?:status|type|kind|state|role|provider|locale|language|currency|source|category)$|(?:Status|Type|Kind|Role)$/;
const REMOVAL = /delet|archiv|remov/i;

/** Quotes a name for SQL. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Returns the name of a model's table. */
export function tableOf(model: Model): string {
  return mappedName(model.fact.attributes, model.name);
}

/** Returns the name of a field's column. */
export function columnOf(model: Model, field: string): string {
  return mappedName(model.fields.get(field)?.fact.attributes ?? [], field);
}

/**
 * Makes the table of a model as its schema says, without constraints, with so many rows of repeatable chance:
 * keys and unique columns all different, foreign keys and enums skewed, moments in the order of the rows.
 */
export async function generateTable(db: PGlite, schema: Schema, model: Model, rows: number): Promise<void> {
  const fields = [...model.fields.values()].filter((field) => typeOf(field) !== undefined);
  const table = quoted(tableOf(model));
  const columns = fields.map((field) => `${quoted(columnOf(model, field.name))} ${typeOf(field)}`);
  await db.exec(`DROP TABLE IF EXISTS ${table};
    CREATE TABLE ${table} (${columns.join(', ')});
    SELECT setseed(0.42);
    INSERT INTO ${table} SELECT ${fields.map((field) => generated(schema, model, field, rows)).join(', ')}
      FROM generate_series(1, ${rows}) i;`);
  for (const index of model.indexes) {
    const isPlain = index.kind !== 'fulltext' && !index.type && !index.partial;
    if (!isPlain || !index.fields.every(({ name }) => fields.some((field) => field.name === name))) continue;
    const parts = index.fields.map(
      (each) => quoted(columnOf(model, each.name)) + (each.sort === 'Desc' ? ' DESC' : ''),
    );
    await db.exec(`CREATE INDEX ON ${table} (${parts.join(', ')})`);
  }
  await db.exec(`VACUUM ANALYZE ${table}`);
}

function typeOf({ kind, fact }: Field): string | undefined {
  const type = kind === 'enum' ? 'text' : kind === 'scalar' ? TYPES[fact.type] : undefined;
  return type && fact.list ? `${type}[]` : type;
}

/** An SQL expression over the row's number `i`. */
function generated(schema: Schema, model: Model, field: Field, rows: number): string {
  const { fact, name } = field;
  const type = typeOf(field) ?? 'text';
  if (fact.list) return `'{}'::${type}`;
  const keys = model.indexes.filter(
    ({ kind, fields }) => kind !== 'index' && fields.some((each) => each.name === name),
  );
  if (keys.some(({ fields }) => fields.length === 1)) return spelled(type, 'i', name);
  const key = keys.find(({ kind }) => kind === 'id');
  // No two rows alike: of each twenty with the same first column the others differ.
  if (key) return spelled(type, key.fields[0]?.name === name ? '(i / 20)' : `((i::bigint * 7919) % ${PARENTS})`, 'key');
  const pointsElsewhere = foreignKeysOf(model).some(({ scalars }) => scalars.some((scalar) => scalar.name === name));
  if (pointsElsewhere) return nullable(fact.optional, 0.4, spelled(type, skewed(PARENTS), 'key'));
  if (field.kind === 'enum') {
    const values = (schema.enums.get(fact.type) ?? ['NONE']).map((value) => `'${value}'`);
    return nullable(fact.optional, 0.3, `(ARRAY[${values.join()}])[1 + ${skewed(values.length)}]`);
  }
  switch (fact.type) {
    case 'DateTime': {
      const moment = `timestamp '2024-01-01' + i * interval '1 second' * ${(730 * 86_400) / rows}`;
      return nullable(fact.optional, REMOVAL.test(name) ? 0.97 : 0.6, moment);
    }
    case 'Boolean':
      return nullable(fact.optional, 0.3, 'random() < 0.15');
    case 'String':
      return nullable(fact.optional, 0.3, spelled(type, FEW_VALUES.test(name) ? skewed(6) : 'i', name));
    case 'Json':
      return nullable(fact.optional, 0.3, `jsonb_build_object('a', md5(i::text), 'b', md5((i * 31)::text))`);
    default:
      return nullable(fact.optional, 0.3, spelled(type, 'floor(random() * 1000)::int', name));
  }
}

/** A whole number below a limit, small ones more often. */
function skewed(limit: number): string {
  return `floor(power(random(), 2) * ${limit})::int`;
}

/** A number as a value of a type; as text it has no order that means anything. */
function spelled(type: string, number: string, prefix: string): string {
  switch (type) {
    case 'text':
      return `'${prefix} ' || md5((${number})::text)`;
    case 'timestamp(3)':
      return `timestamp '2024-01-01' + ${number} * interval '1 second'`;
    case 'jsonb':
      return `to_jsonb(${number})`;
    case 'bytea':
      return `decode(md5((${number})::text), 'hex')`;
    case 'boolean':
      return `${number} % 2 = 0`;
    default:
      return `(${number})::${type}`;
  }
}

function nullable(optional: boolean, share: number, value: string): string {
  return optional ? `CASE WHEN random() < ${share} THEN NULL ELSE ${value} END` : value;
}
