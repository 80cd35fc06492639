import type { Project } from '../project';
import type { Query } from '../query';
import type { Model, Schema } from '../schema';
import { isCopy } from '../schemaCopies';
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

const accessesOfQueries = new WeakMap<readonly Query[], ReadonlyMap<Query, readonly Access[]>>();
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
  const accesses = accessesIn(project.queriesOf(query.file), project).get(query) ?? [];
  return [...new Set(accesses.map(({ model }) => model))].flatMap((model) =>
    indexPlanOf(project, query.schema, model, isAside)
      .proposals.filter((proposal) => proposal.accesses.some((access) => access.query === query))
      .map((proposal) => ({ model, proposal })),
  );
}

function createPlanner(project: Project, isAside: IsAside): (schema: Schema, model: Model) => IndexPlan {
  const plans = new Map<Model, IndexPlan>();
  const accesses = accessesByModel(project, isAside);
  return (schema, model) => {
    const known = plans.get(model);
    if (known) return known;
    const own = accesses.get(model);
    const plan = own && model.kind !== 'view' && !isCopy(project, schema) ? planOf(model, schema, own) : NO_PLAN;
    plans.set(model, plan);
    return plan;
  };
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

function accessesByModel(project: Project, isAside: IsAside): ReadonlyMap<Model, readonly Access[]> {
  const known = asides.get(isAside) ?? new Map<string, boolean>();
  asides.set(isAside, known);
  const byModel = new Map<Model, Access[]>();
  for (const file of project.documents.keys()) {
    const queries = project.queriesOf(file);
    if (queries.length === 0) continue;
    const aside = known.get(file) ?? isAside(file);
    known.set(file, aside);
    if (aside) continue;
    for (const accesses of accessesIn(queries, project).values()) {
      for (const access of accesses) {
        const ofModel = byModel.get(access.model);
        if (ofModel) ofModel.push(access);
        else byModel.set(access.model, [access]);
      }
    }
  }
  return byModel;
}

/** The queries of a file that did not change are the same objects in the next project: so are their accesses. */
function accessesIn(queries: readonly Query[], { definitions }: Project): ReadonlyMap<Query, readonly Access[]> {
  let accesses = accessesOfQueries.get(queries);
  if (!accesses) {
    accesses = new Map(queries.map((query) => [query, readAccesses(query, definitions)]));
    accessesOfQueries.set(queries, accesses);
  }
  return accesses;
}
