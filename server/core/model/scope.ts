import type { AwaitRunFact, TypeScriptFacts } from '../syntax/typescript/facts';
import type { Project } from './project';
import type { Query } from './query';
import type { Model, Schema } from './schema';

/** The files that one analysis is asked about, as indexes for rules to start from. */
export interface Scope {
  /** All there is to know; a rule reports only places in the scope's files. */
  readonly project: Project;
  /** The Prisma calls in the scope's files. */
  queries(): Iterable<Query>;
  awaitRuns(): Iterable<{ readonly file: string; readonly facts: TypeScriptFacts; readonly run: AwaitRunFact }>;
  /** The models declared in the scope's schema files. */
  models(): Iterable<{ readonly schema: Schema; readonly model: Model }>;
}
