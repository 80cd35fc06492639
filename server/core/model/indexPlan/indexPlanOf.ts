import type { Project } from '../project';
import type { Query } from '../queries/query';
import type { Model, Schema } from '../schemas/schema';
import { isCopy } from '../schemas/schemaCopies';
import type { Access } from './access';
import { type IndexProposal, planIndexes } from './planIndexes';
import { readAccesses } from './readAccesses';
import { indexesOf, type PlannedIndex } from './servedBy';

/** The indexes that all queries of a workspace together ask of one model. */
export interface IndexPlan {
  readonly proposals: readonly IndexProposal[];
  /** How many indexes the model has if all are made, the lacking ones of its foreign keys too, without those that begin another. */
  readonly total: number;
  /** By the key's columns, joined: what the index that a foreign key lacks should hold besides, for the same price. */
  readonly ofForeignKeys: ReadonlyMap<string, IndexProposal>;
}

/** True for files whose queries say nothing about the application's traffic. */
export type IsAside = (file: string) => boolean;

const NO_PLAN: IndexPlan = { proposals: [], total: 0, ofForeignKeys: new Map() };

/** What the queries of one file ask of the database. */
interface FileAccesses {
  readonly byQuery: ReadonlyMap<Query, readonly Access[]>;
  readonly byModel: ReadonlyMap<Model, readonly Access[]>;
}

/** A plan, and the accesses it was made for, file by file: while these are the same, so is the plan. */
interface KeptPlan {
  readonly schema: Schema;
  readonly accesses: readonly (readonly Access[])[];
  readonly plan: IndexPlan;
}

const accessesOfQueries = new WeakMap<readonly Query[], FileAccesses>();
const keptPlans = new WeakMap<Model, KeptPlan>();
const asides = new WeakMap<IsAside, Map<string, boolean>>();
const planners = new WeakMap<Project, WeakMap<IsAside, (schema: Schema, model: Model) => IndexPlan>>();

/** Returns the plan for one model; an empty one for a view, and for a model of a schema that nothing runs on. */
export function indexPlanOf(project: Project, schema: Schema, model: Model, isAside: IsAside): IndexPlan {
  let ofProject = planners.get(project);
  if (!ofProject) {
    ofProject = new WeakMap();
    planners.set(project, ofProject);
  }
  let planner = ofProject.get(isAside);
  if (!planner) {
    planner = createPlanner(project, isAside);
    ofProject.set(isAside, planner);
  }
  return planner(schema, model);
}

/** Returns the proposals that would serve a query, each with its model. */
export function proposalsFor(
  project: Project,
  query: Query,
  isAside: IsAside,
): readonly { readonly model: Model; readonly proposal: IndexProposal }[] {
  const accesses = accessesIn(project.queriesOf(query.file), project).byQuery.get(query) ?? [];
  return [...new Set(accesses.map(({ model }) => model))].flatMap((model) =>
    indexPlanOf(project, query.schema, model, isAside)
      .proposals.filter((proposal) => proposal.accesses.some((access) => access.query === query))
      .map((proposal) => ({ model, proposal })),
  );
}

function createPlanner(project: Project, isAside: IsAside): (schema: Schema, model: Model) => IndexPlan {
  const plans = new Map<Model, IndexPlan>();
  const files = accessesByFile(project, isAside);
  return (schema, model) => {
    const known = plans.get(model);
    if (known) return known;
    const own = files.flatMap((accesses) => {
      const ofModel = accesses.get(model);
      return ofModel ? [ofModel] : [];
    });
    const isPlanned = own.length > 0 && model.kind !== 'view' && !isCopy(project, schema);
    const plan = isPlanned ? keptPlanOf(model, schema, own) : NO_PLAN;
    plans.set(model, plan);
    return plan;
  };
}

/** An edit changes the accesses of one file: the models that it does not ask of keep their plans. */
function keptPlanOf(model: Model, schema: Schema, accesses: readonly (readonly Access[])[]): IndexPlan {
  const kept = keptPlans.get(model);
  const isSame =
    kept?.schema === schema &&
    kept.accesses.length === accesses.length &&
    kept.accesses.every((ofFile, place) => ofFile === accesses[place]);
  if (isSame) return kept.plan;
  const plan = planOf(model, schema, accesses.flat());
  keptPlans.set(model, { schema, accesses, plan });
  return plan;
}

function planOf(model: Model, schema: Schema, accesses: readonly Access[]): IndexPlan {
  const all = planIndexes(model, schema, accesses);
  const ofKeys = all.flatMap((proposal): [string, IndexProposal][] =>
    proposal.extended?.lacking ? [[proposal.extended.columns.join(), proposal]] : [],
  );
  const added = all.filter(({ extended }) => !extended);
  const kept = indexesOf(model, schema).filter(
    (one, position, every) => !every.some((other, place) => begins(one, other, place < position)),
  );
  return {
    proposals: all.filter(({ extended }) => !extended?.lacking),
    total: kept.length + added.length,
    ofForeignKeys: new Map(ofKeys),
  };
}

/** Of two that are alike, the first stays. */
function begins(one: PlannedIndex, other: PlannedIndex, isEarlier: boolean): boolean {
  if (one === other || one.unique || !one.columns.every((name, place) => other.columns[place] === name)) return false;
  return other.columns.length > one.columns.length || isEarlier || other.unique;
}

/** What each file asks that has a say in the plans, in the order of the files. */
function accessesByFile(project: Project, isAside: IsAside): readonly FileAccesses['byModel'][] {
  const known = asides.get(isAside) ?? new Map<string, boolean>();
  asides.set(isAside, known);
  const files: FileAccesses['byModel'][] = [];
  for (const [file, facts] of project.documents) {
    const queries = project.queriesOf(file);
    if (queries.length === 0 || (facts.kind === 'typescript' && facts.runsOnce)) continue;
    const aside = known.get(file) ?? isAside(file);
    known.set(file, aside);
    if (aside) continue;
    const { byModel } = accessesIn(queries, project);
    if (byModel.size > 0) files.push(byModel);
  }
  return files;
}

/** The queries of a file that did not change are the same objects in the next project: so are their accesses. */
function accessesIn(queries: readonly Query[], { definitions }: Project): FileAccesses {
  const known = accessesOfQueries.get(queries);
  if (known) return known;
  const byQuery = new Map(queries.map((query) => [query, readAccesses(query, definitions)]));
  const byModel = new Map<Model, Access[]>();
  for (const access of [...byQuery.values()].flat()) {
    const ofModel = byModel.get(access.model);
    if (ofModel) ofModel.push(access);
    else byModel.set(access.model, [access]);
  }
  const accesses = { byQuery, byModel };
  accessesOfQueries.set(queries, accesses);
  return accesses;
}
