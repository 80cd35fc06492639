import type { AwaitRunFact, RecursionFact, TypeScriptFacts } from '../syntax/typescript/facts';
import type { Call } from './calls/callGraph';
import { type ParallelLoop, parallelLoops } from './loops/parallelLoops';
import type { Project } from './project';
import type { Query } from './queries/query';
import { type FieldResolver, fieldResolvers } from './resolvers/fieldResolvers';
import type { Model, Schema } from './schemas/schema';
import { type ObsoleteNextSetting, obsoleteNextSettings } from './settings/nextSettings';
import { type OutOfMemory, outOfMemoryChecks } from './settings/outOfMemory';
import { type Tsconfig, tsconfigsOf } from './settings/tsconfigs';
import { type TypeCheckCommand, typeCheckCommands } from './settings/typeCheckCommands';
import { type InteractiveTransaction, interactiveTransactions } from './transactions/interactiveTransactions';
import { type ListOnOneConnection, listsOnOneConnection } from './transactions/listsOnOneConnection';

/** The files that one analysis is asked about, as indexes for rules to start from. */
export interface Scope {
  /** All there is to know; a rule reports only places in the scope's files. */
  readonly project: Project;
  /** The Prisma calls in the scope's files. */
  queries(): Iterable<Query>;
  /** Those of them that some loop runs. */
  queriesInLoops(): Iterable<Query>;
  /** The calls in loops that run what may be the workspace's own. */
  callsInLoops(): Iterable<{ readonly file: string; readonly facts: TypeScriptFacts; readonly call: Call }>;
  /** The calls by which a function calls itself once for each child. */
  recursions(): Iterable<{ readonly file: string; readonly facts: TypeScriptFacts; readonly recursion: RecursionFact }>;
  /** The functions in the scope's files that a GraphQL server calls for fields. */
  fieldResolvers(): Iterable<FieldResolver>;
  /** The interactive transactions of the scope's files. */
  transactions(): Iterable<InteractiveTransaction>;
  /** The `Promise.all`s of statements of one transaction in the scope's files. */
  listsOnOneConnection(): Iterable<ListOnOneConnection>;
  /** The loops in the scope's files that start queries for all elements of a list at once. */
  parallelLoops(): Iterable<ParallelLoop>;
  awaitRuns(): Iterable<{ readonly file: string; readonly facts: TypeScriptFacts; readonly run: AwaitRunFact }>;
  /** The models declared in the scope's schema files. */
  models(): Iterable<{ readonly schema: Schema; readonly model: Model }>;
  /** The scope's `tsconfig.json` files, their variants and bases; no `jsconfig.json`, by which nobody checks. */
  tsconfigs(): Iterable<Tsconfig>;
  /** The commands of the scope's `package.json` and `tasks.json` that check a project. */
  typeCheckCommands(): Iterable<TypeCheckCommand>;
  /** Those of them, and our own tasks, whose project's last type check ran out of memory. */
  outOfMemoryChecks(): Iterable<OutOfMemory>;
  /** The settings of the scope's `next.config` files that their version of Next.js has no use for. */
  nextSettings(): Iterable<{ readonly file: string; readonly obsolete: ObsoleteNextSetting }>;
}

/** Makes the scope of some files of a project; files it does not know add nothing. */
export function createScope(project: Project, files: Iterable<string>): Scope {
  const asked = new Set(files);
  const queries = function* (): Iterable<Query> {
    for (const file of asked) yield* project.queriesOf(file);
  };
  const sources = function* (): Iterable<{ file: string; facts: TypeScriptFacts }> {
    for (const file of asked) {
      const facts = project.documents.get(file);
      if (facts?.kind === 'typescript') yield { file, facts };
    }
  };
  return {
    project,
    queries,
    *queriesInLoops() {
      for (const query of queries()) if (query.call.loops.length > 0) yield query;
    },
    *callsInLoops() {
      for (const { file, facts } of sources()) {
        for (const call of project.calls.callsInLoops(file)) yield { file, facts, call };
      }
    },
    *recursions() {
      for (const { file, facts } of sources())
        for (const recursion of facts.recursions) yield { file, facts, recursion };
    },
    *fieldResolvers() {
      const byFile = fieldResolvers(project);
      for (const file of asked) yield* byFile.get(file) ?? [];
    },
    *transactions() {
      for (const file of asked) yield* interactiveTransactions(file, project);
    },
    *listsOnOneConnection() {
      for (const file of asked) yield* listsOnOneConnection(file, project);
    },
    *parallelLoops() {
      for (const file of asked) yield* parallelLoops(file, project);
    },
    *awaitRuns() {
      for (const { file, facts } of sources()) for (const run of facts.awaitRuns) yield { file, facts, run };
    },
    *models() {
      for (const schema of project.schemas) {
        for (const model of schema.models.values()) if (asked.has(model.file)) yield { schema, model };
      }
    },
    *tsconfigs() {
      for (const file of asked) {
        if (project.documents.get(file)?.kind !== 'tsconfig' || /(?:^|\/)jsconfig[^/]*$/.test(file)) continue;
        const tsconfig = tsconfigsOf(project.documents).at(file);
        if (tsconfig) yield tsconfig;
      }
    },
    *typeCheckCommands() {
      for (const file of asked) yield* typeCheckCommands(file, project.documents);
    },
    *outOfMemoryChecks() {
      for (const file of asked) yield* outOfMemoryChecks(file, project.documents);
    },
    *nextSettings() {
      for (const file of asked) {
        for (const obsolete of obsoleteNextSettings(file, project.documents)) yield { file, obsolete };
      }
    },
  };
}
