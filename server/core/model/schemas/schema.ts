import type { FieldFact, ModelFact } from '../../syntax/prisma/facts';
import type { Range } from '../../text/range';
import type { Place } from '../../text/textEdit';

/** One Prisma schema: one file, or the files of one folder. */
export interface Schema {
  /** The `.prisma` files that make it, sorted. */
  readonly files: readonly string[];
  /** The folder of the schema, relative to the workspace folder (`''` is the folder itself). */
  readonly folder: string;
  /** The folder of the package it belongs to: the nearest one above it with a `package.json`. */
  readonly packageFolder: string;
  /** `postgresql`, `mysql`, `sqlite`, `mongodb` …; absent where no datasource says. */
  readonly provider?: string;
  readonly relationMode: 'foreignKeys' | 'prisma';
  /** What its generators switch on: `relationJoins`, `nativeDistinct` … */
  readonly previewFeatures: ReadonlySet<string>;
  /** The PostgreSQL extensions that its migrations keep; absent where it leaves them to others. */
  readonly extensions?: readonly string[];
  /** Where the clients are generated, relative to the workspace folder; empty for the default place. */
  readonly outputs: readonly string[];
  readonly models: ReadonlyMap<string, Model>;
  readonly enums: ReadonlyMap<string, readonly string[]>;
  /** Absent where it has no migration yet (`db push`, or a schema that is only read). */
  readonly migrations?: Migrations;
}

/** Where a schema's migrations are kept. */
export interface Migrations {
  /** Holds a folder for each, relative to the workspace folder. */
  readonly folder: string;
  /** The path of the last one's file. */
  readonly last: string;
}

export interface Model {
  readonly name: string;
  /** The client's property: `OrderItem` → `orderItem`. */
  readonly accessor: string;
  readonly kind: 'model' | 'view';
  readonly file: string;
  readonly fact: ModelFact;
  readonly fields: ReadonlyMap<string, Field>;
  /** Every key, unique constraint and index, in the order of the schema, those of migrations last. */
  readonly indexes: readonly Index[];
  /** The fields of each foreign key that migrations dropped for good: a relation that the database knows nothing of. */
  readonly droppedForeignKeys?: readonly (readonly string[])[];
  /** Its table as the migrations left it; absent where none makes it. */
  readonly table?: Table;
}

/** A table in the names of the database. */
export interface Table {
  readonly columns: ReadonlySet<string>;
  readonly indexes: ReadonlySet<string>;
}

export interface Field {
  readonly name: string;
  readonly fact: FieldFact;
  readonly kind: 'scalar' | 'enum' | 'relation' | 'composite';
  readonly relation?: Relation;
}

/** A relation, seen from the field that names it. */
export interface Relation {
  /** The other model's name. */
  readonly model: string;
  /** The scalar fields on this side; empty on the side that holds no key. */
  readonly fields: readonly string[];
  readonly references: readonly string[];
  /** The field of the other model that is this relation's other side, where there is one. */
  readonly inverse?: string;
  /** As written, else undefined (Prisma's default depends on whether the fields are optional). */
  readonly onDelete?: string;
}

export interface Index {
  readonly kind: 'id' | 'unique' | 'index' | 'fulltext';
  readonly fields: readonly IndexField[];
  /** `Hash`, `Gin` …; absent for the default (a btree). */
  readonly type?: string;
  /** It covers only some rows (`WHERE` in a migration). */
  readonly partial: boolean;
  /** SQL Server: it is the order of the table itself. */
  readonly clustered?: boolean;
  /** The attribute in the schema, on the block or on a field; absent for one that lives only in a migration. */
  readonly attribute?: Range;
  /** Where it is declared: the schema file or the migration. */
  readonly place: Place;
}

export interface IndexField {
  readonly name: string;
  readonly sort: 'Asc' | 'Desc';
  readonly ops?: string;
  /** Only so many first characters are indexed (MySQL). */
  readonly length?: number;
}
