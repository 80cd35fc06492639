import type { Project } from '../project';
import type { Model, Schema } from './schema';

const kept = new WeakMap<Project, ReadonlyMap<Schema, ReadonlySet<string>>>();

/**
 * False for a table that is there for another program (a library's own store, say): the workspace has
 * queries, but none about this model, nor about any that relations lead to from it.
 */
export function isInUse(project: Project, schema: Schema, model: Model): boolean {
  let inUse = kept.get(project);
  if (!inUse) {
    inUse = modelsInUse(project);
    kept.set(project, inUse);
  }
  return inUse.get(schema)?.has(model.name) ?? inUse.size === 0;
}

/** By schema the names of its models that queries reach; schemas without any query are left out. */
function modelsInUse(project: Project): ReadonlyMap<Schema, ReadonlySet<string>> {
  const inUse = new Map<Schema, Set<string>>();
  for (const file of project.documents.keys()) {
    for (const { schema, model } of project.queriesOf(file)) {
      if (!model) continue;
      const names = inUse.get(schema) ?? new Set();
      inUse.set(schema, names.add(model.name));
    }
  }
  for (const [schema, names] of inUse) {
    // A set goes through what is added to it meanwhile, too.
    for (const name of names) {
      for (const { relation } of schema.models.get(name)?.fields.values() ?? [])
        if (relation) names.add(relation.model);
    }
  }
  return inUse;
}
