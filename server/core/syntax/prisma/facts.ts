import type { Range } from '../../text/range';
import type { Directive } from '../directives';

/** What one `.prisma` file declares. Several files may make one schema (`model/schema.ts` joins them). */
export interface PrismaFacts {
  readonly kind: 'prisma';
  readonly models: readonly ModelFact[];
  readonly enums: readonly EnumFact[];
  readonly datasources: readonly SettingsFact[];
  readonly generators: readonly SettingsFact[];
  readonly directives: readonly Directive[];
}

/** A `model`, `view` or `type` (composite type) block. */
export interface ModelFact {
  readonly kind: 'model' | 'view' | 'type';
  readonly name: string;
  /** The name in the block's head. */
  readonly nameRange: Range;
  /** From the keyword to the closing brace (or to where the block breaks off). */
  readonly range: Range;
  readonly fields: readonly FieldFact[];
  /** The block attributes: `@@id`, `@@unique`, `@@index`, `@@map` … */
  readonly attributes: readonly AttributeFact[];
  /** The text of the comments directly above the block and inside it, joined: what people say about the model. */
  readonly documentation: string;
}

export interface FieldFact {
  readonly name: string;
  readonly nameRange: Range;
  /** From the name to the end of the last attribute, without a trailing comment. */
  readonly range: Range;
  /** The type's name without `[]` or `?`; `Unsupported` for `Unsupported("…")`. */
  readonly type: string;
  readonly list: boolean;
  readonly optional: boolean;
  readonly attributes: readonly AttributeFact[];
  /** Comments directly above the field and behind it on its line, joined. */
  readonly documentation: string;
}

/** `@id`, `@default(…)`, `@db.Text`, `@@index([a, b(sort: Desc)], type: Hash, map: "x")` … */
export interface AttributeFact {
  /** Without the `@`s: `id`, `relation`, `db.Text`, `index`. */
  readonly name: string;
  readonly range: Range;
  readonly arguments: readonly ArgumentFact[];
}

export interface ArgumentFact {
  /** The keyword before the colon; absent for a positional argument. */
  readonly name?: string;
  readonly value: SchemaValue;
  readonly range: Range;
}

/** An attribute argument's value. */
export type SchemaValue =
  | { readonly kind: 'string'; readonly value: string; readonly range: Range }
  | { readonly kind: 'number'; readonly value: string; readonly range: Range }
  /** A bare word: a field's name, an enum value, `true`, `Cascade`; with arguments: `name(sort: Desc)`, `autoincrement()`, `env("X")`. */
  | {
      readonly kind: 'name';
      readonly value: string;
      readonly arguments: readonly ArgumentFact[];
      readonly range: Range;
    }
  | { readonly kind: 'list'; readonly values: readonly SchemaValue[]; readonly range: Range };

export interface EnumFact {
  readonly name: string;
  readonly nameRange: Range;
  readonly range: Range;
  readonly values: readonly string[];
}

/** A `datasource` or `generator` block. */
export interface SettingsFact {
  readonly name: string;
  readonly range: Range;
  readonly settings: readonly { readonly name: string; readonly value: SchemaValue }[];
}
