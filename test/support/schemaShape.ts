import { get_dmmf } from '@prisma/prisma-schema-wasm';
import { joinSchemas } from '../../server/core/model/schemas/joinSchemas';
import type { Index } from '../../server/core/model/schemas/schema';
import { readPrismaFacts } from '../../server/core/syntax/prisma/readPrismaFacts';
import type { Texts } from './analyzeTexts';

/** What a schema declares, in lines that two readers of it can be compared by; sorted. */
export type SchemaShape = readonly string[];

interface Dmmf {
  readonly datamodel: {
    readonly enums: readonly { readonly name: string; readonly values: readonly { readonly name: string }[] }[];
    readonly models: readonly {
      readonly name: string;
      readonly fields: readonly {
        readonly name: string;
        readonly kind: 'scalar' | 'object' | 'enum' | 'unsupported';
        readonly type: string;
        readonly isList: boolean;
        readonly isRequired: boolean;
        readonly relationFromFields?: readonly string[];
        readonly relationToFields?: readonly string[];
        readonly relationOnDelete?: string;
      }[];
    }[];
    readonly types: readonly { readonly name: string }[];
    readonly indexes: readonly {
      readonly model: string;
      readonly type: 'id' | 'unique' | 'normal' | 'fulltext';
      readonly algorithm?: string;
      readonly fields: readonly {
        readonly name: string;
        readonly sortOrder?: string;
        readonly operatorClass?: string;
      }[];
    }[];
  };
}

/** Returns the shape of a schema as Prisma reads it; throws where Prisma refuses it. */
export function shapeByPrisma(files: Texts): SchemaShape {
  const { datamodel }: Dmmf = JSON.parse(get_dmmf(JSON.stringify({ prismaSchema: [...files], noColor: true })));
  const composites = new Set(datamodel.types.map(({ name }) => name));
  const lines: string[] = [];
  for (const { name, values } of datamodel.enums)
    lines.push(
      enumLine(
        name,
        values.map((value) => value.name),
      ),
    );
  for (const model of datamodel.models) {
    for (const field of model.fields) {
      if (field.kind === 'unsupported') continue;
      const kind = field.kind === 'object' ? (composites.has(field.type) ? 'composite' : 'relation') : field.kind;
      const suffix = field.isList ? '[]' : field.isRequired ? '' : '?';
      const { relationFromFields: from = [], relationToFields: to = [], relationOnDelete: onDelete = '' } = field;
      lines.push(fieldLine(model.name, field.name, kind, field.type + suffix, from, to, onDelete));
    }
  }
  for (const { model, type, algorithm, fields } of datamodel.indexes) {
    const kind = type === 'normal' ? 'index' : type;
    const columns = fields.map(({ name, sortOrder, operatorClass }) => [
      name,
      sortOrder === 'desc',
      operatorClass ?? '',
    ]);
    lines.push(`index ${model} ${kind} ${algorithm ?? ''} ${JSON.stringify(columns)}`);
  }
  return lines.sort();
}

/** Returns the shape of a schema as we read it. */
export function shapeByUs(files: Texts): SchemaShape {
  const [schema] = joinSchemas(new Map([...files].map(([file, text]) => [file, readPrismaFacts(text)])));
  const lines: string[] = [];
  for (const [name, values] of schema?.enums ?? []) lines.push(enumLine(name, values));
  for (const model of schema?.models.values() ?? []) {
    if (isIgnored(model.fact.attributes)) continue;
    for (const { name, kind, fact, relation } of model.fields.values()) {
      if (fact.type === 'Unsupported') continue;
      const type = fact.type + (fact.list ? '[]' : fact.optional ? '?' : '');
      const { fields = [], references = [], onDelete = '' } = relation ?? {};
      if (!isIgnored(fact.attributes))
        lines.push(fieldLine(model.name, name, kind, type, fields, references, onDelete));
    }
    for (const index of model.indexes) lines.push(indexLine(model.name, index));
  }
  return lines.sort();
}

function isIgnored(attributes: readonly { readonly name: string }[]): boolean {
  return attributes.some(({ name }) => name === 'ignore');
}

function enumLine(name: string, values: readonly string[]): string {
  return `enum ${name} ${values.join(' ')}`;
}

function fieldLine(
  model: string,
  name: string,
  kind: string,
  type: string,
  fields: readonly string[],
  references: readonly string[],
  onDelete: string,
): string {
  return `field ${model}.${name} ${kind} ${type} [${fields}] [${references}] ${onDelete}`.trimEnd();
}

function indexLine(model: string, { kind, type, fields }: Index): string {
  const columns = fields.map(({ name, sort, ops }) => [name, sort === 'Desc', ops ?? '']);
  return `index ${model} ${kind} ${type ?? ''} ${JSON.stringify(columns)}`;
}
