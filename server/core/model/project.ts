import type { DocumentFacts } from '../syntax/documentFacts';
import type { Query } from './query';
import type { Schema } from './schema';
import type { Scope } from './scope';

/** A workspace folder, resolved: immutable; every answer is computed when first asked and kept. */
export interface Project {
  readonly documents: ReadonlyMap<string, DocumentFacts>;
  readonly schemas: readonly Schema[];
  /** The schema whose client a file would use by default: that of its package, else the only one. */
  schemaFor(file: string): Schema | undefined;
  /** The Prisma calls of one file; empty for a file that is not known. */
  queriesOf(file: string): readonly Query[];
  /** The project with some documents replaced (`undefined`: removed). */
  with(changes: ReadonlyMap<string, DocumentFacts | undefined>): Project;
  scope(files: Iterable<string>): Scope;
}
