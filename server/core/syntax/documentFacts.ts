import type { Directive } from './directives';
import type { ScriptFact } from './json/readScripts';
import type { TasksFacts } from './json/readTasksFacts';
import type { TsconfigSettings } from './json/tsconfigSettings';
import type { PrismaFacts } from './prisma/facts';
import type { TypeScriptFacts } from './typescript/facts';

/** The `package.json` of a package of the workspace: what module resolution needs of it. */
export interface PackageFacts {
  readonly kind: 'package';
  readonly name?: string;
  readonly dependencies: readonly string[];
  /** Which versions of `@prisma/client` it asks for, as written: `^6.1.0`, `catalog:`. */
  readonly prismaVersion?: string;
  /** The same of the packages whose settings we judge: `next`, `typescript`, `vue-tsc`. */
  readonly versions?: Readonly<Record<string, string>>;
  /** The scripts that run the TypeScript compiler. */
  readonly scripts?: readonly ScriptFact[];
  /** `exports`, `imports`, `main`, `types`, `typings`, `source`, `module`, `tsconfig` as they stand; undefined parts are absent. */
  readonly entryPoints: Readonly<Record<string, unknown>>;
}

/** A `tsconfig*.json`, `jsconfig.json` or a base that they extend: what module resolution needs of it. */
export interface TsconfigFacts {
  readonly kind: 'tsconfig';
  readonly extends: readonly string[];
  readonly baseUrl?: string;
  readonly paths?: Readonly<Record<string, readonly string[]>>;
  readonly rootDirs?: readonly string[];
  readonly files?: readonly string[];
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  /** The paths of `references`. */
  readonly references: readonly string[];
  /** What it sets itself, with places: what the rules about settings judge. */
  readonly settings: TsconfigSettings;
  readonly directives: readonly Directive[];
}

/** The columns, indexes and foreign keys that a `prisma/migrations/<name>/migration.sql` makes and drops, in its order. */
export interface MigrationFacts {
  readonly kind: 'migration';
  readonly statements: readonly MigrationStatement[];
}

export type MigrationStatement =
  | {
      readonly kind: 'create-index';
      readonly name: string;
      readonly table: string;
      readonly unique: boolean;
      /** `btree` if the statement does not say. */
      readonly method: string;
      /** Database column names; an expression's text where it is one. */
      readonly columns: readonly string[];
      readonly partial: boolean;
      readonly start: number;
      readonly end: number;
    }
  | {
      readonly kind: 'create-foreign-key';
      readonly name: string;
      readonly table: string;
      readonly columns: readonly string[];
    }
  | { readonly kind: 'create-columns'; readonly table: string; readonly columns: readonly string[] }
  /** Also a dropped constraint: its index goes with it. `table` where the statement names it (MySQL). */
  | { readonly kind: 'drop-index'; readonly name: string; readonly table?: string }
  | { readonly kind: 'drop-table'; readonly table: string }
  | { readonly kind: 'drop-column'; readonly table: string; readonly column: string }
  | { readonly kind: 'rename-table'; readonly table: string; readonly to: string }
  | { readonly kind: 'rename-column'; readonly table: string; readonly column: string; readonly to: string }
  | { readonly kind: 'rename-index'; readonly name: string; readonly to: string };

/** How the last type-checks of the workspace's projects ended. No file: what the editor remembers, as facts of {@link TYPE_CHECK_RECORD}. */
export interface TypeCheckFacts {
  readonly kind: 'type-check';
  /** By the `tsconfig.json`, relative to the workspace folder, with `/`. */
  readonly lastRuns: Readonly<Record<string, LastTypeCheck>>;
}

export interface LastTypeCheck {
  readonly outOfMemory: boolean;
  readonly compilerVersion: string;
  /** MiB that it was given; absent where nobody said. */
  readonly heapMb?: number;
}

/** The name under which {@link TypeCheckFacts} stand among the documents: no file can have it. */
export const TYPE_CHECK_RECORD = '//type-check';

export type DocumentFacts =
  | TypeScriptFacts
  | PrismaFacts
  | PackageFacts
  | TsconfigFacts
  | TasksFacts
  | MigrationFacts
  | TypeCheckFacts;
